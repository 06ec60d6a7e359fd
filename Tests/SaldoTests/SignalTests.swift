import Foundation
import Testing

@testable import SaldoCommands

@Suite(.timeLimit(.minutes(20))) struct SignalTests {
  private static let now = ContinuousClock.now

  @Test("Two signals at the same time are one wish") func together() {
    for (first, other) in [(Signal.interrupt, Signal.terminate), (.terminate, .interrupt)] {
      var count = SignalCount()
      // Whoever sends one of them again means it.
      let second = [(first, 0), (other, 20), (first, 40)].map { signal, time in
        count.isSecond(signal, at: Self.now + .milliseconds(time))
      }
      #expect(second == [false, false, true])
      #expect(count.first == first)
    }
  }

  @Test("The same signal again, or another one later, asks for the end at once") func again() {
    for (signal, delay) in [
      (Signal.interrupt, Duration.milliseconds(1)), (.terminate, .seconds(2)),
    ] {
      var count = SignalCount()
      let first = count.isSecond(.interrupt, at: Self.now)
      let second = count.isSecond(signal, at: Self.now + delay)
      #expect(!first && second)
    }
  }

  @Test("A process that gets both at once ends gracefully") func process() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      let ended = await system.stop(SIGINT, SIGTERM)
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")
    }
  }
}

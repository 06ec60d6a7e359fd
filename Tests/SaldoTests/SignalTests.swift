import Foundation
import Testing

@testable import Saldo

@Suite(.timeLimit(.minutes(3))) struct SignalTests {
  private static let now = ContinuousClock.now

  @Test("Two signals at the same time are one wish") func together() {
    for (first, other) in [(Signal.interrupt, Signal.terminate), (.terminate, .interrupt)] {
      var count = SignalCount()
      #expect(!count.isSecond(first, at: Self.now))
      #expect(!count.isSecond(other, at: Self.now + .milliseconds(20)))
      #expect(count.first == first)
      // Whoever sends one of them again means it.
      #expect(count.isSecond(first, at: Self.now + .milliseconds(40)))
    }
  }

  @Test("The same signal again, or another one later, asks for the end at once") func again() {
    var twice = SignalCount()
    #expect(!twice.isSecond(.interrupt, at: Self.now))
    #expect(twice.isSecond(.interrupt, at: Self.now + .milliseconds(1)))
    var later = SignalCount()
    #expect(!later.isSecond(.interrupt, at: Self.now))
    #expect(later.isSecond(.terminate, at: Self.now + .seconds(2)))
  }

  @Test("A process that gets both at once ends gracefully") func process() async throws {
    try await Workplace.with { place in
      let system = try await RunningSystem(place, ["--partitions", "1"])
      system.program.send(SIGINT)
      let ended = await system.stop(SIGTERM)
      #expect(ended.code == 0 && !ended.isKilled, "\(ended.errors)")
    }
  }
}

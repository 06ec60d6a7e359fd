import Foundation
import UnixSignals

/// SIGINT or SIGTERM: somebody wants the process to end.
struct Interruption: Error, CustomStringConvertible {
  let signal: UnixSignal

  /// As shells have it.
  var exitCode: Int32 { 128 + signal.rawValue }

  var description: String { "interrupted; what was taken is kept: run it again to go on" }
}

/// Traps SIGINT and SIGTERM: the first asks for a graceful end, the second ends it at once.
struct Interruptions: Sendable {
  private let first: AsyncStream<UnixSignal>

  /// Traps the signals from here on, for the rest of the process's life.
  init() async {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    let (first, continuation) = AsyncStream<UnixSignal>.makeStream()
    self.first = first
    Task.detached {
      var seen = 0
      for await signal in signals {
        seen += 1
        if seen > 1 { _exit(128 + signal.rawValue) }
        continuation.yield(signal)
      }
    }
  }

  /// The first signal; nil where the task is cancelled before.
  func wait() async -> UnixSignal? {
    for await signal in first { return signal }
    return nil
  }
}

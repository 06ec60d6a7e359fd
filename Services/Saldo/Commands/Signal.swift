import Foundation
import Synchronization

/// A signal that asks a process to end.
struct Signal: Sendable, Equatable, CustomStringConvertible {
  let rawValue: Int32

  /// Somebody pressed Ctrl-C.
  static let interrupt = Signal(rawValue: SIGINT)
  /// The process is to end.
  static let terminate = Signal(rawValue: SIGTERM)

  var description: String {
    switch rawValue {
    case SIGINT: "SIGINT"
    case SIGTERM: "SIGTERM"
    default: "signal \(rawValue)"
    }
  }

  /// Where the handler writes to: all that it may do is to call the system.
  private static let pipe = Atomic<Int32>(-1)

  /// Has something called, on a thread of its own, whenever one of the signals comes, instead of
  /// what the system would do. It counts for the process, which traps them once.
  ///
  /// - Throws: `POSIXError` where there is no pipe, or the system does not let a signal be trapped.
  static func trap(_ signals: [Signal], _ action: @escaping @Sendable (Signal) -> Void) throws {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw failure }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (reading, writing) = (ends[0], ends[1])
    // It must never hold up the thread that it interrupts.
    _ = fcntl(writing, F_SETFL, O_NONBLOCK)
    pipe.store(writing, ordering: .releasing)
    Thread.detachNewThread {
      var number: UInt8 = 0
      while true {
        let count = read(reading, &number, 1)
        if count == 1 { action(Signal(rawValue: Int32(number))) }
        if count == 0 || count < 0 && errno != EINTR { return }
      }
    }
    for signal in signals {
      var handling = sigaction()
      handling.sa_flags = SA_RESTART
      handling.__sigaction_handler.sa_handler = { number in
        let saved = errno
        var number = UInt8(truncatingIfNeeded: number)
        _ = write(Signal.pipe.load(ordering: .acquiring), &number, 1)
        errno = saved
      }
      guard sigaction(signal.rawValue, &handling, nil) == 0 else { throw failure }
    }
  }

  private static var failure: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EINVAL) }
}

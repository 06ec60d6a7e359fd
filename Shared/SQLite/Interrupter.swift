import CSQLite
import Synchronization

/// Interrupts what a connection is doing: the one thing that may be done to it from another task or
/// thread. It does nothing once the connection is closed.
public final class Interrupter: Sendable {
  /// The handle's address; zero once it is closed.
  private let database: Mutex<UInt>

  init(_ database: OpaquePointer?) { self.database = Mutex(UInt(bitPattern: database)) }

  /// Ends the statements that run now with ``SQLiteError/Code/interrupted``; a transaction that was
  /// writing is rolled back.
  public func interrupt() {
    database.withLock { database in
      if let handle = OpaquePointer(bitPattern: database) { sqlite3_interrupt(handle) }
    }
  }

  func forget() { database.withLock { $0 = 0 } }
}

extension Connection {
  /// Runs `body`, and asks from time to time while SQLite works whether to give up. Not within
  /// another call of it: SQLite asks one at a time.
  ///
  /// - Parameters:
  ///   - steps: ask after so many steps of SQLite's virtual machine; ten thousand take well below a
  ///     millisecond.
  ///   - isCancelled: asked on the connection's own thread; must not use the connection.
  /// - Throws: ``SQLiteError/Code/interrupted`` where it was given up; what `body` throws.
  public func interruptible<Answer>(
    every steps: Int32 = 10_000, when isCancelled: () -> Bool = { Task.isCancelled },
    _ body: () throws -> Answer
  ) throws -> Answer {
    let database = try open()
    defer {
      if let handle { sqlite3_progress_handler(handle, 0, nil, nil) }
    }
    return try withoutActuallyEscaping(isCancelled) { isCancelled in
      let question = Question(isCancelled)
      return try withExtendedLifetime(question) {
        sqlite3_progress_handler(
          database, steps, { Question.answer(to: $0) },
          Unmanaged.passUnretained(question).toOpaque())
        return try body()
      }
    }
  }
}

/// Whether to give up, as SQLite asks it.
private final class Question {
  private let isCancelled: () -> Bool

  init(_ isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }

  static func answer(to question: UnsafeMutableRawPointer?) -> Int32 {
    guard let question else { return 0 }
    return Unmanaged<Question>.fromOpaque(question).takeUnretainedValue().isCancelled() ? 1 : 0
  }
}

import CSQLite
import Synchronization

/// Interrupts what a connection is doing: the one thing that may be done to it from another task or
/// thread. It does nothing once the connection is closed.
public final class Interrupter: Sendable {
  private struct State {
    /// The handle's address; zero once it is closed.
    var database: UInt
    var isShielded = false
  }

  private let state: Mutex<State>

  init(_ database: OpaquePointer?) {
    state = Mutex(State(database: UInt(bitPattern: database)))
  }

  /// Ends the statements that run now with ``SQLiteError/Code/interrupted``; a transaction that was
  /// writing is rolled back.
  ///
  /// The beginning and the end of a transaction are not interrupted: whoever waits for a commit
  /// would not know whether it was one.
  public func interrupt() {
    state.withLock { state in
      guard !state.isShielded, let handle = OpaquePointer(bitPattern: state.database) else {
        return
      }
      sqlite3_interrupt(handle)
    }
  }

  func shield(_ isShielded: Bool) { state.withLock { $0.isShielded = isShielded } }

  func forget() { state.withLock { $0.database = 0 } }
}

extension Connection {
  /// Runs `body`, and asks from time to time while SQLite works whether to give up. Within another
  /// call of it, only the inner one asks.
  ///
  /// Write in a transaction: of a statement that is one of its own, nobody could tell whether it
  /// was given up before it was committed.
  ///
  /// - Parameters:
  ///   - steps: ask after so many steps of SQLite's virtual machine; ten thousand take well below a
  ///     millisecond.
  ///   - isCancelled: asked on the connection's own thread; must not use the connection.
  /// - Throws: ``SQLiteError/Code/interrupted`` if it was given up; what `body` throws.
  public func interruptible<Answer>(
    every steps: Int32 = 10_000, when isCancelled: () -> Bool = { Task.isCancelled },
    _ body: () throws -> Answer
  ) throws -> Answer {
    _ = try open()
    return try withoutActuallyEscaping(isCancelled) { isCancelled in
      let outer = question
      defer { question = outer }
      question = Question(of: self, every: max(1, steps), isCancelled)
      return try body()
    }
  }

  /// Has SQLite ask the question that there is, or none.
  func ask() {
    guard let handle else { return }
    guard let question else { return sqlite3_progress_handler(handle, 0, nil, nil) }
    sqlite3_progress_handler(
      handle, question.steps, { Question.answer(to: $0) },
      Unmanaged.passUnretained(question).toOpaque())
  }
}

/// Whether to give up, as SQLite asks it.
final class Question {
  fileprivate let steps: Int32
  private unowned let connection: Connection
  private let isCancelled: () -> Bool

  fileprivate init(
    of connection: Connection, every steps: Int32, _ isCancelled: @escaping () -> Bool
  ) {
    (self.connection, self.steps, self.isCancelled) = (connection, steps, isCancelled)
  }

  fileprivate static func answer(to question: UnsafeMutableRawPointer?) -> Int32 {
    guard let question else { return 0 }
    let asked = Unmanaged<Question>.fromOpaque(question).takeUnretainedValue()
    return !asked.connection.scopes.isSettling && asked.isCancelled() ? 1 : 0
  }
}

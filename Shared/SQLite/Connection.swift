import CSQLite
import CSeals

/// A connection to an SQLite database.
///
/// It is no `Sendable` and takes no locks: one task at a time uses it and what it makes, as its
/// owner sees to. It is a class, since whoever works on a store holds on to it; statements belong
/// to it and end with it, so that none that somebody still holds keeps it from closing.
///
/// Foreign keys hold, and text in double quotes is a name and never a string. Every page of a file
/// that it makes ends in a seal: see ``isSealed``.
public final class Connection {
  /// What may be done to a file.
  public enum Access: Sendable {
    /// Reading and writing; the file is made if there is none.
    case create
    /// Reading and writing a file that is there.
    case write
    /// Reading, while others may write.
    case read
    /// Reading a file that nobody changes: without any lock, also on a medium that is read-only.
    case readUnchanging
  }

  /// The file; nil for a database in memory.
  public let path: String?
  /// Interrupts what the connection is doing, from wherever.
  public let interrupter: Interrupter
  /// SQLite's own handle; nil once it is closed.
  private(set) var handle: OpaquePointer?
  /// What ends before the connection does.
  var dependents: [ObjectIdentifier: Dependence] = [:]
  var cache = StatementCache()
  var scopes = Scopes()
  /// Asked from time to time while SQLite works.
  var question: Question? { didSet { ask() } }

  /// Opens a file.
  ///
  /// - Parameter patience: how long to wait if another connection holds a lock.
  /// - Throws: what SQLite reports. A file that is no database shows when it is first read.
  public convenience init(
    path: String, _ access: Access = .create, patience: Duration = .seconds(5)
  ) throws(SQLiteError) {
    try self.init(path: path, access, patience, system: nil)
  }

  /// Opens a new database in memory, which nothing else sees.
  ///
  /// - Throws: what SQLite reports.
  public convenience init() throws(SQLiteError) {
    try self.init(
      name: ":memory:", path: nil, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, .zero, system: nil)
    // A copy of it into a file is sealed.
    try check(saldo_seals_reserve(try open()))
  }

  /// - Parameter system: SQLite's name of what stands between it and the operating system; nil for
  ///   what seals pages.
  convenience init(
    path: String, _ access: Access, _ patience: Duration, system: String?
  ) throws(SQLiteError) {
    let flags: Int32 =
      switch access {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .write: SQLITE_OPEN_READWRITE
      case .read: SQLITE_OPEN_READONLY
      case .readUnchanging: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    let name = try FileName.plain(path)
    let below: String
    if let system { below = system } else { below = try Self.seals() }
    try self.init(
      name: access == .readUnchanging ? FileName.unchanging(name) : name, path: path, flags,
      patience, system: below)
    // Of a new file; one that is there says itself whether it has room for them.
    if system == nil, isSealed { try check(saldo_seals_reserve(try open())) }
  }

  private init(
    name: String, path: String?, _ flags: Int32, _ patience: Duration, system: String?
  ) throws(SQLiteError) {
    self.path = path
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, system)
    interrupter = Interrupter(opened)
    guard result == SQLITE_OK, let opened else {
      var error = SQLiteError(of: opened, result)
      error.file = path
      sqlite3_close_v2(opened)
      interrupter.forget()
      throw error
    }
    handle = opened
    sqlite3_extended_result_codes(opened, 1)
    sqlite3_busy_timeout(opened, Self.milliseconds(patience))
    try check(saldo_sqlite_be_strict(opened))
  }

  deinit { try? close() }

  /// Ends its statements, whoever holds them, and closes it; once it is closed this does nothing.
  /// What was not committed is rolled back. A statement that is in use, as while one of its rows is
  /// being looked at, keeps the file open until that use ends.
  ///
  /// - Throws: what SQLite reports; it is as good as closed then too, and SQLite closes it later.
  public func close() throws(SQLiteError) {
    guard let handle else { return }
    self.handle = nil
    interrupter.forget()
    // Before the cache lets go of them: what has ended looks at its connection no more.
    for dependence in dependents.values { dependence.object.end() }
    dependents = [:]
    cache.removeAll()
    let isHeld = sqlite3_next_stmt(handle, nil) != nil
    if isHeld, sqlite3_get_autocommit(handle) == 0 {
      // Whoever waits for the lock need not wait for that use.
      sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    }
    guard sqlite3_close(handle) != SQLITE_OK else { return }
    let error = SQLiteError(of: handle, SQLITE_BUSY)
    sqlite3_close_v2(handle)
    if !isHeld { throw error }
  }

  /// SQLite's own handle.
  func open() throws(SQLiteError) -> OpaquePointer {
    guard let handle else { throw .closed }
    return handle
  }

  func check(_ result: Int32, sql: String? = nil) throws(SQLiteError) {
    guard result != SQLITE_OK else { return }
    throw SQLiteError(of: handle, result, sql: sql)
  }

  /// As SQLite takes it: at most some 24 days.
  private static func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000)
    guard !isTooLong, seconds < Int64(Int32.max) else { return seconds < 0 ? 0 : .max }
    return Int32(clamping: max(0, whole + attoseconds / 1_000_000_000_000_000))
  }
}

/// What is made of a connection and ends before it does.
protocol Dependent: AnyObject {
  /// Gives back what it holds of the connection: nothing works after that.
  func end()
}

/// What keeps no dependent alive, and is taken away when one goes.
struct Dependence {
  unowned let object: any Dependent
}

import CSQLite

/// A connection to an SQLite database.
///
/// It is no `Sendable` and takes no locks: one task at a time uses it and what it makes, as its
/// owner sees to. It is a class, since whoever works on a store holds on to it; statements belong
/// to it and end with it, so that none that somebody still holds keeps it from closing.
///
/// Foreign keys hold, and text in double quotes is a name and never a string.
public final class Connection {
  /// What may be done to a file.
  public enum Access: Sendable {
    /// Reading and writing; the file is made where there is none.
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
  private var cache = StatementCache()
  /// How many savepoints there are, one within the other.
  var savepoints = 0

  /// Opens a file.
  ///
  /// - Parameter patience: how long to wait where another connection holds a lock.
  /// - Throws: what SQLite reports. A file that is no database shows when it is first read.
  public convenience init(
    path: String, _ access: Access = .create, patience: Duration = .seconds(5)
  ) throws(SQLiteError) {
    let flags: Int32 =
      switch access {
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .write: SQLITE_OPEN_READWRITE
      case .read: SQLITE_OPEN_READONLY
      case .readUnchanging: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    let name = access == .readUnchanging ? Self.unchanging(path) : path
    try self.init(name: name, path: path, flags, patience)
  }

  /// Opens a new database in memory, which nothing else sees.
  ///
  /// - Throws: what SQLite reports.
  public convenience init() throws(SQLiteError) {
    try self.init(
      name: ":memory:", path: nil, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, .zero)
  }

  private init(
    name: String, path: String?, _ flags: Int32, _ patience: Duration
  ) throws(SQLiteError) {
    self.path = path
    var opened: OpaquePointer?
    let result = sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX, nil)
    interrupter = Interrupter(opened)
    guard result == SQLITE_OK, let opened else {
      let error = SQLiteError(of: opened, result)
      sqlite3_close_v2(opened)
      interrupter.forget()
      throw error
    }
    handle = opened
    sqlite3_extended_result_codes(opened, 1)
    let (seconds, attoseconds) = patience.components
    let milliseconds = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    sqlite3_busy_timeout(opened, Int32(clamping: milliseconds))
    try check(saldo_sqlite_be_strict(opened))
  }

  deinit { try? close() }

  /// Ends its statements, whoever holds them, and closes it; once it is closed this does nothing.
  /// Not to be called while a row is being looked at.
  ///
  /// - Throws: what SQLite reports, such as of a backup that is under way; it is as good as closed
  ///   then too, and SQLite closes it after that.
  public func close() throws(SQLiteError) {
    guard let handle else { return }
    // Before the cache lets go of them: what has ended looks at its connection no more.
    for dependence in dependents.values { dependence.object.end() }
    dependents = [:]
    cache.removeAll()
    self.handle = nil
    interrupter.forget()
    guard sqlite3_close(handle) != SQLITE_OK else { return }
    let error = SQLiteError(of: handle, SQLITE_BUSY)
    sqlite3_close_v2(handle)
    throw error
  }

  /// A statement of this text, prepared once and kept for the next time.
  ///
  /// Where the one that is kept is in use, as when a query is asked again among its own rows, this
  /// is another one. A pragma is not kept: SQLite works some of its answers out when it is
  /// prepared.
  ///
  /// - Throws: what SQLite reports of the text; ``SQLiteError/Code/misuse`` where it is more or
  ///   less than one statement.
  public func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let kept = cache.find(sql) { return kept.isInUse ? try prepare(sql) : kept }
    let isPragma = sql.prefix(7).uppercased() == "PRAGMA "
    let statement = try prepare(sql, isKept: !isPragma)
    if !isPragma { cache.keep(statement) }
    return statement
  }

  private func prepare(_ sql: String, isKept: Bool = false) throws(SQLiteError) -> Statement {
    let database = try open()
    let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    var sql = sql
    var isOne = true
    var prepared: OpaquePointer?
    let result = sql.withUTF8 { utf8 in
      utf8.withMemoryRebound(to: CChar.self) { text in
        var rest: UnsafePointer<CChar>?
        let result = sqlite3_prepare_v3(
          database, text.baseAddress, Int32(clamping: text.count), flags, &prepared, &rest)
        let used = rest.flatMap { rest in text.baseAddress.map { rest - $0 } } ?? text.count
        isOne = utf8[min(used, utf8.count)...].allSatisfy { Self.isFiller($0) }
        return result
      }
    }
    guard result == SQLITE_OK else { throw SQLiteError(of: database, result, sql: sql) }
    guard let prepared, isOne else {
      sqlite3_finalize(prepared)
      throw SQLiteError(.misuse, "the text is not one statement", sql: sql)
    }
    return Statement(prepared, sql, of: self)
  }

  private static func isFiller(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ";") || byte == UInt8(ascii: " ") || 9...13 ~= byte
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

  /// The URI of a file that does not change.
  private static func unchanging(_ path: String) -> String {
    var uri = path.hasPrefix("/") ? "file://" : "file:"
    for scalar in path.unicodeScalars {
      switch scalar {
      case "%": uri += "%25"
      case "?": uri += "%3f"
      case "#": uri += "%23"
      default: uri.unicodeScalars.append(scalar)
      }
    }
    return uri + "?immutable=1"
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

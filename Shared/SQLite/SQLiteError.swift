import CSQLite

/// What SQLite, or a wrong use of it, reports. It never holds a value that was bound or read: such
/// an error may be logged.
public struct SQLiteError: Error, Equatable, Sendable {
  /// SQLite's extended result code.
  public var code: Code
  /// What is wrong, in SQLite's own words where they are.
  public var message: String
  /// The statement at fault, if it was one.
  public var sql: String?
  /// The file at fault, where it is the file, or the disk under it.
  public var file: String?

  /// An error with a code.
  public init(_ code: Code, _ message: String, sql: String? = nil) {
    self.code = code
    self.message = message
    self.sql = sql
  }

  /// A result code of SQLite, such as `SQLITE_IOERR_FSYNC`.
  public struct Code: RawRepresentable, Hashable, Sendable {
    /// The number that SQLite gives it.
    public var rawValue: Int32

    /// A code of SQLite's.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The code without what an extended one says beyond it: `SQLITE_IOERR` of
    /// `SQLITE_IOERR_FSYNC`.
    public var primary: Code { Code(rawValue: rawValue & 0xFF) }
  }
}

extension SQLiteError: CustomStringConvertible {
  public var description: String {
    let place = sql.map { " in: \($0)" } ?? ""
    return "\(file.map { "\($0): " } ?? "")SQLite \(code.rawValue): \(message)\(place)"
  }
}

extension SQLiteError.Code {
  /// A plain mistake, such as in the text of a statement.
  public static let error = Self(rawValue: SQLITE_ERROR)
  /// The file system does not permit it.
  public static let permission = Self(rawValue: SQLITE_PERM)
  /// It was given up on request.
  public static let aborted = Self(rawValue: SQLITE_ABORT)
  /// Another connection holds a lock, and did so until the time was over.
  public static let busy = Self(rawValue: SQLITE_BUSY)
  /// A lock within the same connection.
  public static let locked = Self(rawValue: SQLITE_LOCKED)
  /// Out of memory.
  public static let noMemory = Self(rawValue: SQLITE_NOMEM)
  /// The database is open for reading only.
  public static let readOnly = Self(rawValue: SQLITE_READONLY)
  /// It was interrupted: see ``Interrupter`` and ``Connection/interruptible(every:when:_:)``.
  public static let interrupted = Self(rawValue: SQLITE_INTERRUPT)
  /// The file system failed.
  public static let inputOutput = Self(rawValue: SQLITE_IOERR)
  /// The file is damaged.
  public static let corrupt = Self(rawValue: SQLITE_CORRUPT)
  /// The disk, or what the database may take of it, is full.
  public static let full = Self(rawValue: SQLITE_FULL)
  /// The file cannot be opened.
  public static let cannotOpen = Self(rawValue: SQLITE_CANTOPEN)
  /// A text or blob is too large.
  public static let tooBig = Self(rawValue: SQLITE_TOOBIG)
  /// A constraint of the tables does not hold.
  public static let constraint = Self(rawValue: SQLITE_CONSTRAINT)
  /// A column does not hold what it was read as.
  public static let mismatch = Self(rawValue: SQLITE_MISMATCH)
  /// A wrong use of this module, such as of a connection that is closed.
  public static let misuse = Self(rawValue: SQLITE_MISUSE)
  /// The system lacks support for large files.
  public static let noLargeFiles = Self(rawValue: SQLITE_NOLFS)
  /// It was not authorized.
  public static let notAuthorized = Self(rawValue: SQLITE_AUTH)
  /// More or fewer values than the statement has parameters.
  public static let range = Self(rawValue: SQLITE_RANGE)
  /// The file is no database.
  public static let notADatabase = Self(rawValue: SQLITE_NOTADB)
}

extension SQLiteError {
  /// What a connection says of its last call.
  @usableFromInline
  init(of database: OpaquePointer?, _ result: Int32, sql: String? = nil) {
    // An extended code that belongs to the result; a later call may have left another one behind.
    let extended = sqlite3_extended_errcode(database)
    let code = extended & 0xFF == result & 0xFF ? extended : result
    let text = extended & 0xFF == result & 0xFF ? sqlite3_errmsg(database) : sqlite3_errstr(result)
    self.init(
      Code(rawValue: code), text.map { String(cString: $0) } ?? "out of memory", sql: sql)
    guard let database, Self.ofFiles.contains(self.code.primary) else { return }
    file = sqlite3_db_filename(database, "main").map { String(cString: $0) }
    if file == "" { file = nil }
    // What the system said, for the codes that stand for many things.
    if [.inputOutput, .cannotOpen].contains(self.code.primary),
      let reason = saldo_sqlite_system_error(database)
    {
      message += " (\(String(cString: reason)))"
    }
  }

  /// The codes that are of a file or its disk, and not of a statement.
  private static let ofFiles: Set<Code> = [
    .inputOutput, .cannotOpen, .corrupt, .notADatabase, .full, .permission, .readOnly,
    .noLargeFiles,
  ]

  /// What is used belongs to a connection that is closed.
  public static let closed = SQLiteError(.misuse, "the connection is closed")

  /// What a connection says of a statement that it could not run.
  ///
  /// SQLite's own words of a plain error may hold a value that the statement was given or has read,
  /// such as `JSON path error near '...'`, so only those are passed on that cannot.
  init(running sql: String, on database: OpaquePointer?, _ result: Int32) {
    self.init(of: database, result, sql: sql)
    guard code.primary == .error, !Self.plain.contains(where: message.hasPrefix) else { return }
    message = String(cString: sqlite3_errstr(result))
  }

  private static let plain = [
    "integer overflow", "malformed JSON", "cannot start a transaction", "cannot commit",
    "cannot rollback", "no such savepoint",
  ]
}

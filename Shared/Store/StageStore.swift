import EventLog
import SQLite

/// The SQLite store of one partition of one stage: its state, its position in the input, what it
/// applied of each source, and the messages it has yet to publish, all committed together.
public final class StageStore {
  /// The one connection; the owner uses it from one task at a time.
  public let connection: Connection
  /// Whether it was made just now.
  public let isNew: Bool
  /// Whether whoever had it open before closed it, with nothing left to recover.
  public let wasClosed: Bool
  private let file: StoreFile?

  /// Whose store it is: opening it as another's is an error.
  public struct Identity: Sendable, Equatable {
    /// Such as `discharge/books`.
    public var stage: String
    /// The input partition.
    public var partition: Int32
    /// Partition counts of the topics that it reads and writes; the store depends on them.
    public var topics: [String: Int32]
    /// The version of the rules by which the stage makes of its inputs what it keeps and sends; 0
    /// where none is asked for.
    public var rules: UInt32

    /// The identity of a stage's partition.
    public init(stage: String, partition: Int32, topics: [String: Int32], rules: UInt32 = 0) {
      self.stage = stage
      self.rules = rules
      self.partition = partition
      self.topics = topics
    }

    var text: String {
      let counts = topics.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
      return "\(stage)/\(partition) \(counts.joined(separator: " "))"
    }

    /// Whether a store of this identity is one of a later or earlier version of the same stage: all
    /// the topics that both know have the same number of partitions, the input among them.
    func isSameStage(as text: String) -> Bool {
      let words = text.split(separator: " ")
      guard words.first == "\(stage)/\(partition)" else { return false }
      var shared = 0
      for word in words.dropFirst() {
        guard let colon = word.lastIndex(of: ":") else { return false }
        guard let count = topics[String(word[..<colon])] else { continue }
        guard word[word.index(after: colon)...] == "\(count)" else { return false }
        shared += 1
      }
      return shared > 0
    }
  }

  /// Opens a store, makes it if there is none, and brings its tables up to date.
  ///
  /// - Parameter path: its file; nil for a store in memory.
  /// - Throws: ``StoreError``, or what SQLite reports.
  public convenience init(
    path: String?, identity: Identity, migrations: [StoreMigration]
  ) throws {
    try self.init(
      file: try path.map { (path) throws(StoreError) in try StoreFile(path: path) },
      identity: identity, migrations: migrations)
  }

  /// Opens the store of a file that is locked already, makes it if there is none, and brings its
  /// tables up to date.
  ///
  /// - Throws: ``StoreError``, or what SQLite reports; the file stays locked then.
  public init(file: StoreFile?, identity: Identity, migrations: [StoreMigration]) throws {
    self.file = file
    if let file {
      if !file.exists { try file.removeCompanions() }
      connection = try Connection(path: file.path)
      // What an earlier version made says nothing when a disk changes it; what is no database says
      // so first.
      let _: Int64? = try connection.scalar("SELECT count(*) FROM sqlite_master")
      guard connection.isSealed else { throw StoreError.unsealed(file.path) }
    } else {
      connection = try Connection()
    }
    // The store is rebuilt from its log and holds its own position: a power cut loses whole
    // commits, position and all, and the log gives them again. So NORMAL is enough.
    let connection = connection
    try Pragmas.write(connection, durable: false)
    // Before anything is changed: what other rules made is not this program's to go on with.
    try StoreRules.check(connection, identity.rules)
    try Migrations.apply(StoreSchema.migrations + migrations, to: connection)
    (isNew, wasClosed) = try connection.transaction {
      let isNew = try Self.check(identity, connection)
      let wasClosed = try ClosingMark.take(connection)
      return (isNew, isNew || wasClosed)
    }
  }

  /// The layout of a store with these tables of its stage's own.
  public static func layout(_ migrations: [StoreMigration]) -> Int {
    StoreSchema.migrations.count + migrations.count
  }

  /// What SQLite finds wrong with the file, where it was not closed; nil if it is whole.
  public func damage() throws -> String? {
    wasClosed ? nil : try connection.firstDamage()
  }

  /// Closes the store and lets others open it.
  ///
  /// - Parameters:
  ///   - whole: whether it is known to be in order; where it is not, whoever opens it next checks
  ///     the file.
  ///   - keepingLock: whether the place stays this owner's.
  public func close(whole: Bool = true, keepingLock: Bool = false) throws {
    defer { if !keepingLock { file?.release() } }
    if whole { try ClosingMark.set(connection) }
    try connection.close()
  }

  /// Whether nobody's name was on it.
  private static func check(_ identity: Identity, _ db: Connection) throws -> Bool {
    let expected = identity.text
    let stored: String? = try db.scalar("SELECT value FROM stage WHERE key = 'identity'")
    guard let stored else {
      try db.run("INSERT INTO stage (key, value) VALUES ('identity', ?)", expected)
      try StoreRules.set(db, identity.rules)
      return true
    }
    guard stored != expected else { return false }
    guard stored.prefix(while: { $0 != " " }) == expected.prefix(while: { $0 != " " }) else {
      throw StoreError.otherIdentity(expected: expected, found: stored)
    }
    guard identity.isSameStage(as: stored) else {
      throw StoreError.otherPartitions(expected: expected, found: stored)
    }
    // A version of the stage that sends to other topics than the one that made the store. Where the
    // new ones need what was taken before, a migration of the stage's has seen to it.
    try db.run("UPDATE stage SET value = ? WHERE key = 'identity'", expected)
    return false
  }
}

/// Says in the store itself that its last owner closed it: a file without it may have lost what
/// SQLite keeps beside it.
enum ClosingMark {
  static func set(_ db: Connection) throws {
    try db.run("INSERT OR REPLACE INTO stage (key, value) VALUES ('closed', '1')")
  }

  /// Removes the mark; returns whether it was there.
  static func take(_ db: Connection) throws -> Bool {
    try db.run("DELETE FROM stage WHERE key = 'closed'")
    return db.changes > 0
  }
}

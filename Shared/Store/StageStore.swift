import EventLog
import GRDB

/// The SQLite store of one partition of one stage: its state, its position in the input, what it
/// applied of each source, and the messages it has yet to publish, all committed together.
public final class StageStore {
  /// The one connection; the owner uses it from one task at a time.
  public let queue: DatabaseQueue
  private let lock: FileLock?

  /// Whose store it is: opening it as another's is an error.
  public struct Identity: Sendable, Equatable {
    /// Such as `discharge/books`.
    public var stage: String
    /// The input partition.
    public var partition: Int32
    /// Partition counts of the topics that it reads and writes; the store depends on them.
    public var topics: [String: Int32]

    /// The identity of a stage's partition.
    public init(stage: String, partition: Int32, topics: [String: Int32]) {
      self.stage = stage
      self.partition = partition
      self.topics = topics
    }

    var text: String {
      let counts = topics.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
      return "\(stage)/\(partition) \(counts.joined(separator: " "))"
    }
  }

  /// Opens a store, makes it where there is none, and brings its tables up to date.
  ///
  /// - Parameter path: its file; nil for a store in memory.
  /// - Throws: ``StoreError``, or what SQLite reports.
  public init(path: String?, identity: Identity, migrations: [StoreMigration]) throws {
    if let path {
      lock = try FileLock(path: path + ".lock")
      queue = try DatabaseQueue(path: path, configuration: Self.configuration)
    } else {
      lock = nil
      queue = try DatabaseQueue(configuration: Self.configuration)
    }
    // The store is rebuilt from its log and holds its own position: a power cut loses whole
    // commits, position and all, and the log gives them again. So NORMAL is enough.
    try Pragmas.write(queue, durable: false, inMemory: path == nil)
    try Migrations.apply(StoreSchema.migrations + migrations, to: queue)
    try check(identity)
  }

  /// Closes the store and lets others open it.
  public func close() throws {
    try queue.close()
    lock?.release()
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.label = "saldo.store"
    configuration.busyMode = .timeout(5)
    return configuration
  }

  private func check(_ identity: Identity) throws {
    try queue.write { db in
      let stored = try String.fetchOne(db, sql: "SELECT value FROM stage WHERE key = 'identity'")
      guard let stored else {
        try db.execute(
          sql: "INSERT INTO stage (key, value) VALUES ('identity', ?)", arguments: [identity.text])
        return
      }
      guard stored == identity.text else {
        throw StoreError.otherIdentity(expected: identity.text, found: stored)
      }
    }
  }
}

/// What can be wrong with a store.
public enum StoreError: Error, Equatable, Sendable {
  /// Another process, or another task of this one, has it open.
  case alreadyOpen(String)
  /// It belongs to another stage, partition or number of partitions.
  case otherIdentity(expected: String, found: String)
  /// A pragma did not take.
  case pragma(name: String, expected: String, found: String)
  /// The file was made by a later version of the program.
  case laterVersion(found: Int, known: Int)
  /// SQLite failed.
  case failed(String)
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .alreadyOpen(let path): "\(path) is open already, here or in another process"
    case .otherIdentity(let expected, let found):
      "the store belongs to \(found), not to \(expected): give another data folder"
    case .pragma(let name, let expected, let found):
      "SQLite has \(name) = \(found) where \(expected) is needed"
    case .laterVersion(let found, let known):
      "the store has layout \(found), this program knows \(known): use the later program"
    case .failed(let what): what
    }
  }
}

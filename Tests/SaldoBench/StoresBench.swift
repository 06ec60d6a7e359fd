import Foundation
import SaldoComposition
import Store

/// What it costs that stores are whole or said not to be: opening a large one, and a backup.
struct StoresBench {
  private let folder: TemporaryFolder
  private let store: String
  /// The store's length, and that of what is backed up.
  let mebibytes: Int

  private static let migration = StoreMigration(
    "filler", "CREATE TABLE filler (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
  private static let identity = StageStore.Identity(
    stage: "bench/stores", partition: 0, topics: ["bench": 1])

  /// Makes a store of a length.
  init(mebibytes: Int) throws {
    folder = try TemporaryFolder()
    store = folder.path + "/store.sqlite"
    self.mebibytes = mebibytes
    let made = try open()
    for _ in 0..<mebibytes / 16 {
      try made.connection.transaction {
        for _ in 0..<16 * 1_024 {
          // As rows of the books are: many to a page.
          try made.connection.run("INSERT INTO filler (bytes) VALUES (randomblob(996))")
        }
      }
    }
    try made.close()
  }

  func remove() { folder.remove() }

  /// Milliseconds until a store that was closed can be used.
  func opening() throws -> Double {
    let watch = Stopwatch()
    let opened = try open()
    guard try opened.damage() == nil else { throw BenchError.wrongResult }
    let seconds = watch.seconds
    try opened.close()
    return seconds * 1_000
  }

  /// Seconds until one that was not closed, as after a power cut, is known to be whole.
  func checking() throws -> Double {
    try open().close(whole: false)
    let watch = Stopwatch()
    let opened = try open()
    guard !opened.wasClosed, try opened.damage() == nil else { throw BenchError.wrongResult }
    let seconds = watch.seconds
    try opened.close()
    return seconds
  }

  /// Mebibytes a second of a backup of a data folder that holds so many events, and of its
  /// verification.
  static func backup(events: Int) async throws -> [BrokerBench.Figure] {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let data = try await ProcessBench.books(of: events, in: folder.path)
    let copy = folder.path + "/copy"
    var watch = Stopwatch()
    let manifest = try Backup(of: data, to: copy, program: "bench").write()
    let written = watch.seconds
    watch = Stopwatch()
    guard try BackupVerification(of: copy).run().faults.isEmpty else {
      throw BenchError.wrongResult
    }
    let size = Double(manifest.files.reduce(0) { $0 + $1.bytes }) / 1_048_576
    return [
      .init(name: "backup of the books of \(events) events", value: size / written, unit: "MiB/s"),
      .init(name: "its verification", value: size / watch.seconds, unit: "MiB/s"),
    ]
  }

  private func open() throws -> StageStore {
    try StageStore(path: store, identity: Self.identity, migrations: [Self.migration])
  }
}

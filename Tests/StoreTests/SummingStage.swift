import EventLog
import SQLite
import ServiceRuntime
import Store

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A stage that adds numbers up and sends each new sum, keyed by the number: its output tells at
/// once whether an input was lost, doubled or out of order.
enum SummingStage {
  static let stage = Stage(
    service: "test", name: "sums", input: "numbers", outputs: ["sums", "odd"],
    migrations: [
      StoreMigration(
        "sums",
        """
        CREATE TABLE sum (id INTEGER PRIMARY KEY CHECK (id = 1), value INTEGER NOT NULL) STRICT;
        INSERT INTO sum (id, value) VALUES (1, 0);
        """)
    ]
  ) { db, _ in try SummingHandler(db) }

  static let counts: [String: Int32] = ["numbers": 2, "sums": 3, "odd": 1]
  static let context = StageContext(partition: 0, partitions: counts)
  static let source = TopicPartition("numbers", 0)
  static let identity = StagePartition.identity(stage, context)

  static func store(_ path: String? = nil) throws -> StageStore {
    try StageStore(
      path: path, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
  }

  static func records(_ numbers: [Int]) -> PackedRecords {
    var records = PackedRecords()
    for (ordinal, number) in numbers.enumerated() {
      records.append(
        Record(key: [], value: Array("\(number)".utf8), timestamp: Int64(number)),
        input: Int64(ordinal), ordinal: 0)
    }
    return records
  }

  /// The sum that a store holds.
  static func sum(_ store: StageStore) throws -> Int {
    try store.connection.scalar("SELECT value FROM sum", as: Int.self) ?? -1
  }
}

/// Cannot read what is not a number.
struct NotANumber: Error, Equatable {}

private final class SummingHandler: StageHandler {
  private var sum: Int

  init(_ db: Connection) throws {
    sum = try db.scalar("SELECT value FROM sum", as: Int.self) ?? 0
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    let text = record.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let number = Int(text) else { throw NotANumber() }
    sum += number
    output.send(to: 0, key: text) { $0.append(contentsOf: Array("\(sum)".utf8)) }
    if number % 2 == 1 {
      output.broadcast(to: 1, key: text) { $0.append(contentsOf: Array("odd".utf8)) }
    }
  }

  func save(_ db: Connection) throws { try db.run("UPDATE sum SET value = ?", sum) }
}

/// A folder that is gone when the test is over.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

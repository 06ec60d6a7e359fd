import EventLog
import Foundation
import IngestService
import Messages
import SQLite
import ServiceRuntime
import Store
import Testing

/// A data folder of an earlier version.
@Suite struct OlderStoreTests {
  /// One whose documents had no sides of virtual transfers.
  @Test func theDocumentsOfAnOlderStoreAreTakenAgainFromTheBeginning() throws {
    let path = Self.place()
    defer { Self.remove(path) }
    let stage = try #require(IngestService.stages().first { $0.name == "documents" })
    let counts = Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, Int32(3)) })
    var older = counts
    older[Topic.sides.rawValue] = nil
    func identity(_ partitions: [String: Int32]) -> StageStore.Identity {
      StagePartition.identity(stage, StageContext(partition: 1, partitions: partitions))
    }

    let first = try StageStore(
      path: path, identity: identity(older), migrations: Array(stage.migrations.prefix(1)))
    try first.connection.execute(
      """
      INSERT INTO document (name, body) VALUES ('P1', x'00');
      INSERT INTO identity (id, fingerprint) VALUES (1, 1);
      INSERT INTO catalog (key, event) VALUES ('part|M', x'00');
      INSERT INTO applied (topic, partition, input, ordinal) VALUES ('t', 0, 9, 9);
      UPDATE position SET next = 7;
      """)
    try first.close()

    let later = try StageStore(path: path, identity: identity(counts), migrations: stage.migrations)
    let left = try ["document", "identity", "catalog", "applied", "outbox"].map { table in
      try later.connection.scalar("SELECT count(*) FROM \(table)", as: Int.self)
    }
    #expect(left == [0, 0, 0, 0, 0])
    #expect(try StoreProgress(later.connection).next == 0)
    try later.close()
  }

  /// One that kept the identities of events in a table.
  @Test func anOlderStoreStillKnowsWhatItHasTaken() throws {
    let path = Self.place()
    defer { Self.remove(path) }
    let stage = try #require(IngestService.stages().first { $0.name == "documents" })
    let counts = Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, Int32(1)) })
    let context = StageContext(partition: 0, partitions: counts)
    let identity = StagePartition.identity(stage, context)
    let known = Array(RoutingTests.plant.utf8)
    let other = Array(RoutingTests.plant.replacing("Av. Uno 1", with: "Av. Dos 2").utf8)
    var decoder = EventDecoder()
    let fact = try known.withUnsafeBytes { try decoder.decode($0) }

    let first = try StageStore(
      path: path, identity: identity, migrations: Array(stage.migrations.prefix(2)))
    let key = EventIdentity.fingerprint(source: fact.source, id: fact.id)
    try first.connection.run(
      "INSERT INTO identity (id, fingerprint) VALUES (?, ?), (7, 7)", Int64(bitPattern: key),
      Int64(bitPattern: fact.fingerprint))
    try first.close()

    // Twice: what was taken over is there when it is opened again.
    for offset in 0..<2 {
      let later = try StageStore(path: path, identity: identity, migrations: stage.migrations)
      let partition = try StagePartition(stage, store: later, context: context)
      #expect(
        try later.connection.scalar("SELECT count(*) FROM identity", as: Int.self) == 0)
      var records = PackedRecords()
      for value in [known, other] {
        records.append(Record(key: [], value: value, timestamp: 1_700_000_000_000))
      }
      let base = Int64(offset * 2)
      try partition.apply(
        ReadBatch(
          segments: [.init(source: nil, baseOffset: base, records: records)], nextOffset: base + 2))
      #expect(partition.unpublished.map(\.target.topic) == [Topic.rejected.rawValue])
      #expect(partition.unpublished.map(\.records.count) == [1])
      try later.close()
    }
  }

  private static func place() -> String {
    FileManager.default.temporaryDirectory
      .appending(path: "older-\(UUID().uuidString).sqlite").path
  }

  private static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", ".lock"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }
}

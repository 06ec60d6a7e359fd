import Foundation
import GRDB
import IngestService
import Messages
import ServiceRuntime
import Store
import Testing

/// A data folder of a version whose documents had no sides of virtual transfers.
@Suite struct OlderStoreTests {
  @Test func theDocumentsOfAnOlderStoreAreTakenAgainFromTheBeginning() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "older-\(UUID().uuidString).sqlite").path
    defer {
      for suffix in ["", "-wal", "-shm", ".lock"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let stage = try #require(IngestService.stages().first { $0.name == "documents" })
    let counts = Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, Int32(3)) })
    var older = counts
    older[Topic.sides.rawValue] = nil
    func identity(_ partitions: [String: Int32]) -> StageStore.Identity {
      StagePartition.identity(stage, StageContext(partition: 1, partitions: partitions))
    }

    let first = try StageStore(
      path: path, identity: identity(older), migrations: Array(stage.migrations.prefix(1)))
    try first.queue.write { db in
      try db.execute(
        sql: """
          INSERT INTO document (name, body) VALUES ('P1', x'00');
          INSERT INTO identity (id, fingerprint) VALUES (1, 1);
          INSERT INTO catalog (key, event) VALUES ('part|M', x'00');
          INSERT INTO applied (topic, partition, input, ordinal) VALUES ('t', 0, 9, 9);
          UPDATE position SET next = 7;
          """)
    }
    try first.close()

    let later = try StageStore(path: path, identity: identity(counts), migrations: stage.migrations)
    let left = try later.queue.read { db in
      try ["document", "identity", "catalog", "applied", "outbox"].map { table in
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \(table)")
      }
    }
    #expect(left == [0, 0, 0, 0, 0])
    #expect(try later.queue.read { try StoreProgress($0).next } == 0)
    try later.close()
  }
}

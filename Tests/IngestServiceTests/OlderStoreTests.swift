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

import Foundation
import Messages
import ReportingService
import SQLite
import ServiceRuntime
import Store
import Testing

/// A catalogue store of a version that kept no factors of units.
@Suite struct OlderCatalogTests {
  @Test func theCatalogueOfAnOlderStoreIsReadAgainFromTheBeginning() throws {
    let path = FileManager.default.temporaryDirectory
      .appending(path: "older-\(UUID().uuidString).sqlite").path
    defer {
      for suffix in ["", "-wal", "-shm", ".lock"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let stage = try #require(ReportingService.stages().first { $0.name == "catalog" })
    let identity = StagePartition.identity(
      stage, StageContext(partition: 0, partitions: [Topic.catalog.rawValue: 1]))
    let older = try StageStore(
      path: path, identity: identity, migrations: Array(stage.migrations.prefix(1)))
    try older.connection.execute(
      """
      INSERT INTO company (rfc, time, id, name) VALUES ('R', 1, 'c', 'N');
      INSERT INTO part (part, time, id, description, uom, tariff_item, nico)
      VALUES ('M', 1, 'p', 'D', 6, '85340099', '01');
      INSERT INTO applied (topic, partition, input, ordinal) VALUES ('t', 0, 9, 9);
      INSERT INTO appliedEpoch (topic, partition, epoch, input, ordinal) VALUES ('t', 0, 1, 9, 9);
      UPDATE position SET next = 7;
      """)
    try older.close()

    let later = try StageStore(path: path, identity: identity, migrations: stage.migrations)
    let left = try ["company", "part", "conversion", "applied", "appliedEpoch"].map { table in
      try later.connection.scalar("SELECT count(*) FROM \(table)", as: Int.self)
    }
    #expect(left == [0, 0, 0, 0, 0])
    #expect(try StoreProgress(later.connection).next == 0)
    try later.close()
  }
}

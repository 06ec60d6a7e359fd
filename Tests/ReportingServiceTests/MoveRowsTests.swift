import EventLog
import Foundation
import Ledger
import Messages
import ReportingRules
import SQLite
import ServiceRuntime
import Store
import Testing

@testable import ReportingService

/// Rows of moves, of their receipts and of goods at sub-manufacturers.
@Suite struct MoveRowsTests {
  private func moves(_ revision: Int64, _ moves: [MoveLine]?) throws -> DocumentRecord {
    var record = try Facts.record(
      "MV-1", kind: .move, clave: nil, operation: nil, revision: revision)
    record.moves = moves
    record.received = 5
    return record
  }

  private func move(_ quantity: String, to plant: String = "QRO2") throws -> MoveLine {
    MoveLine(
      avisos: ["AT-1", "AT-2"], date: try CalendarDate("2026-03-02"), part: "M-1", plant: "JUA1",
      quantity: try Quantity(quantity), toPlant: plant)
  }

  private func goods(
    _ revision: Int64, _ quantities: [(SubmanufactureEvent.Kind, String)], of: String? = nil
  ) throws -> DocumentRecord {
    var record = try Facts.record(
      "SM-1", kind: .submanufacture, clave: nil, operation: nil, revision: revision)
    record.submanufacture = try quantities.map { kind, quantity in
      SubmanufactureLine(
        date: try CalendarDate("2026-03-02"), kind: kind, noticeFolio: "AS-1", ofDocument: of,
        part: "M-1", plant: "JUA1", quantity: try Quantity(quantity), submanufacturer: "SUB-1")
    }
    return record
  }

  @Test func aRowSaysWhatTheDocumentSays() throws {
    let stage = try PublishingStage(.records)
    let sent = try stage.send([
      try moves(1, [try move("2.5")]), try goods(1, [(.returned, "4")], of: "SM-0"),
    ])
    #expect(sent.map(\.key) == [Facts.rfc, Facts.rfc] && sent.allSatisfy { $0.topic == .report })
    #expect(
      sent.map(\.value) == [
        """
        {"avisos":"AT-1 AT-2","date":"2026-03-02","document":"MV-1","item":0,"part":"M-1",\
        "plant":"JUA1","quantity":"2.5","received":5,"rfc":"\(Facts.rfc)",\
        "row":"move/\(Facts.rfc)/MV-1/0","schema":"saldo.report.move.v1","toPlant":"QRO2",\
        "version":1,"withdrawn":false}
        """,
        """
        {"date":"2026-03-02","document":"SM-1","item":0,"kind":"returned","noticeFolio":"AS-1",\
        "ofDocument":"SM-0","part":"M-1","plant":"JUA1","quantity":"4","received":0,\
        "rfc":"\(Facts.rfc)","row":"submanufacture/\(Facts.rfc)/SM-1/0",\
        "schema":"saldo.report.submanufacture.v1","submanufacturer":"SUB-1","version":1,\
        "withdrawn":false}
        """,
      ])
  }

  @Test(arguments: [false, true]) func onlyWhatDiffersIsSent(reopening: Bool) throws {
    let stage = try PublishingStage(.records)
    func send(_ record: DocumentRecord) throws -> [String] {
      if reopening { try stage.reopen() }
      let sent = try stage.send([record])
      return try sent.rows(MoveRow.self).map {
        "\($0.item) \($0.toPlant) \($0.quantity) \($0.version)\($0.withdrawn ? " gone" : "")"
      }
        + sent.rows(SubmanufactureRow.self).map {
          "\($0.item) \($0.kind) \($0.quantity) \($0.version)\($0.withdrawn ? " gone" : "")"
        }
    }
    let (one, two) = (try move("1"), try move("2", to: "TIJ3"))
    #expect(try send(moves(1, [one, two])) == ["0 QRO2 1 1", "1 TIJ3 2 1"])
    #expect(try send(moves(2, [one, two])) == [])
    #expect(try send(moves(1, [])) == [])
    #expect(try send(moves(3, [one])) == ["1 TIJ3 0 3 gone"])
    #expect(try send(moves(4, nil)) == ["0 QRO2 0 4 gone"])
    #expect(try send(moves(5, [two])) == ["0 TIJ3 2 5"])

    #expect(try send(goods(1, [(.sent, "7"), (.sent, "3")])) == ["0 sent 7 1", "1 sent 3 1"])
    #expect(try send(goods(2, [(.sent, "7"), (.sent, "3")])) == [])
    #expect(try send(goods(3, [(.sent, "7"), (.returned, "3")])) == ["1 returned 3 3"])
    #expect(try send(goods(4, [])) == ["0 sent 0 4 gone", "1 returned 0 4 gone"])
  }

  @Test func whatIsReceivedIsToldOfEachUnit() throws {
    let stage = try PublishingStage(.ledger)
    var entry = Facts.entry("QRO2")
    entry.received = 9
    entry.receipts = Receipts(
      document: "MV-1", latest: try Instant("2026-03-04T16:20:00Z"),
      sums: [
        .init(quantity: try Quantity("2"), uom: try Facts.unit(6)),
        .init(quantity: try Quantity("0.5"), uom: try Facts.unit(11)),
      ])
    let first = try stage.send([Facts.entry(lots: [try Facts.lot(1, "1")]), entry])
    #expect(
      first.filter { $0.key == "QRO2|M-1" }.map(\.value).first == """
        {"document":"MV-1","latest":"2026-03-04T16:20:00Z","part":"M-1","plant":"QRO2",\
        "quantity":"2","received":9,"row":"receipt/3/2/6/MV-1","schema":"saldo.report.receipt.v1",\
        "uom":6,"version":1}
        """)
    try stage.reopen()
    entry.receipts?.sums[1].quantity = try Quantity("1.5")
    let rows = try (first + stage.send([entry])).rows(ReceiptRow.self)
    #expect(
      rows.map { "\($0.row) \($0.quantity) \($0.version)" } == [
        "receipt/3/2/6/MV-1 2 1", "receipt/3/2/11/MV-1 0.5 1", "receipt/3/2/6/MV-1 2 2",
        "receipt/3/2/11/MV-1 1.5 2",
      ])
  }

  /// What a store took before there were these rows it takes again, where it sends rows at all.
  @Test(arguments: ["ledger", "records"], [true, false])
  func aStoreOfAnOlderVersionBeginsAgain(stage name: String, publishing: Bool) throws {
    let stage = try #require(ReportingService.stages(publishing: true).first { $0.name == name })
    let context = StageContext(
      partition: 0,
      partitions: Dictionary(uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, 1) }))
    let identity = StagePartition.identity(stage, context)
    let path = FileManager.default.temporaryDirectory
      .appending(path: "older-\(UUID().uuidString).sqlite").path
    defer {
      for suffix in ["", "-wal", "-shm", ".lock"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let again = try #require(stage.migrations.lastIndex { $0.name.hasPrefix("rows of ") })
    let older = try StageStore(
      path: path, identity: identity, migrations: Array(stage.migrations[..<again]))
    try older.connection.execute(
      """
      INSERT INTO applied (topic, partition, input, ordinal) VALUES ('t', 0, 9, 9);
      INSERT INTO stage (key, value) VALUES ('last', 'x');
      UPDATE position SET next = 7;
      """)
    if publishing { try older.connection.execute("INSERT INTO published (id) VALUES (1)") }
    let one =
      name == "ledger"
      ? "INSERT INTO book (id, plant, part) VALUES (1, 'P', 'M')"
      : "INSERT INTO document (kind, rfc, document, revision, state, received, place) "
        + "VALUES ('move', 'R', 'D', 1, 'counts', 0, 0)"
    try older.connection.execute(one)
    try older.close()
    let later = try StageStore(path: path, identity: identity, migrations: stage.migrations)
    let table = name == "ledger" ? "book" : "document"
    let db = later.connection
    let rows = try db.scalar("SELECT count(*) FROM \(table)", as: Int.self)
    let next = try StoreProgress(db).next
    let last = try db.scalar("SELECT value FROM stage WHERE key = 'last'", as: String.self)
    #expect(rows == (publishing ? 0 : 1) && next == (publishing ? 0 : 7))
    #expect((last == nil) == publishing)
    try later.close()
  }
}

import Foundation
import Ledger
import Messages
import ReportingRules
import ReportingService
import Testing

/// `traslados.csv`: what the documents of moves say, what the books had of it, what was received.
@Suite struct MovesReportTests {
  private static func move(
    _ document: String, _ quantity: String, avisos: [String] = ["AT-1"], on day: String,
    revision: Int64 = 1, to plant: String = "QRO1"
  ) throws -> DocumentRecord {
    var record = try Facts.record(
      document, kind: .move, clave: "MOVE", operation: nil, revision: revision, date: day)
    record.moves = [
      MoveLine(
        avisos: avisos, date: try CalendarDate(day), part: "M-1", plant: "JUA1",
        quantity: try Quantity(quantity), toPlant: plant)
    ]
    return record
  }

  private static func receipts(
    _ document: String, at instant: String, _ sums: [(quantity: String, uom: Int)]
  ) throws -> LedgerEntry {
    var entry = Facts.entry("QRO1")
    entry.receipts = Receipts(
      document: document,
      latest: try Array(instant.utf8).withUnsafeBytes { try Instant(anyUTF8: $0) },
      sums: try sums.map {
        Receipts.Sum(quantity: try Quantity($0.quantity), uom: try Facts.unit($0.uom))
      })
    return entry
  }

  /// Each thing in a partition of its own, as it may be.
  private static func books() throws -> DataFolder {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Maquila"), CatalogEvent.plant("JUA1"),
        CatalogEvent.plant("QRO1"), CatalogEvent.part("M-1", conversions: [20: "12"]),
      ])
    try data.send(
      .records, partition: 1,
      [
        try move("MV-2", "24", avisos: ["AT-1", "AT-2"], on: "2026-06-30"),
        try move("MV-1", "10", on: "2026-06-20"),
      ])
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.lot(1, "30")], balances: [try Facts.balance(1, moved: "20")],
          demands: [
            try Facts.demand(
              1, "MV-2", date: "2026-06-30", shortage: "4", toPlant: "QRO1", clave: "MOVE")
          ],
          postings: [
            try Facts.posting(1, demand: 1, lot: 1, "15"),
            try Facts.posting(2, demand: 1, lot: 1, "5"),
          ])
      ])
    return data
  }

  private static let header =
    "rfc,razon_social,planta_recibe,numero_parte,documento,fecha,planta_envia,aviso,enviado,"
    + "amparado,recibido,recibido_sin_convertir,diferencia,unidad,estado,dias,ultima_recepcion\n"
  private static let company = "ABC010203AB1,Maquila,QRO1,M-1"

  @Test func movesStandByTheirReceivingPlantWithWhatIsMissing() throws {
    let data = try Self.books()
    try data.send(
      .ledger, partition: 2, [try Self.receipts("MV-2", at: "2026-06-30T18:00:00Z", [("12", 6)])])
    #expect(
      try data.export()["traslados"]
        == Self.header + """
          \(Self.company),MV-1,2026-06-20,JUA1,AT-1,10,0,0,,-10,pieza,vencido,11,
          \(Self.company),MV-2,2026-06-30,JUA1,AT-1 AT-2,24,20,12,,-12,pieza,corto,1,\
          2026-06-30T18:00:00Z

          """)
  }

  @Test func whatWasReceivedReplacesWhatWasSaidBefore() throws {
    let data = try Self.books()
    for sums in [[("12", 6)], [("6", 6), ("1.5", 20)]] {
      try data.send(
        .ledger, partition: 2, [try Self.receipts("MV-2", at: "2026-07-01T00:00:00Z", sums)])
    }
    let row = try #require(try data.rows("traslados").last)
    #expect(row.hasSuffix("24,20,24,,0,pieza,recibido,1,2026-07-01T00:00:00Z"))
  }

  /// A factor of the catalogue that comes, changes and goes.
  @Test func unitsCountByTheFactorOfTheLastVersion() throws {
    let data = try Self.books()
    try data.send(
      .ledger, partition: 2,
      [try Self.receipts("MV-2", at: "2026-07-01T00:00:00Z", [("2", 20), ("3", 1)])])
    func shown() throws -> String? {
      try data.rows("traslados").last.map { row in
        row.split(separator: ",", omittingEmptySubsequences: false)[10...12].joined(separator: ",")
      }
    }
    #expect(try shown() == "24,3 kilo,0")
    for (id, conversions, cells) in [
      ("y", [1: "0.5", 20: "10"], "21.5,,-2.5"), ("z", [:], "0,3 kilo; 2 caja,-24"),
    ] as [(String, [Int: String], String)] {
      try data.send(
        .catalog, bytes: [CatalogEvent.part("M-1", id: id, conversions: conversions)])
      #expect(try shown() == cells)
    }
    try data.send(.catalog, bytes: [CatalogEvent.part("M-1", id: "a", conversions: [1: "9"])])
    #expect(try shown() == "0,3 kilo; 2 caja,-24", "an earlier version")
  }

  /// A receipt that no quantity can hold must not keep the reports from being written.
  @Test func whatIsTooMuchForTheBaseUnitStandsAside() throws {
    let data = try Self.books()
    try data.send(
      .ledger, partition: 2,
      [
        try Self.receipts(
          "MV-2", at: "2026-07-01T00:00:00Z", [("24", 6), ("9000000000000", 20)])
      ])
    let row = try #require(try data.rows("traslados").last)
    #expect(row.contains(",24,9000000000000 caja,0,pieza,recibido,"))
  }

  @Test func aLaterRecordReplacesItsMoves() throws {
    let data = try Self.books()
    try data.send(
      .records, partition: 1, [try Self.move("MV-2", "7", on: "2026-06-29", revision: 2)])
    var gone = try Self.move("MV-1", "10", on: "2026-06-20", revision: 2)
    gone.moves = []
    try data.send(.records, partition: 1, [gone])
    #expect(
      try data.rows("traslados")
        == ["\(Self.company),MV-2,2026-06-29,JUA1,AT-1,7,0,0,,-7,pieza,en_transito,2,"])
  }

  @Test func receiptsWithoutAMoveStandNowhere() throws {
    let data = try Self.books()
    let before = try data.export()["traslados"]
    try data.send(
      .ledger, partition: 2,
      [
        try Self.receipts("MV-0", at: "2026-07-01T00:00:00Z", [("1", 6)]),
        try Self.receipts("MV-9", at: "2026-07-01T00:00:00Z", [("1", 6)]),
      ])
    #expect(try data.export()["traslados"] == before)
  }

  @Test func moreDaysMayBeAllowed() throws {
    let data = try Self.books()
    for (days, state) in [(10, "vencido"), (11, "en_transito")] {
      let folder = data.path + "/reports"
      _ = try ReportExport(
        dataDirectory: data.path, today: CalendarDate("2026-07-01"), transitDays: days
      ).write(to: folder) { _, _ in }
      let text = try String(contentsOfFile: folder + "/traslados.csv", encoding: .utf8)
      #expect(text.split(separator: "\n")[1].hasSuffix(",\(state),11,"))
    }
  }

  @Test(
    arguments: [
      ("0", 5, MoveStanding.inTransit), ("0", 6, .overdue), ("0.000001", 99, .short),
      ("9.999999", 0, .short), ("10", 99, .received), ("10.000001", 0, .over),
    ] as [(String, Int64, MoveStanding)])
  func aMoveStandsByWhatItsPlantReceived(
    received: String, days: Int64, standing: MoveStanding
  ) throws {
    #expect(
      try MoveStanding(
        sent: Quantity("10"), received: Quantity(received), days: days, allowed: 5) == standing)
  }

  /// In the order of the moves, and what is beyond them all is the last one's.
  @Test(arguments: [
    ("0", ["5", "3"], ["0", "0"]), ("4", ["5", "3"], ["4", "0"]), ("5", ["5", "3"], ["5", "0"]),
    ("7", ["5", "3"], ["5", "2"]), ("8", ["5", "3"], ["5", "3"]), ("9", ["5", "3"], ["5", "4"]),
    ("9", ["5"], ["9"]), ("9", [], []),
  ])
  func movesShareWhatWasReceived(received: String, sent: [String], shares: [String]) throws {
    let found = MoveStanding.shares(
      of: try Quantity(received), among: try sent.map { try Quantity($0) })
    #expect(found.map(\.description) == shares)
  }
}

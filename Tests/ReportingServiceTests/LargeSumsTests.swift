import Ledger
import Logging
import Messages
import Testing

@testable import ReportingService

/// Facts that each fit and together do not fit 64 bits: every report is written, and is exact.
@Suite struct LargeSumsTests {
  private static let most = "9000000000000"
  private static let worth = "90000000000000000"
  private static let company = "ABC010203AB1,Maquila"

  private static func books(_ entries: [LedgerEntry]) throws -> DataFolder {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Maquila"), CatalogEvent.plant("JUA1"),
        CatalogEvent.plant("QRO1", id: "q"), CatalogEvent.part("M-1"),
      ])
    try data.send(.ledger, entries)
    return data
  }

  /// Out of each of two lots, or as much as each of two postings.
  private static func twice(
    _ first: DemandState, _ second: DemandState, scrap: Bool = false, account: Account? = nil
  ) throws -> LedgerEntry {
    Facts.entry(
      demands: first.demand == second.demand ? [first] : [first, second],
      postings: try [(1, first), (2, second)].map { number, demand in
        try Facts.posting(
          number, demand: demand.demand, lot: number, scrap ? "0" : most,
          scrap: scrap ? most : "0", value: worth)
      }, account: account)
  }

  private static func lots(moved: String = "0", discharged: String = "0") throws -> LedgerEntry {
    let numbers: [Int64] = [1, 2]
    return Facts.entry(
      lots: try numbers.map { try Facts.lot($0, most, value: worth) },
      balances: try numbers.map {
        try Facts.balance(
          $0, discharged: discharged, moved: moved, value: discharged == "0" ? "0" : worth)
      })
  }

  @Test func twoEntriesOfAPart() async throws {
    let data = try Self.books([
      Facts.entry(lots: [
        try Facts.lot(1, Self.most),
        try Facts.lot(2, of: "260000000000002", "9000000000000.000001"),
      ])
    ])
    let sum = "18000000000000.000001"
    #expect(
      try data.rows("conservacion", isSettled: true)
        == ["\(Self.company),M-1,pieza,\(sum),\(sum),0,0,0,0,0,0,0,ok,"])
    let check = ConservationFigures(dataDirectory: data.path, logger: Logger(label: "test"))
    #expect(try await check.figures()[.conservationAlarms] == 0)
  }

  /// Goods that went to and fro between two plants are lots of one entry line each time.
  @Test func lotsOfOneEntryLine() throws {
    let data = try Self.books([try Self.lots(moved: Self.most)])
    #expect(
      try data.rows("saldos").map { $0.hasPrefix("\(Self.company),JUA1,M-1,260000000000001,1,") }
        == [true])
    #expect(
      try data.rows("saldos").first?.hasSuffix(
        ",18000000000000,0,18000000000000,0,pieza,180000000000000000,180000000000000000,agotado")
        == true)
  }

  @Test func whatAnExitTookOfThem() throws {
    let exit = try Facts.demand(1)
    let data = try Self.books([
      try Self.lots(discharged: Self.most), try Self.twice(exit, exit),
    ])
    #expect(
      try data.rows("descargos").first?.hasSuffix(
        ",18000000000000,0,0,pieza,180000000000000000") == true)
    #expect(
      try data.rows("conservacion", isSettled: true)
        == [
          "\(Self.company),M-1,pieza,18000000000000,0,18000000000000,0,0,0,0,0,0,ok,"
        ])
  }

  /// Two products of one line (partida) that have a component in common.
  @Test func shortagesOfOneLine() throws {
    let data = try Self.books([
      Facts.entry(demands: [
        try Facts.demand(1, product: "P-1", shortage: Self.most),
        try Facts.demand(2, product: "P-2", shortage: Self.most),
      ])
    ])
    #expect(
      try data.rows("faltantes")
        == ["\(Self.company),JUA1,260000000000900,1,M-1,18000000000000,pieza,2026-02-01"])
  }

  @Test func scrapAndWhatDisposedOfIt() throws {
    let exits = [try Facts.demand(1, product: "P-1"), try Facts.demand(2, product: "P-2")]
    let act = try Facts.demand(3, "ACTA-1", date: "2026-04-20", clave: "ACT")
    let missed = try Facts.demand(4, "ACTA-1", shortage: Self.most, clave: "ACT")
    var disposal = Facts.entry(
      lots: try [3, 4].map { try Facts.scrap($0, Self.most, value: Self.worth) },
      balances: try [3, 4].map {
        try Facts.balance($0, discharged: Self.most, value: Self.worth)
      }, account: .scrap)
    disposal.demands = [
      act, missed, try Facts.demand(5, "ACTA-1", shortage: Self.most, clave: "ACT"),
    ]
    disposal.postings = try [3, 4].map {
      try Facts.posting($0, demand: 3, lot: $0, Self.most, value: Self.worth)
    }
    let data = try Self.books([
      try Self.lots(discharged: Self.most), try Self.twice(exits[0], exits[1], scrap: true),
      disposal,
    ])
    let twice = "18000000000000"
    #expect(
      try data.rows("conservacion", isSettled: true)
        == ["\(Self.company),M-1,pieza,\(twice),0,0,0,\(twice),0,\(twice),0,0,ok,"])
    #expect(
      try data.rows("desperdicios").first?.hasSuffix(
        ",\(twice),\(twice),0,pieza,180000000000000000,0") == true)
    for report in ["disposiciones", "destrucciones"] {
      let rows = try data.rows(report)
      #expect(rows.contains { $0.hasSuffix(",0,\(twice),pieza,0") }, "\(rows)")
      #expect(rows.contains { $0.hasSuffix(",\(twice),0,pieza,180000000000000000") }, "\(rows)")
    }
    // The sums are compared as well where the documents behind an alarm are looked for.
    try data.tamper(.ledger, "UPDATE posting SET scrap = scrap - 1 WHERE id = 1")
    #expect(
      try data.rows("conservacion").first?.hasSuffix(",alarma,260000000000001; 260000000000900")
        == true)
  }

  @Test func whatMovesTook() throws {
    let move = try Facts.demand(1, "MV-1", toPlant: "QRO1", clave: "MOVE")
    let data = try Self.books([try Self.lots(moved: Self.most), try Self.twice(move, move)])
    var record = try Facts.record("MV-1", kind: .move, clave: "MOVE", operation: nil)
    record.moves = [
      MoveLine(
        avisos: ["AT-1"], date: try CalendarDate("2026-02-01"), part: "M-1", plant: "JUA1",
        quantity: try Quantity("9223372036854.775807"), toPlant: "QRO1")
    ]
    try data.send(.records, [record])
    #expect(
      try data.rows("traslados").first?.contains(",AT-1,9223372036854.775807,18000000000000,0,")
        == true)
    #expect(
      try data.rows("conservacion", isSettled: true)
        == [
          "\(Self.company),M-1,pieza,18000000000000,0,0,0,0,0,0,18000000000000,0,alarma,MV-1"
        ])
    try data.send(
      .ledger, partition: 1,
      [
        Facts.entry(
          "QRO1",
          lots: try [1, 2].map { try Facts.lot($0, Self.most, movedBy: "MV-1") })
      ])
    #expect(
      try data.rows("conservacion", isSettled: true)
        == ["\(Self.company),M-1,pieza,18000000000000,18000000000000,0,0,0,0,0,0,0,ok,"])
  }

  @Test func theValuesOfATransfer() throws {
    let exits = [
      try Facts.demand(1, clave: "V1"), try Facts.demand(2, line: 2, clave: "V1"),
    ]
    let data = try Self.books([
      try Self.lots(discharged: Self.most), try Self.twice(exits[0], exits[1]),
    ])
    let lines: [Int32] = [1, 2]
    let sender = TransferParty(
      date: try CalendarDate("2026-02-01"),
      lines: try lines.map {
        TransferLine(
          line: $0, nico: "00", part: "M-1", plant: "JUA1", quantity: try Quantity(Self.most),
          tariffItem: "85332101", uom: try Facts.unit(6), value: try Money(Self.worth))
      }, names: nil, pedimento: "260000000000900", root: "260000000000900")
    try data.send(
      .transfers,
      [
        TransferState(
          candidates: [], decisions: [], differs: [], id: "T", pairing: nil, receiver: nil,
          receiverRFC: "BRX990101CD2", revision: 1, sender: sender, senderRFC: Facts.rfc,
          state: .senderOnly)
      ])
    let cells = try #require(try data.rows("transferencias").first).split(
      separator: ",", omittingEmptySubsequences: false)
    #expect(cells[5] == "180000000000000000" && cells[16] == "180000000000000000", "\(cells)")
  }

  @Test func theRowOfABalance() throws {
    let stage = try PublishingStage(.ledger)
    let sent = try stage.send([try Self.lots(moved: Self.most)])
    let row = try #require(try sent.rows(BalanceRow.self).last)
    #expect(
      "\(row.quantity) \(row.movedOut) \(row.balance) \(row.value) \(row.valueLeft)"
        == "18000000000000 18000000000000 0 180000000000000000 180000000000000000")
  }
}

import Ledger
import Messages
import ReportingService
import Testing

/// What came in is what is there, travels, or is gone: or an alarm says where it is not.
@Suite struct ConservationTests {
  private static let company = "ABC010203AB1,Maquila,M-1,pieza"

  @Test func everythingIsAccountedFor() throws {
    // Thirty came in; sixteen are left, eleven incorporated or destroyed, one lost, two are scrap.
    #expect(
      try ScrapReportTests.books().rows("conservacion", isSettled: true)
        == ["\(Self.company),30,16,11,1,2,1.5,0.5,0,0,ok,"])
  }

  /// Whether a book is left of what was withdrawn depends on the order of the facts.
  @Test func nothingIsSaidOfAPartThatCameAndWasWithdrawn() throws {
    let data = try ScrapReportTests.books()
    try data.send(.ledger, [Facts.entry("JUA1", "M-2", lots: [try Facts.lot(9, "30")])])
    #expect(try data.rows("conservacion", isSettled: true).count == 2)
    try data.tamper(.ledger, "DELETE FROM lot WHERE id = 9")
    #expect(
      try data.rows("conservacion", isSettled: true)
        == ["\(Self.company),30,16,11,1,2,1.5,0.5,0,0,ok,"])
  }

  @Test(arguments: [
    ("UPDATE lot SET discharged = discharged + 1000000 WHERE id = 1", "260000000000001"),
    ("UPDATE lot SET discharged = discharged - 1 WHERE id = 1", "260000000000001"),
    ("DELETE FROM posting WHERE id = 3", "260000000000001"),
    ("DELETE FROM lot WHERE id = 2", "260000000000900; ACTA-1"),
    ("UPDATE lot SET quantity = 2000001 WHERE id = 2", "260000000000900"),
    ("UPDATE posting SET scrap = scrap + 1 WHERE id = 1", "260000000000001; 260000000000900"),
  ])
  func aRowThatWasTamperedWithIsAnAlarm(sql: String, documents: String) throws {
    let data = try ScrapReportTests.books()
    try data.tamper(.ledger, sql)
    let rows = try data.rows("conservacion")
    #expect(rows.count == 1)
    #expect(rows.first?.hasSuffix(",alarma,\(documents)") == true, "\(rows)")
  }

  @Test func anAlarmIsInTheSummary() throws {
    let data = try ScrapReportTests.books()
    try data.tamper(.ledger, "UPDATE lot SET quantity = quantity + 5 WHERE id = 2")
    let summary = try ReportExport(dataDirectory: data.path, today: CalendarDate("2026-07-01"))
      .write(to: data.path + "/reports") { _, _ in }
    #expect(
      summary.alarms.map { [$0.rfc, $0.part] + $0.documents }
        == [["ABC010203AB1", "M-1", "260000000000900"]])
  }

  @Test func whatALaterMessageWillTellIsNoAlarm() throws {
    let data = try ScrapReportTests.books()
    let exit = Facts.entry(
      balances: [try Facts.balance(1, discharged: "15", value: "50")],
      demands: [try Facts.demand(5, "260000000000960", product: "P-1")],
      postings: [try Facts.posting(4, demand: 5, lot: 1, "0", scrap: "1")], more: true)
    try data.send(.ledger, [exit])
    #expect(
      try data.rows("conservacion").map { $0.hasSuffix(",1.5,0.5,0,1,en_transito,") } == [true])
    try data.send(
      .ledger,
      [Facts.entry(lots: [try Facts.scrap(3, "1", by: "260000000000960")], account: .scrap)])
    #expect(try data.rows("conservacion").map { $0.hasSuffix(",2.5,0.5,0,0,ok,") } == [true])
  }

  /// Goods that a move took are in transit until the other plant's book says that they are there;
  /// when nothing travels any more they are missing.
  @Test func goodsInTransitAreCountedOnce() throws {
    let data = try ScrapReportTests.books()
    try data.send(.catalog, bytes: [CatalogEvent.plant("JUA2", id: "p2")])
    try data.send(
      .ledger,
      [
        Facts.entry(
          balances: [try Facts.balance(1, discharged: "14", moved: "6", value: "66.67")],
          demands: [try Facts.demand(6, "MV-1", toPlant: "JUA2", clave: "MOVE")],
          postings: [try Facts.posting(5, demand: 6, lot: 1, "6", value: "20")])
      ])
    #expect(
      try data.rows("conservacion") == ["\(Self.company),30,10,11,1,2,1.5,0.5,6,0,en_transito,"])
    #expect(
      try data.rows("conservacion", isSettled: true)
        == ["\(Self.company),30,10,11,1,2,1.5,0.5,6,0,alarma,MV-1"])
    try data.send(
      .ledger, partition: 1,
      [Facts.entry("JUA2", lots: [try Facts.lot(1, "6", value: "20", movedBy: "MV-1")])])
    #expect(
      try data.rows("conservacion", isSettled: true)
        == ["\(Self.company),30,16,11,1,2,1.5,0.5,0,0,ok,"])
  }
}

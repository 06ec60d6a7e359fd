import Ledger
import Messages
import ReportingService
import Testing

@Suite struct PendingReportTests {
  @Test func factsThatWaitAndFactsThatWereNotTakenStandTogether() throws {
    let data = try DataFolder()
    try data.send(
      .records, partition: 3,
      [
        try Facts.record(
          "260000000000001", state: .waiting,
          pending: [
            Facts.pending("b"), Facts.pending("b", code: "wait.part", detail: "M-1"),
            Facts.pending("=d", code: "move.plantUnregistered", detail: "X", rejected: true),
          ])
      ])
    try data.send(
      .rejected, partition: 1,
      [
        Facts.rejected("a"), Facts.rejected("c", value: "1,5"),
        Facts.rejected("=d", provisional: true),
      ])
    #expect(
      try data.export()["pendientes"] == """
        id,source,type,motivo,recibido
        '=d,erp,immex.pedimento.v1,move.plantUnregistered: X,2026-01-01T00:00:00.5Z
        a,mes,immex.stock.v1,quantity.malformed data.quantity: x,1970-01-01T00:00:00Z
        b,erp,immex.pedimento.v1,wait.bom: P-1,2026-01-01T00:00:00.5Z
        b,erp,immex.pedimento.v1,wait.part: M-1,2026-01-01T00:00:00.5Z
        c,mes,immex.stock.v1,"quantity.malformed data.quantity: 1,5",1970-01-01T00:00:00Z

        """)
    let totals = try ReportTotals.read(dataDirectory: data.path)
    #expect(totals.waiting == 2)
    #expect(totals.rejected == 3)
    #expect(totals.everRejected == 3)
  }

  @Test(arguments: [true, false])
  func theSameRejectionIsListedOnce(inOneBatch: Bool) throws {
    let data = try DataFolder()
    let messages = [
      Facts.rejected("a"), Facts.rejected("a", received: 5), Facts.rejected("a", field: "data.x"),
      Facts.rejected("a", event: "{ }"), Facts.rejected("b"),
    ]
    if inOneBatch {
      try data.send(.rejected, messages)
    } else {
      for message in messages { try data.send(.rejected, [message]) }
    }
    #expect(cells(try data.export()["pendientes"], column: 0) == ["a", "a", "a", "b"])
    #expect(
      cells(try data.export()["pendientes"], column: 4)
        == Array(repeating: "1970-01-01T00:00:00Z", count: 4))
  }

  @Test(arguments: [true, false])
  func aRejectionForGoodOutweighsAProvisionalOne(provisionalFirst: Bool) throws {
    let data = try DataFolder()
    try data.send(.rejected, [Facts.rejected("a", provisional: provisionalFirst)])
    #expect(try data.rows("pendientes").count == (provisionalFirst ? 0 : 1))
    try data.send(.rejected, [Facts.rejected("a", provisional: !provisionalFirst)])
    #expect(try data.rows("pendientes").count == 1)
    #expect(try ReportTotals.read(dataDirectory: data.path).everRejected == 1)
  }
}

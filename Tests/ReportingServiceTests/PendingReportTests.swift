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
            Facts.pending("=d", code: "move.otherCompany", detail: "X", rejected: true),
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
        \(Self.header)
        '=d,erp,immex.pedimento.v1,move.otherCompany: X,\(Self.waiting)
        a,mes,immex.stock.v1,quantity.malformed data.quantity: x \(Self.decimal),\(Self.rejected)
        b,erp,immex.pedimento.v1,wait.bom: P-1,\(Self.waiting)
        b,erp,immex.pedimento.v1,wait.part: M-1,\(Self.waiting)
        c,mes,immex.stock.v1,"quantity.malformed data.quantity: 1,5 \(Self.decimal)\
        ",\(Self.rejected)

        """)
    let totals = try ReportTotals.read(dataDirectory: data.path)
    #expect(totals.waiting == 2)
    #expect(totals.rejected == 3)
    #expect(totals.everRejected == 3)
  }

  static let header =
    "id,source,type,motivo,recibido,archivo,renglon,pedimento,rfc,razon_social,planta"
  static let waiting = "2026-01-01T00:00:00.5Z,,,260000000000001,ABC010203AB1,,"
  static let decimal = "(expected a decimal such as 12.5)"
  static let rejected = "1970-01-01T00:00:00Z,,,,,,"

  @Test func rowsSayWhereTheyAreFromAndWhatTheyAreAbout() throws {
    let data = try DataFolder()
    try data.send(.catalog, bytes: [CatalogEvent.company(name: "Uno"), CatalogEvent.plant("JUA1")])
    var waiting = Facts.pending("b")
    (waiting.file, waiting.line, waiting.plant) = ("e.ndjson", 17, "JUA1")
    try data.send(
      .records, [try Facts.record("260000000000001", state: .waiting, pending: [waiting])])
    func rejected(_ id: String, _ data: String, line: Int64) -> RejectedEvent {
      var event = Facts.rejected(id, event: #"{"data":{\#(data)}}"#)
      (event.file, event.line) = ("ds.zip/1_501.asc", line)
      return event
    }
    try data.send(
      .rejected,
      [
        rejected("c", #""rfc":"ABC010203AB1","pedimento":"262434566000001","planta":"X""#, line: 2),
        rejected("d", #""plant":"JUA1""#, line: 0),
        rejected(
          "e",
          #""patente":"3456","pedimento":"5000001","seccionAduanera":"240","#
            + #""fechaPagoReal":"2026-01-02 09:00:00""#, line: 3),
        rejected("f", #""patente":"3456","pedimento":"5000001","seccionAduanera":"240""#, line: 4),
      ])
    let places = try data.rows("pendientes").map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).suffix(6).joined(separator: "|")
    }
    #expect(
      places == [
        "e.ndjson|17|260000000000001|ABC010203AB1|Uno|JUA1",
        "ds.zip/1_501.asc|2|262434566000001|ABC010203AB1|Uno|X",
        "ds.zip/1_501.asc|||ABC010203AB1|Uno|JUA1",
        "ds.zip/1_501.asc|3|252434565000001|||",
        "ds.zip/1_501.asc|4|240 3456 5000001|||",
      ])
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

import Ledger
import Messages
import ReportingService
import Testing

/// `transferencias.csv`, and the book of transfers that people look at.
@Suite struct TransferReportTests {
  private let abroad = "BRX990101CD2"

  private func party(
    _ n: Int, _ quantity: String, value: String, on day: String, names: Int? = nil
  ) throws -> TransferParty {
    TransferParty(
      date: try CalendarDate(day),
      lines: [
        TransferLine(
          line: 1, nico: "00", part: "M-1", plant: "JUA1", quantity: try Quantity(quantity),
          tariffItem: "85332101", uom: try Facts.unit(6), value: try Money(value))
      ],
      names: names.map { "26000000000000\($0)" }, pedimento: "26000000000000\(n)",
      root: "26000000000000\(n)")
  }

  private func state(
    _ leader: Int, _ state: TransferState.State, revision: Int64 = 1,
    sender: TransferParty? = nil, receiver: TransferParty? = nil,
    pairing: TransferState.Pairing? = nil, differs: [TransferDifference] = [],
    candidates: [Int] = [], decisions: [PairDecision] = []
  ) -> TransferState {
    TransferState(
      candidates: candidates.map {
        TransferDocument(pedimento: "26000000000000\($0)", rfc: abroad)
      },
      decisions: decisions, differs: differs,
      id: "\(Facts.rfc):\(abroad):26000000000000\(leader)", pairing: pairing, receiver: receiver,
      receiverRFC: abroad, revision: revision, sender: sender, senderRFC: Facts.rfc, state: state)
  }

  @Test func everySideIsARow() throws {
    let data = try DataFolder()
    try data.send(
      .catalog, bytes: [CatalogEvent.company(name: "Norte"), CatalogEvent.plant("JUA1")])
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.lot(1, "10")],
          balances: [try Facts.balance(1, discharged: "4", value: "40")],
          demands: [try virtualDemand(1, "260000000000001")],
          postings: [try Facts.posting(1, demand: 1, lot: 1, "4", value: "40")])
      ])
    try data.send(
      .transfers,
      [
        state(
          1, .differing, sender: try party(1, "4", value: "90", on: "2026-06-01", names: 2),
          receiver: try party(2, "5", value: "91", on: "2026-06-04"), pairing: .reference,
          differs: [.quantity, .value])
      ])
    #expect(
      try data.rows("transferencias") == [
        "ABC010203AB1,Norte,transfiere,260000000000001,2026-06-01,90,BRX990101CD2,,"
          + "260000000000002,2026-06-04,91,difiere,si,cantidad valor,referencia,3,40,,,,,"
          + "ABC010203AB1:BRX990101CD2:260000000000001",
        "BRX990101CD2,,recibe,260000000000002,2026-06-04,91,ABC010203AB1,Norte,260000000000001,"
          + "2026-06-01,90,difiere,,cantidad valor,referencia,3,,,,,,"
          + "ABC010203AB1:BRX990101CD2:260000000000001",
      ])
  }

  @Test(arguments: [("2026-06-11", "solo_transfiere"), ("2026-06-12", "vencida")])
  func aSideAloneIsOverdueAfterTheDays(today: String, standing: String) throws {
    let data = try DataFolder()
    try data.send(
      .transfers, [state(1, .senderOnly, sender: try party(1, "4", value: "9", on: "2026-06-01"))])
    let row = try #require(try data.rows("transferencias", today: today).first)
    #expect(row.contains(",\(standing),si,"))
  }

  @Test func candidatesAndWhoConfirmedStandInTheirColumns() throws {
    let data = try DataFolder()
    let decision = PairDecision(
      by: "Ana Ruiz", decision: .pair, fingerprint: "", id: "d", reason: "Factura 4711",
      receiver: TransferDocument(pedimento: "260000000000005", rfc: abroad),
      sender: TransferDocument(pedimento: "260000000000004", rfc: Facts.rfc), source: "/desk",
      time: try Instant("2026-06-20T10:00:00Z"))
    try data.send(
      .transfers,
      [
        state(
          1, .proposed, sender: try party(1, "4", value: "9", on: "2026-06-30"),
          candidates: [2, 3]),
        state(
          4, .paired, sender: try party(4, "4", value: "9", on: "2026-06-01"),
          receiver: try party(5, "4", value: "9", on: "2026-06-01"), pairing: .person,
          decisions: [decision]),
      ])
    let rows = try data.rows("transferencias")
    #expect(rows.count == 3)
    #expect(
      rows[0].contains(",por_confirmar,si,,,1,0,BRX990101CD2/260000000000002 BRX990101CD2/"))
    #expect(
      rows[1].contains(",pareada,no,,persona,0,0,,Ana Ruiz,2026-06-20T10:00:00Z,Factura 4711,"))
  }

  @Test func theGreatestRevisionCountsAndWithdrawnRowsGo() throws {
    let data = try DataFolder()
    let sender = try party(1, "4", value: "9", on: "2026-06-30")
    try data.send(
      .transfers,
      [
        state(1, .senderOnly, revision: 3, sender: sender),
        state(1, .withdrawn, revision: 2),
      ])
    #expect(try data.rows("transferencias").count == 1)
    try data.send(.transfers, [state(1, .withdrawn, revision: 4)])
    #expect(try data.rows("transferencias").isEmpty)
    try data.send(.transfers, [state(1, .senderOnly, revision: 3, sender: sender)])
    #expect(try data.rows("transferencias").isEmpty)
  }

  @Test func theBookFindsATransferByItsIdOrByEitherDocument() throws {
    let data = try DataFolder()
    try data.send(
      .transfers,
      [
        state(
          1, .paired, sender: try party(1, "4", value: "9", on: "2026-06-01"),
          receiver: try party(2, "4", value: "9", on: "2026-06-01"), pairing: .goods),
        state(3, .senderOnly, sender: try party(3, "4", value: "9", on: "2026-06-01")),
      ])
    let book = try TransferBook(dataDirectory: data.path)
    var all: [String] = []
    try book.forEach { all.append(String($0.id.suffix(1))) }
    #expect(all == ["1", "3"])
    for name in ["\(Facts.rfc):\(abroad):260000000000001", "260000000000001", "260000000000002"] {
      #expect(try book.transfers(of: name).map { $0.id.suffix(1) } == ["1"], "\(name)")
    }
    #expect(try book.transfers(of: "260000000000009").isEmpty)
    let sender = TransferDocument(pedimento: "260000000000001", rfc: Facts.rfc)
    #expect(try book.knows(sender, as: .sender))
    #expect(try !book.knows(sender, as: .receiver))
    #expect(
      try !book.knows(TransferDocument(pedimento: "260000000000001", rfc: abroad), as: .sender))
  }

  @Test func aSideThatIsDatedAfterTheDayIsNotThereYet() throws {
    let data = try DataFolder()
    try data.send(
      .transfers,
      [
        state(
          1, .differing, sender: try party(1, "4", value: "9", on: "2026-06-05", names: 2),
          receiver: try party(2, "5", value: "9", on: "2026-06-01"), pairing: .reference,
          differs: [.quantity]),
        state(
          3, .proposed, sender: try party(3, "4", value: "9", on: "2026-06-02"),
          candidates: [4, 5]),
        state(
          4, .receiverOnly, receiver: try party(4, "4", value: "9", on: "2026-06-03")),
        state(
          5, .receiverOnly, receiver: try party(5, "4", value: "9", on: "2026-06-04")),
      ])
    func rows(_ day: String) throws -> [String] {
      try data.rows("transferencias", asOf: day).map { row in
        let cells = row.split(separator: ",", omittingEmptySubsequences: false)
        return [3, 8, 11, 13, 14, 15, 17].map { cells[$0] }.joined(separator: ",")
      }
    }
    let (two, four, five) = ("260000000000002", "260000000000004", "260000000000005")
    #expect(try rows("2026-05-31") == [])
    #expect(try rows("2026-06-01") == ["\(two),,solo_recibe,,,0,"])
    #expect(
      try rows("2026-06-02") == [
        "260000000000003,,solo_transfiere,,,0,", "\(two),,solo_recibe,,,1,",
      ])
    #expect(
      try rows("2026-06-03")[0] == "260000000000003,,por_confirmar,,,1,\(abroad)/\(four)")
    #expect(
      try rows("2026-06-04")[0]
        == "260000000000003,,por_confirmar,,,2,\(abroad)/\(four) \(abroad)/\(five)")
    let paired = try rows("2026-06-05")
    #expect(paired.count == 5)
    #expect(paired[0] == "260000000000001,\(two),difiere,cantidad,referencia,4,")
  }

  private func virtualDemand(_ demand: Int64, _ document: String) throws -> DemandState {
    var state = try Facts.demand(demand, document)
    state.clave = "V1"
    return state
  }
}

import Messages
import Testing

/// What the documents stage says of virtual transfers (V1).
@Suite struct SideTests {
  private let other = "BRX990101CD2"
  private let catalogue = [plant("A"), part("M"), part("N")]

  /// A V1 that names a counterparty by `party`, or nobody.
  private func virtual(
    _ n: Int, _ operation: String = "export", party: String?, names: Int? = nil,
    _ lines: [String], rectifies: Int? = nil, time: String = "2024-01-01T00:00:00Z"
  ) -> String {
    let named = names.map { #","pedimento":"\#(number($0))""# } ?? ""
    let counterparty = party.map { #""counterparty":{"rfc":"\#($0)"\#(named)},"# } ?? ""
    let before = rectifies.map { #""rectifies":"\#(number($0))","# } ?? ""
    return event(
      "immex.pedimento.v1",
      """
      {"pedimento":"\(number(n))","clave":"\(rectifies == nil ? "V1" : "R1")",\
      "operation":"\(operation)","rfc":"\(rfc)","plant":"A","paidOn":"2024-02-0\(n)",\
      \(counterparty)\(before)"lines":[\(lines.joined(separator: ","))]}
      """, time: time)
  }

  private func described(_ desk: DocumentsDesk) -> [String] {
    desk.sides.map { side in
      let lines = side.lines.map { "\($0.part) \($0.quantity)" }.joined(separator: "+")
      let chain = side.chain.map { String($0.suffix(1)) }.joined()
      return "\(side.pedimento.suffix(1)) \(side.role) \(side.sender)>\(side.receiver) "
        + "r\(side.revision) " + (side.state == .withdrawn ? "gone" : "\(lines) of \(chain)")
    }
  }

  @Test func aDocumentThatCountsIsASide() throws {
    let desk = try DocumentsDesk(
      catalogue + [virtual(1, party: other, names: 9, [line(1, "M", "5"), line(1, "M", "2")])])
    #expect(described(desk) == ["1 sender \(rfc)>\(other) r1 M 7 of 1"])
    let side = try #require(desk.sides.first)
    #expect(side.names == number(9) && side.date?.description == "2024-02-01")
    #expect(side.lines.first?.value.description == "2")
    let entry = try DocumentsDesk(
      catalogue + [virtual(1, "import", party: other, [line(1, "M", "5")])])
    #expect(described(entry) == ["1 receiver \(other)>\(rfc) r1 M 5 of 1"])
  }

  @Test func otherDocumentsAreNone() throws {
    let desk = try DocumentsDesk(catalogue + [pedimento(1, "IN", [line(1, "M", "5")])])
    #expect(desk.sides.isEmpty)
  }

  @Test func onlyWhatDiffersIsSent() throws {
    var desk = try DocumentsDesk(catalogue + [virtual(1, party: other, [line(1, "M", "5")])])
    try desk.take(part("M", time: "2024-05-01T00:00:00Z"))
    try desk.take(
      virtual(1, party: other, [line(1, "M", "5")], time: "2024-05-02T00:00:00Z"))
    #expect(described(desk).count == 1)
    try desk.take(
      virtual(1, party: other, [line(1, "M", "6")], time: "2024-05-03T00:00:00Z"))
    #expect(described(desk).last == "1 sender \(rfc)>\(other) r2 M 6 of 1")
  }

  @Test func aLineThatWaitsJoinsLater() throws {
    var desk = try DocumentsDesk(
      catalogue + [virtual(1, party: other, [line(1, "M", "5"), line(2, "LATE", "1")])])
    try desk.take(part("LATE"))
    #expect(
      described(desk) == [
        "1 sender \(rfc)>\(other) r1 M 5 of 1", "1 sender \(rfc)>\(other) r2 M 5+LATE 1 of 1",
      ])
  }

  @Test func aRectificationTakesThePlace() throws {
    var desk = try DocumentsDesk(catalogue + [virtual(1, party: other, [line(1, "M", "5")])])
    // It names nobody: its original's counterparty stays.
    try desk.take(virtual(2, party: nil, [line(1, "M", "4")], rectifies: 1))
    #expect(
      described(desk) == [
        "1 sender \(rfc)>\(other) r1 M 5 of 1", "1 sender \(rfc)>\(other) r2 gone",
        "2 sender \(rfc)>\(other) r1 M 4 of 12",
      ])
    #expect(desk.sides.last?.root == number(1))
  }

  @Test func anotherCounterpartyIsAnotherTransfer() throws {
    var desk = try DocumentsDesk(catalogue + [virtual(1, party: other, [line(1, "M", "5")])])
    let third = "CEX010203EF3"
    try desk.take(
      virtual(1, party: third, [line(1, "M", "5")], time: "2024-05-02T00:00:00Z"))
    #expect(
      described(desk).suffix(2) == [
        "1 sender \(rfc)>\(other) r2 gone", "1 sender \(rfc)>\(third) r3 M 5 of 1",
      ])
  }

  @Test func whoIsNamedByTheProgrammeIsFoundOnceItIsRegistered() throws {
    func company(_ rfc: String, _ programme: String) -> String {
      event(
        "immex.company.v1", #"{"rfc":"\#(rfc)","name":"-","immexProgram":"\#(programme)"}"#)
    }
    // Data Stage names the other party by its RFC or its programme, as it pleases.
    let recorded = event(
      "saldo.datastage.v1",
      """
      {"patente":"1769","seccionAduanera":"070","pedimento":"4000001","claveDocumento":"V1",\
      "tipoOperacion":"2","rfc":"\(rfc)","tipoPedimento":"1","fechaPagoReal":"2024-02-01",\
      "identificadores":[{"clave":"V1","identificador":"77-2010"}],\
      "partidas":[{"secuencia":"1","fraccion":"85332101","cantidadUMC":"5","umc":"6",\
      "valorComercial":"1","paisOrigenDestino":"USA"}]}
      """)
    let row = event(
      "saldo.partes.v1",
      """
      {"rfc":"\(rfc)","pedimento":"240717694000001","secuencia":"1","planta":"A",\
      "numeroParte":"M","cantidad":"5","umc":"6","valorMXN":"1"}
      """, more: #""row":1,"#)
    var desk = try DocumentsDesk(catalogue + [recorded, row])
    #expect(described(desk) == ["1 sender \(rfc)>77-2010 r1 M 5 of 1"])
    try desk.take(company(other, "77-2010"))
    #expect(
      described(desk).suffix(2) == [
        "1 sender \(rfc)>77-2010 r2 gone", "1 sender \(rfc)>\(other) r3 M 5 of 1",
      ])
    try desk.take(company("CEX010203EF3", "77-2010"))
    #expect(
      described(desk).last == "1 sender \(rfc)>77-2010 r5 M 5 of 1", "two of one programme")
  }
}

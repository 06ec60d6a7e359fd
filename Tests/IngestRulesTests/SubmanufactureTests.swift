import Ledger
import Messages
import Testing

/// Goods at sub-manufacturers: what they wait for, and what their record says.
@Suite struct SubmanufactureTests {
  static let all = [plant("A"), part("M", kilograms: "0.5"), part("P"), registered()]

  @Test(arguments: all.indices) func waitsForEachThing(_ missing: Int) throws {
    var events = Self.all
    let last = events.remove(at: missing)
    let codes = ["wait.plant", "wait.part", "wait.part", "wait.submanufacturer"]
    var desk = try DocumentsDesk(events)
    // It never sends a movement: the goods stay in their book.
    let came = Self.goods("returned", "P", "3", of: #"{"part":"M","quantity":"6","uom":1}"#)
    #expect(try desk.take(came) == [])
    #expect(desk.pending("SM-1") == [codes[missing]])
    try desk.reopen()
    #expect(try desk.take(last) == [])
    #expect(desk.pending("SM-1") == [])
    #expect(Self.lines(desk) == ["returned 2026-03-02 M 3 of -"])
  }

  @Test func waitsUntilTheRegistrationIsInForce() throws {
    var desk = try DocumentsDesk(
      [plant("A"), part("M"), Self.registered(from: "2026-03-03"), Self.goods("sent", "M", "1")])
    #expect(desk.pending("SM-1") == ["wait.submanufacturer"])
    try desk.take(Self.registered(from: "2026-03-02", time: "2026-05-01T00:00:00Z"))
    #expect(desk.pending("SM-1") == [])
  }

  @Test func aRegistrationIsOfOneCompany() throws {
    let other = Self.registered(rfc: "BRX990101CD2")
    let desk = try DocumentsDesk([plant("A"), part("M"), other, Self.goods("sent", "M", "1")])
    #expect(desk.pending("SM-1") == ["wait.submanufacturer"])
  }

  @Test func aRecordSaysTheSameInAnyOrder() throws {
    let goods = [
      Self.goods("sent", "M", "1"), Self.goods("sent", "M", "2.0000005", uom: 1),
      Self.goods("returned", "M", "1", of: #"{"document":"SM-9"}"#),
    ]
    let expected = [
      "returned 2026-03-02 M 1 of SM-9", "sent 2026-03-02 M 1 of -", "sent 2026-03-02 M 1 of -",
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let desk = try DocumentsDesk(Self.all + order.map { goods[$0] })
      #expect(Self.lines(desk) == expected)
    }
  }

  @Test func aUnitWithoutAFactorIsRejected() throws {
    let desk = try DocumentsDesk(Self.all + [Self.goods("sent", "P", "1", uom: 1)])
    #expect(desk.pending("SM-1") == ["uom.noConversion"])
    #expect(Self.lines(desk) == [])
  }

  private static func lines(_ desk: DocumentsDesk) -> [String] {
    (desk.records["SM-1"]?.submanufacture ?? []).map { line in
      "\(line.kind) \(line.date) \(line.part) \(line.quantity) of \(line.ofDocument ?? "-")"
    }
  }

  private static func registered(
    from day: String = "2026-01-01", rfc: String = rfc, time: String = "2026-01-01T00:00:00Z"
  ) -> String {
    event(
      "immex.submanufacturer.v1",
      #"{"submanufacturer":"S","rfc":"\#(rfc)","ownRfc":"XAXX010101000","name":"S","site":"-","#
        + #""validFrom":"\#(day)"}"#, time: time)
  }

  private static func goods(
    _ kind: String, _ part: String, _ quantity: String, uom: Int = 6, of: String? = nil
  ) -> String {
    event(
      "immex.submanufacture.v1",
      #"{"kind":"\#(kind)","rfc":"\#(rfc)","plant":"A","submanufacturer":"S","noticeFolio":"N","#
        + #""document":"SM-1","part":"\#(part)","quantity":"\#(quantity)","uom":\#(uom),"#
        + #""occurredAt":"2026-03-02T23:00:00-06:00"\#(of.map { ",\"of\":\($0)" } ?? "")}"#)
  }
}

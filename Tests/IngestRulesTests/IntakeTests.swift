import IngestRules
import Messages
import Testing

/// Where inbound events go.
@Suite struct IntakeTests {
  private func route(_ event: String) -> Intake.Route {
    var intake = Intake { $0.hasPrefix("America/") }
    return Array(event.utf8).withUnsafeBytes { intake.route($0, received: 9) }
  }

  private func described(_ event: String) -> String {
    switch route(event) {
    case .document(let rfc): "document \(rfc)"
    case .everywhere(let key): "everywhere \(key)"
    case .stock(let stock): "stock \(stock.plant)|\(stock.part) \(stock.quantity) \(stock.uom.code)"
    case .decision(let decision):
      "decision \(decision.sender.pedimento) \(decision.receiver.pedimento) \(decision.by)"
    case .rejected(let rejected): "rejected \(rejected.code.rawValue) \(rejected.field)"
    }
  }

  @Test(arguments: [
    (plant("A"), "everywhere plant|A"), (part("M"), "everywhere part|M"),
    (bom("P", [("M", "1")]), "everywhere bom|P|1|"),
    (bom("P", [("M", "1")], plant: "A"), "everywhere bom|P|1|A"),
    (pedimento(1, "IN", [line(1, "M", "5")]), "document \(rfc)"),
    (dataStage(1, [(1, "5")]), "document \(rfc)"), (partes(1, 1, "M", "5"), "document \(rfc)"),
    (move("MV", from: "A", to: "B", "M", "1"), "document \(rfc)"),
    (act("ACTA", [#"{"line":1,"part":"M","quantity":"2","uom":6}"#]), "document \(rfc)"),
    (
      event(
        "immex.transfer.decision.v1",
        #"{"decision":"pair","sender":{"rfc":"\#(rfc)","pedimento":"\#(number(1))"},"#
          + #""receiver":{"rfc":"BRX990101CD2","pedimento":"\#(number(2))"},"#
          + #""decidedBy":"Ana","reason":"-"}"#), "decision \(number(1)) \(number(2)) Ana"
    ),
    (
      event("immex.withdrawal.v1", #"{"source":"/mes|1","id":"7","reason":"-"}"#),
      #"everywhere /mes\|1|7"#
    ),
    (
      event(
        "immex.withdrawal.v1",
        #"{"pedimento":"\#(number(1))","line":2,"part":"M","reason":"-"}"#),
      "everywhere \(number(1))|2|M"
    ),
    (move("MV", from: "A", to: "A", "M", "1"), "rejected move.samePlant data.toPlant"),
    (pedimento(1, "R1", [line(1, "M", "5")]), "rejected rectifies.missing data.rectifies"),
    (
      pedimento(1, "R1", [line(1, "M", "5")], rectifies: 1),
      "rejected rectifies.itself data.rectifies"
    ),
    (pedimento(1, "IN", []), "rejected list.empty data.lines"),
    (
      pedimento(1, "IN", [line(1, "M", "0")]),
      "rejected quantity.notPositive data.lines[0].quantity"
    ),
    (bom("P", [("P", "1")]), "rejected bom.cycle data.components[0].part"),
    (zoned("America/Tijuana"), "everywhere plant|A"),
    (zoned("Europe/Atlantis"), "rejected timeZone.unknown data.timeZone"),
    ("{", "rejected json.malformed "), ("7", "rejected event.notAnObject "),
    (event("immex.parties.v1", "{}"), "rejected type.unknown type"),
    (
      event("immex.party.v1", #"{"party":"X|1","name":"X","kind":"broker","country":"MEX"}"#),
      "everywhere party|broker|X|1"
    ),
  ])
  func everyEventHasItsPlace(_ event: String, _ place: String) {
    #expect(described(event) == place)
  }

  private static func zoned(_ zone: String) -> String {
    event(
      "immex.plant.v1",
      #"{"plant":"A","rfc":"\#(rfc)","name":"A","address":"-","timeZone":"\#(zone)"}"#)
  }

  @Test func stockGoesToItsBookInTheUnitThatItCameIn() {
    let text = event(
      "immex.stock.v1",
      #"{"kind":"counted","plant":"A","part":"M","quantity":"0.0000005","uom":1,"#
        + #""document":"W","occurredAt":"2024-02-05T23:00:00-06:00"}"#, id: "s-1")
    guard case .stock(let stock) = route(text) else {
      Issue.record("\(described(text))")
      return
    }
    #expect(described(text) == "stock A|M 0.000001 1")
    #expect(stock.id == "s-1" && stock.source == "/test" && stock.movement == .counted)
    #expect(stock.fingerprint.utf8.count == 16)
  }

  @Test func aRejectedEventIsKeptWhole() {
    let text = pedimento(1, "IN", [line(1, "M", "-1")], id: "bad")
    guard case .rejected(let rejected) = route(text) else {
      Issue.record("\(described(text))")
      return
    }
    #expect(rejected.event == text && rejected.id == "bad" && rejected.source == "/test")
    #expect(rejected.type == "immex.pedimento.v1" && rejected.received == 9)
    #expect(!rejected.provisional)
  }

  @Test func bytesThatAreNotTextAreKeptAsLatin1() {
    var intake = Intake { $0.hasPrefix("America/") }
    let route = [UInt8]([0x7B, 0xFF, 0xE9]).withUnsafeBytes { intake.route($0, received: 0) }
    guard case .rejected(let rejected) = route else { return }
    #expect(rejected.code == .jsonMalformed && rejected.event == "{\u{FF}\u{E9}")
  }
}

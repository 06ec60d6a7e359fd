import Foundation
import Ledger
import Testing

@testable import Messages

/// The hand-written coders give and take what Foundation's do.
@Suite struct LogMessageTests {
  static let seeds: [UInt64] = [1, 20_260_731, 0xDEAD_BEEF, .max]

  @Test(arguments: seeds) func movementsAgreeWithFoundation(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<400 { try agree(random.movement(), seed) }
  }

  @Test(arguments: seeds) func ledgerEntriesAgreeWithFoundation(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<100 { try agree(random.ledgerEntry(), seed) }
  }

  @Test(arguments: seeds) func documentRecordsAgreeWithFoundation(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<100 { try agree(random.documentRecord(), seed) }
  }

  @Test(arguments: seeds) func rejectedEventsAgreeWithFoundation(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<100 { try agree(random.rejectedEvent(), seed) }
  }

  @Test(arguments: seeds) func rowsOfTheReportTopicsAgreeWithFoundation(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<100 {
      try agree(random.postingRow(), seed)
      try agree(random.shortageRow(), seed)
      try agree(random.receiptRow(), seed)
      try agree(random.exitRow(), seed)
      try agree(random.moveRow(), seed)
      try agree(random.submanufactureRow(), seed)
      try agree(random.balanceRow(), seed)
    }
  }

  @Test func aRowIsReadAsItsOwnKindOnly() throws {
    var random = RandomMessages(seed: 5)
    let text = random.shortageRow().written
      .replacingOccurrences(of: ShortageRow.schemaName, with: "saldo.report.shortage.v2")
    #expect { try ShortageRow.read(text) } throws: { ($0 as? MessageError)?.field == "schema" }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ShortageRow.self, from: Data(text.utf8))
    }
  }

  @Test(arguments: seeds) func transfersAgreeWithFoundation(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<100 {
      try agree(random.sideMessage(), seed)
      try agree(random.transferState(), seed)
    }
  }

  private func agree<Message: LogMessage & Equatable>(_ message: Message, _ seed: UInt64) throws {
    let text = try foundationForm(message)
    #expect(message.written == text, "seed \(seed)")
    #expect(try Message.read(text) == message, "seed \(seed): \(text)")
    let decoded = try JSONDecoder().decode(Message.self, from: Data(message.written.utf8))
    #expect(decoded == message, "seed \(seed): \(text)")
  }

  @Test(arguments: seeds) func anyOrderOfKeysAndUnknownOnesAreRead(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<200 {
      let movement = random.movement()
      #expect(try Movement.read(shuffled(movement.written, &random)) == movement, "seed \(seed)")
      let entry = random.ledgerEntry()
      #expect(try LedgerEntry.read(shuffled(entry.written, &random)) == entry, "seed \(seed)")
    }
  }

  /// The same object with its members in another order, in white space, and with unknown ones.
  private func shuffled(_ text: String, _ random: inout RandomMessages) throws -> String {
    var tape = JSONTape()
    let bytes = Array(text.utf8)
    var members: [String] = [#""zzz" : [1, {"kind": null}]"#, #""aaa":{}"#]
    try bytes.withUnsafeBytes { buffer in
      try tape.read(buffer) { root in
        root.forEachMember { name, value in
          members.append(
            String(decoding: name.source, as: UTF8.self) + " :\t"
              + String(decoding: value.source, as: UTF8.self))
        }
      }
    }
    members.shuffle(using: &random.generator)
    return "\n{ " + members.joined(separator: " ,\r\n") + " }"
  }

  @Test func aMovementIsOneFlatObject() {
    let lot = Movement.lot(
      LotMovement(
        clave: "IN", dueOn: CalendarDate(year: 2027, month: 7, day: 31),
        enteredOn: CalendarDate(year: 2026, month: 1, day: 31), line: 1, part: "A/1",
        pedimento: "260124034567890", plant: "P1", quantity: Quantity(millionths: 1_500_000),
        revision: 2, value: Money(centavos: 120)))
    #expect(
      lot.written == """
        {"clave":"IN","dueOn":"2027-07-31","enteredOn":"2026-01-31","kind":"lot","line":1,\
        "part":"A/1","pedimento":"260124034567890","plant":"P1","quantity":"1.5","revision":2,\
        "value":"1.2"}
        """)
  }

  @Test func nullIsAMemberLeftOut() throws {
    let text = """
      {"clave":"IN","dueOn":null,"enteredOn":"2026-01-31","kind":"lot","line":1,"moved":null,\
      "part":"A","pedimento":"260124034567890","plant":"P1","quantity":null,"revision":1e0,\
      "value":null}
      """
    let message = try Movement.read(text)
    #expect(try JSONDecoder().decode(Movement.self, from: Data(text.utf8)) == message)
    #expect(message.written.contains("null") == false)
  }

  static let malformed: [(String, String)] = [
    ("[]", ""), ("7", ""), ("{", ""), ("{}", "kind"), (#"{"kind":"other"}"#, "kind"),
    (#"{"kind":7}"#, "kind"), (#"{"kind":"lot"}"#, "clave"), (#"{"kind":"demand"}"#, "clave"),
    (#"{"kind":"stock"}"#, "document"), (#"{"kind":"transit"}"#, "document"),
    (#"{"kind":"lot","clave":1}"#, "clave"),
    (#"{"kind":"lot","clave":"IN","dueOn":"2026-02-30"}"#, "dueOn"),
    (#"{"kind":"lot","clave":"IN","dueOn":20260201}"#, "dueOn"),
    (#"{"kind":"lot","clave":"IN","enteredOn":"2026-02-01","line":2147483648}"#, "line"),
    (#"{"kind":"lot","clave":"IN","enteredOn":"2026-02-01","line":1.5}"#, "line"),
    (#"{"kind":"lot","clave":"IN","enteredOn":"2026-02-01","line":"1"}"#, "line"),
    (#"{"kind":"lot","clave":"IN","enteredOn":"2026-02-01","line":1,"moved":{}}"#, "moved.date"),
    (
      #"{"kind":"demand","clave":"RT","component":0,"date":"2026-02-01","directed":[{"line":1}]}"#,
      "directed[0].pedimento"
    ),
  ]

  @Test(arguments: malformed) func aMalformedMovementNamesItsField(text: String, field: String) {
    #expect { try Movement.read(text) } throws: { ($0 as? MessageError)?.field == field }
  }
}

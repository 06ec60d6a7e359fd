import Foundation
import JSONSchema
import Testing

@testable import Messages

/// The schemas, their examples and the code say the same.
@Suite struct SchemaTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "schemas")

  static let inbound = [
    "immex.company.v1", "immex.plant.v1", "immex.part.v1", "immex.bom.v1", "immex.pedimento.v1",
    "immex.stock.v1", "immex.destruction.v1", "immex.destructionNotice.v1",
    "immex.submanufacturer.v1", "immex.party.v1", "immex.submanufacture.v1", "saldo.datastage.v1",
    "saldo.partes.v1", "immex.transfer.decision.v1", "immex.withdrawal.v1",
  ]

  @Test(arguments: inbound) func examplesOfEventsFitAndAreTaken(type: String) throws {
    let schema = try JSONSchema(directory: Self.folder, file: "\(type).json")
    let examples = try Self.examples(type)
    #expect(!examples.isEmpty)
    for example in examples {
      #expect(schema.errors(in: Data(example.utf8)).isEmpty, "\(example)")
      #expect(try decode(example).type == type, "\(example)")
    }
  }

  @Test(arguments: SampleEvents.all) func samplesFit(text: String) throws {
    #expect(try Self.errors(inEvent: text).isEmpty, "\(text)")
  }

  @Test(arguments: MalformedEvent.all) func malformedEventsDoNotFit(event: MalformedEvent) throws {
    guard event.isSeenBySchema else { return }
    #expect(try !Self.errors(inEvent: event.text).isEmpty, "\(event.text)")
  }

  @Test func unknownMembersFit() throws {
    let text = SampleEvents.plant
      .replacingOccurrences(of: #""plant":"MTY-1""#, with: #""plant":"MTY-1","manager":{"a":[1]}"#)
      .replacingOccurrences(of: #""id":"e-1""#, with: #""id":"e-1","subject":"s""#)
    #expect(try Self.errors(inEvent: text).isEmpty)
  }

  @Test(arguments: [
    "movement", "ledger-entry", "document-record", "rejected-event", "report-posting",
    "report-shortage", "report-receipt", "report-exit", "report-move", "report-submanufacture",
    "report-balance", "transfer-side", "transfer-state", "setting-fact",
  ])
  func examplesOfMessagesAreCanonical(name: String) throws {
    let schema = try JSONSchema(directory: Self.folder, file: "\(name).json")
    let examples = try Self.examples(name)
    #expect(!examples.isEmpty)
    for example in examples {
      #expect(schema.errors(in: Data(example.utf8)).isEmpty, "\(example)")
      let value = try JSONSerialization.jsonObject(with: Data(example.utf8))
      let canonical = try JSONSerialization.data(
        withJSONObject: value, options: [.sortedKeys, .withoutEscapingSlashes])
      #expect(try Self.rewritten(name, example) == String(decoding: canonical, as: UTF8.self))
    }
  }

  @Test(arguments: [2, 20_260_731] as [UInt64]) func whatIsWrittenFits(seed: UInt64) throws {
    let file = { (name: String) throws in try JSONSchema(directory: Self.folder, file: name) }
    let (movement, entry) = (try file("movement.json"), try file("ledger-entry.json"))
    let (record, rejected) = (try file("document-record.json"), try file("rejected-event.json"))
    var random = RandomMessages(seed: seed)
    for _ in 0..<60 {
      try fits(random.movement(), movement, seed)
      try fits(random.ledgerEntry(), entry, seed)
      try fits(random.documentRecord(), record, seed)
      try fits(random.rejectedEvent(), rejected, seed)
    }
  }

  @Test(arguments: [2, 20_260_731] as [UInt64]) func rowsThatAreWrittenFit(seed: UInt64) throws {
    let file = { (name: String) throws in try JSONSchema(directory: Self.folder, file: name) }
    let (posting, shortage) = (try file("report-posting.json"), try file("report-shortage.json"))
    let (receipt, move) = (try file("report-receipt.json"), try file("report-move.json"))
    let submanufacture = try file("report-submanufacture.json")
    let (exit, balance) = (try file("report-exit.json"), try file("report-balance.json"))
    var random = RandomMessages(seed: seed)
    for _ in 0..<60 {
      try fits(random.postingRow(), posting, seed)
      try fits(random.shortageRow(), shortage, seed)
      try fits(random.receiptRow(), receipt, seed)
      try fits(random.exitRow(), exit, seed)
      try fits(random.moveRow(), move, seed)
      try fits(random.submanufactureRow(), submanufacture, seed)
      try fits(random.balanceRow(), balance, seed)
    }
  }

  @Test(arguments: [2, 20_260_731] as [UInt64]) func transfersThatAreWrittenFit(
    seed: UInt64
  ) throws {
    let side = try JSONSchema(directory: Self.folder, file: "transfer-side.json")
    let state = try JSONSchema(directory: Self.folder, file: "transfer-state.json")
    var random = RandomMessages(seed: seed)
    for _ in 0..<60 {
      try fits(random.sideMessage(), side, seed)
      try fits(random.transferState(), state, seed)
    }
  }

  @Test func everyCodeOfARejectionIsInItsSchema() throws {
    let schema = try JSONSchema(directory: Self.folder, file: "rejected-event.json")
    for code in RejectionCode.allCases {
      let event = RejectedEvent(
        rejection: Rejection(code, field: ""), event: "", source: "", id: "", type: "", received: 0)
      #expect(schema.errors(in: Data(event.written.utf8)).isEmpty, "\(code)")
    }
  }

  @Test func messagesHoldNothingElse() throws {
    let schema = try JSONSchema(directory: Self.folder, file: "movement.json")
    for example in try Self.examples("movement") {
      #expect(!schema.errors(in: Data((example.dropLast() + #","other":1}"#).utf8)).isEmpty)
    }
  }

  private func fits(_ message: some LogMessage, _ schema: JSONSchema, _ seed: UInt64) throws {
    let text = message.written
    #expect(schema.errors(in: Data(text.utf8)) == [], "seed \(seed): \(text)")
  }

  /// Held to its type's schema where it has a known type, else to the envelope's.
  private static func errors(inEvent text: String) throws -> [String] {
    var decoder = EventDecoder()
    let type = Array(text.utf8).withUnsafeBytes { decoder.identity(of: $0).type }
    let file = inbound.contains(type) ? type : "envelope"
    var errors = try JSONSchema(directory: folder, file: "\(file).json")
      .errors(in: Data(text.utf8))
    if file == "envelope", !inbound.contains(type) { errors.append("no schema for \"\(type)\"") }
    return errors
  }

  private static func rewritten(_ name: String, _ text: String) throws -> String {
    switch name {
    case "movement": try Movement.read(text).written
    case "ledger-entry": try LedgerEntry.read(text).written
    case "document-record": try DocumentRecord.read(text).written
    case "transfer-side": try SideMessage.read(text).written
    case "transfer-state": try TransferState.read(text).written
    case "setting-fact": try SettingFact.read(text).written
    case "report-posting": try PostingRow.read(text).written
    case "report-shortage": try ShortageRow.read(text).written
    case "report-receipt": try ReceiptRow.read(text).written
    case "report-exit": try ExitRow.read(text).written
    case "report-move": try MoveRow.read(text).written
    case "report-submanufacture": try SubmanufactureRow.read(text).written
    case "report-balance": try BalanceRow.read(text).written
    default: try RejectedEvent.read(text).written
    }
  }

  /// The examples of a schema, as they stand in its file.
  private static func examples(_ name: String) throws -> [String] {
    let bytes = Array(try Data(contentsOf: folder.appending(path: "\(name).json")))
    var tape = JSONTape()
    return try bytes.withUnsafeBytes { buffer in
      try tape.read(buffer) { root in
        var examples: [String] = []
        root["examples"]?.forEachElement { _, node in
          examples.append(String(decoding: node.source, as: UTF8.self))
        }
        return examples
      }
    }
  }
}

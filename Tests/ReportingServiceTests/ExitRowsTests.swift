import EventLog
import Ledger
import Messages
import ReportingRules
import Testing

/// The exits that the records stage sends to the report topic.
@Suite struct ExitRowsTests {
  private func exit(
    _ revision: Int64, state: DocumentRecord.State = .counts, clave: String? = "RT",
    operation: Operation? = .export, _ lines: [RecordLine]
  ) throws -> DocumentRecord {
    try Facts.record(
      "D", state: state, clave: clave, operation: operation, revision: revision, lines: lines)
  }

  private func described(_ sent: [PublishingStage.Sent]) throws -> [String] {
    try sent.rows(ExitRow.self).map {
      "\($0.item) \($0.part) \($0.quantity) \($0.version)\($0.withdrawn ? " withdrawn" : "")"
    }
  }

  @Test func aRowSaysWhatTheDocumentSays() throws {
    let stage = try PublishingStage(.records)
    let sent = try stage.send([try exit(1, [try Facts.line(4, "2.5", value: "9")])])
    #expect(sent.map(\.key) == [Facts.rfc] && sent.map(\.topic) == [.report])
    #expect(
      sent.first?.value == """
        {"clave":"RT","date":"2026-01-10","document":"D","item":0,"kind":"pedimento","line":4,\
        "nico":"01","operation":"export","part":"M-1","plant":"JUA1","quantity":"2.5",\
        "received":0,"rfc":"\(Facts.rfc)","row":"exit/\(Facts.rfc)/pedimento/D/0",\
        "schema":"saldo.report.exit.v1","tariffItem":"85340099","uom":6,"value":"9","version":1,\
        "withdrawn":false}
        """)
  }

  @Test(arguments: [false, true]) func onlyWhatDiffersIsSent(reopening: Bool) throws {
    let stage = try PublishingStage(.records)
    func send(_ record: DocumentRecord) throws -> [String] {
      if reopening { try stage.reopen() }
      return try described(stage.send([record]))
    }
    let (one, two) = (try Facts.line(1, "1"), try Facts.line(1, of: "M-2", "2"))
    #expect(try send(exit(1, [one, two])) == ["0 M-1 1 1", "1 M-2 2 1"])
    // Other facts of the document changed, and an older record comes late.
    #expect(try send(exit(2, [one, two])) == [])
    #expect(try send(exit(1, [])) == [])
    #expect(try send(exit(3, [one, try Facts.line(1, of: "M-2", "3")])) == ["1 M-2 3 3"])
    #expect(try send(exit(4, [two])) == ["0 M-2 2 4", "1 M-2 0 4 withdrawn"])
    #expect(try send(exit(5, state: .replaced, [])) == ["0 M-2 0 5 withdrawn"])
    #expect(try send(exit(6, [two, one])) == ["0 M-2 2 6", "1 M-1 1 6"])
  }

  @Test func onlyExitsAreSent() throws {
    let stage = try PublishingStage(.records)
    let line = try Facts.line(1, "1")
    #expect(try stage.send([try exit(1, clave: "IN", operation: .import, [line])]).isEmpty)
    #expect(
      try described(stage.send([try exit(2, clave: "F4", operation: .import, [line])])).count == 1)
    #expect(try stage.send([try Facts.record("W", state: .waiting, lines: [line])]).isEmpty)
    #expect(
      try stage.send([try Facts.record("M", kind: .move, operation: nil, lines: [line])]).isEmpty)
    let act = try Facts.record("A", kind: .act, clave: "ACT", operation: nil, lines: [line])
    #expect(try described(try stage.send([act])) == ["0 M-1 1 1"])
  }
}

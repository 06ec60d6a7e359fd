import EventLog
import Ledger
import Messages
import ReportingRules
import ServiceRuntime
import Testing

@testable import ReportingService

/// The rows that the ledger stage sends to the report topics.
@Suite struct LedgerRowsTests {
  private let entry = "260000000000001"

  private func opened(_ lots: LotState...) -> LedgerEntry { Facts.entry(lots: lots) }

  @Test func aPostingSaysWhatItsDemandAndItsLotSay() throws {
    let stage = try PublishingStage(.ledger)
    try stage.send([opened(try Facts.lot(7, line: 2, "10"))])
    var taking = Facts.entry(
      balances: [try Facts.balance(7, discharged: "5", value: "50")],
      demands: [try Facts.demand(4, line: 3, product: "P")],
      postings: [
        try Facts.posting(9, demand: 4, lot: 7, "4", waste: "0.75", scrap: "0.25", value: "50")
      ])
    taking.cause = Cause(document: "D-1", line: 3, revision: 2)
    taking.received = 77
    let sent = try stage.send([taking])
    let posting = try #require(sent.first { $0.topic == .report })
    #expect(posting.key == "JUA1|M-1")
    #expect(posting.partition == Murmur2.partition(of: "JUA1|M-1", count: 12))
    #expect(
      posting.value == """
        {"causeDocument":"D-1","causeLine":3,"causeRevision":2,"clave":"RT","date":"2026-02-01",\
        "document":"260000000000900","dueOn":"2027-07-10","enteredOn":"2026-01-10","entryLine":2,\
        "incorporated":"4","line":3,"part":"M-1","pedimento":"260000000000001","plant":"JUA1",\
        "product":"P","received":77,"row":"posting/3/9","schema":"saldo.report.posting.v1",\
        "scrap":"0.25","value":"50","version":1,"waste":"0.75"}
        """)
    let balance = try #require(sent.first { $0.topic == .balances })
    #expect(balance.key == "JUA1|M-1|260000000000001|2")
    #expect(balance.partition == Murmur2.partition(of: balance.key, count: 12))
    #expect(
      balance.value == """
        {"balance":"5","discharged":"5","dueOn":"2027-07-10","enteredOn":"2026-01-10","line":2,\
        "movedOut":"0","part":"M-1","pedimento":"260000000000001","plant":"JUA1","quantity":"10",\
        "received":77,"row":"JUA1|M-1|260000000000001|2","schema":"saldo.report.balance.v1",\
        "value":"100","valueLeft":"50","version":1}
        """)
    #expect(sent.count == 2)
  }

  /// A large entry comes in parts: its demands and lots are gone before what they gave comes back.
  @Test(arguments: [false, true]) func aReversalFindsWhatIsWithdrawn(reopening: Bool) throws {
    let stage = try PublishingStage(.ledger)
    try stage.send([
      opened(try Facts.lot(1, "10")),
      Facts.entry(
        balances: [try Facts.balance(1, discharged: "3", value: "30")],
        demands: [try Facts.demand(1, shortage: "2", toPlant: "QRO")],
        postings: [try Facts.posting(1, demand: 1, lot: 1, "3", value: "30")]),
    ])
    if reopening { try stage.reopen() }
    try stage.send([opened(try Facts.lot(1, "0", value: "0"))])
    if reopening { try stage.reopen() }
    let gone = try stage.send([
      Facts.entry(demands: [try Facts.demand(1, toPlant: "QRO", gone: true)])
    ])
    #expect(try gone.rows(ShortageRow.self).map(\.shortage) == [.zero])
    if reopening { try stage.reopen() }
    let back = try stage.send([
      Facts.entry(
        postings: [try Facts.posting(2, demand: 1, lot: 1, "3", value: "30", reverses: 1)])
    ])
    let row = try #require(try back.rows(PostingRow.self).first)
    #expect(row.row == "posting/3/2" && row.reverses == "posting/3/1")
    #expect(row.incorporated.description == "-3" && row.value.description == "-30")
    #expect(row.document == "260000000000900" && row.toPlant == "QRO")
    #expect(row.pedimento == entry && row.dueOn?.description == "2027-07-10")
  }

  @Test(arguments: [false, true]) func lotsOfOneEntryLineAreOneBalance(reopening: Bool) throws {
    let stage = try PublishingStage(.ledger)
    try stage.send([
      opened(
        try Facts.lot(1, "3", value: "10.01", movedBy: "T-1"), try Facts.lot(2, line: 2, "9"))
    ])
    if reopening { try stage.reopen() }
    var sent = try stage.send([
      opened(try Facts.lot(3, "4", value: "20.02", entered: "2026-01-09", due: "2027-07-09"))
    ])
    let sum = try #require(try sent.rows(BalanceRow.self).first)
    #expect(sum.row == "JUA1|M-1|\(entry)|1")
    #expect("\(sum.quantity) \(sum.balance) \(sum.value) \(sum.valueLeft)" == "7 7 30.03 30.03")
    #expect("\(sum.enteredOn) \(sum.dueOn?.description ?? "")" == "2026-01-09 2027-07-09")
    if reopening { try stage.reopen() }
    sent = try stage.send([
      Facts.entry(balances: [
        try Facts.balance(1, discharged: "1", moved: "2", value: "10.01"),
        try Facts.balance(3, discharged: "0.5", value: "2.5"),
      ])
    ])
    let rows = try sent.rows(BalanceRow.self)
    #expect(rows.count == 1, "one row for both lots")
    #expect(
      rows.map { "\($0.balance) \($0.discharged) \($0.movedOut) \($0.valueLeft) \($0.version)" }
        == ["3.5 1.5 2 17.52 2"])
    if reopening { try stage.reopen() }
    // One of the two is withdrawn, then the other.
    sent = try stage.send([opened(try Facts.lot(1, "0", value: "0"))])
    #expect(try sent.rows(BalanceRow.self).map { "\($0.quantity) \($0.balance)" } == ["4 3.5"])
    if reopening { try stage.reopen() }
    sent = try stage.send([opened(try Facts.lot(3, "0", value: "0"))])
    #expect(sent.gone == ["JUA1|M-1|\(entry)|1"] && sent.count == 1)
  }

  @Test func anExhaustedBalanceStaysAndARevisedOneKeepsWhatIsOut() throws {
    let stage = try PublishingStage(.ledger)
    var sent = try stage.send([
      opened(try Facts.lot(1, "3", value: "10")),
      Facts.entry(balances: [try Facts.balance(1, discharged: "3", value: "10")]),
    ])
    #expect(try sent.rows(BalanceRow.self).map(\.balance.description) == ["3", "0"])
    sent = try stage.send([opened(try Facts.lot(1, "5", value: "20"))])
    #expect(
      try sent.rows(BalanceRow.self).map { "\($0.quantity) \($0.balance) \($0.valueLeft)" }
        == ["5 2 10"])
  }

  @Test func aShortageIsSentWhenItChanges() throws {
    let stage = try PublishingStage(.ledger)
    func shortages(_ demands: DemandState...) throws -> [String] {
      let sent = try stage.send([Facts.entry(demands: demands)])
      return try sent.rows(ShortageRow.self).map { "\($0.row) \($0.shortage) \($0.version)" }
    }
    #expect(try shortages(Facts.demand(1), Facts.demand(2, shortage: "5")) == ["shortage/3/2 5 0"])
    #expect(try shortages(Facts.demand(2, shortage: "5")) == [])
    try stage.reopen()
    #expect(try shortages(Facts.demand(2, shortage: "5")) == [])
    #expect(try shortages(Facts.demand(2, shortage: "1")) == ["shortage/3/2 1 3"])
    try stage.reopen()
    #expect(
      try shortages(Facts.demand(2), Facts.demand(1, shortage: "4"))
        == ["shortage/3/2 0 4", "shortage/3/1 4 4"])
    #expect(try shortages(Facts.demand(1, gone: true), Facts.demand(2, gone: true)).count == 1)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func rowsDoNotHangOnBatches(seed: UInt64) throws {
    let entries = try RandomLedger(seed: seed, count: 300).entries
    func rows(_ batch: Int, reopening: Bool) throws -> [TopicPartition: [UInt8]] {
      let stage = try PublishingStage(.ledger)
      var rows: [TopicPartition: [UInt8]] = [:]
      for start in stride(from: 0, to: entries.count, by: batch) {
        let part = Array(entries[start..<min(start + batch, entries.count)])
        for sent in try stage.outgoing(part) {
          rows[sent.target, default: []] += sent.records.bytes
        }
        if reopening { try stage.reopen() }
      }
      try stage.store.close()
      return rows
    }
    let whole = try rows(300, reopening: false)
    #expect(!whole.isEmpty)
    #expect(try rows(1, reopening: false) == whole)
    #expect(try rows(1, reopening: true) == whole)
    #expect(try rows(7, reopening: true) == whole)
  }

  @Test func moreLotsThanAreHeldInMemoryAreFoundAgain() throws {
    let stage = try PublishingStage(.ledger)
    let count: Int64 = 9_000
    let lots = try (1...count).map { try Facts.lot($0, line: Int32($0), "1") }
    try stage.send([Facts.entry(lots: lots)])
    let sent = try stage.send([
      Facts.entry(
        balances: [try Facts.balance(1, discharged: "1"), try Facts.balance(count, moved: "1")])
    ])
    #expect(
      try sent.rows(BalanceRow.self).map { "\($0.line) \($0.balance) \($0.movedOut)" }.sorted()
        == ["1 0 0", "9000 0 1"])
  }

  @Test func whatTheLedgerNeverToldIsAnError() throws {
    let stage = try PublishingStage(.ledger)
    try stage.send([opened(try Facts.lot(1, "1"))])
    for wrong in [
      Facts.entry(balances: [try Facts.balance(2)]),
      Facts.entry(postings: [try Facts.posting(1, demand: 1, lot: 1, "1")]),
      Facts.entry(
        demands: [try Facts.demand(1)], postings: [try Facts.posting(1, demand: 1, lot: 3, "1")]),
    ] {
      #expect {
        try stage.send([wrong])
      } throws: {
        ($0 as? StageError)?.cause is LedgerRowsError
      }
      try stage.reopen()
    }
  }

  @Test func aStoreThatWasKeptWithoutCannotBeginToSend() throws {
    let stage = try PublishingStage(.ledger)
    try stage.send([opened(try Facts.lot(1, "1"))])
    try stage.reopen()
    try stage.reopen(publishing: false)
    #expect(throws: ReportingError.notPublished) { try stage.reopen() }
    let records = try PublishingStage(.records)
    try records.reopen(publishing: false)
    try records.reopen()
    try records.send([try Facts.record("1")])
    try records.reopen(publishing: false)
    #expect(throws: ReportingError.notPublished) { try records.reopen() }
  }

  @Test func onlyServicesThatPublishHaveReportTopics() {
    #expect(ReportingService.stages().flatMap(\.outputs).isEmpty)
    let outputs = Set(ReportingService.stages(publishing: true).flatMap(\.outputs))
    #expect(outputs == [Topic.report.rawValue, Topic.balances.rawValue])
  }
}

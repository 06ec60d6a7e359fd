import EventLog
import Ledger
import Messages
import ReportingService
import SQLite
import ServiceRuntime
import Store
import Testing

/// A ledger that cannot be: the stage stops, and nothing of the batch is kept.
@Suite struct LedgerErrorTests {
  private func cause(_ messages: [LedgerEntry], after: [LedgerEntry] = []) throws -> String {
    let data = try DataFolder()
    try data.send(.ledger, after)
    let position = try data.open(.ledger).position
    var description = "no error"
    do {
      try data.send(.ledger, messages)
    } catch let error as StageError {
      description = "\(error.cause)"
    }
    // Stores close although the batch failed half way.
    try data.close()
    #expect(try data.open(.ledger).position == position)
    return description
  }

  @Test func moreThanALotHoldsCannotGoOut() throws {
    let lot = Facts.entry(lots: [try Facts.lot(1, "10")])
    for (discharged, moved) in [("10.000001", "0"), ("6", "4.000001"), ("0", "11")] {
      let balance = Facts.entry(balances: [
        try Facts.balance(1, discharged: discharged, moved: moved)
      ])
      #expect(try cause([lot, balance]).contains("CHECK constraint failed"))
      #expect(try cause([balance], after: [lot]).contains("CHECK constraint failed"))
    }
    let value = Facts.entry(balances: [try Facts.balance(1, discharged: "1", value: "100.01")])
    #expect(try cause([lot, value]).contains("CHECK constraint failed"))
    let shrunk = Facts.entry(lots: [try Facts.lot(1, "3")])
    let four = Facts.entry(balances: [try Facts.balance(1, discharged: "4", value: "40")])
    #expect(try cause([shrunk], after: [lot, four]).contains("CHECK constraint failed"))
  }

  @Test func nothingGoesOutOfALotThatIsNotThere() throws {
    let lot = Facts.entry(lots: [try Facts.lot(1, "10")])
    let withdrawn = Facts.entry(lots: [try Facts.lot(1, "0", value: "0")])
    let balance = Facts.entry(balances: [try Facts.balance(1, discharged: "1")])
    let expected = ReportingError.unknownLot(1).description
    #expect(try cause([balance]) == expected)
    #expect(try cause([lot, withdrawn, balance]) == expected)
    #expect(try cause([balance], after: [lot, withdrawn]) == expected)
  }

  @Test func aPostingIsTakenBackOnce() throws {
    let posted = Facts.entry(postings: [try Facts.posting(1, demand: 1, lot: 1, "1")])
    let back = Facts.entry(postings: [try Facts.posting(2, demand: 1, lot: 1, "1", reverses: 1)])
    let again = Facts.entry(postings: [try Facts.posting(3, demand: 1, lot: 1, "1", reverses: 1)])
    let ofReversal = Facts.entry(postings: [
      try Facts.posting(3, demand: 1, lot: 1, "1", reverses: 2)
    ])
    #expect(try cause([back]) == ReportingError.unknownPosting(1).description)
    #expect(
      try cause([again], after: [posted, back]) == ReportingError.unknownPosting(1).description)
    #expect(
      try cause([ofReversal], after: [posted, back]) == ReportingError.unknownPosting(2).description
    )
    #expect(try cause([posted], after: [posted]).contains("UNIQUE constraint failed"))
  }

  @Test func aPostingWithoutItsDemandOrLotStopsTheExport() throws {
    for demands in [[], [try Facts.demand(1)]] {
      let data = try DataFolder()
      try data.send(
        .ledger,
        [Facts.entry(demands: demands, postings: [try Facts.posting(1, demand: 1, lot: 1, "1")])])
      let store = data.path + "/reporting/ledger-0.sqlite"
      #expect(throws: ReportingError.incompletePosting(store: store)) { try data.export() }
    }
  }

  /// A thing of the catalogue is removed by a record without a value.
  @Test(arguments: [Topic.ledger, .records, .catalog, .rejected])
  func everyRecordHasAValue(topic: Topic) throws {
    let data = try DataFolder()
    let missing: [[UInt8]?] = topic == .catalog ? [] : [nil]
    for bytes in missing + [Array("{}".utf8), Array("not JSON".utf8)] {
      #expect(throws: StageError.self) { try data.send(topic, bytes: [bytes]) }
    }
    #expect(try data.open(topic).applied == 0)
    try data.close()
  }

  @Test func aFailedBatchLeavesNothing() throws {
    let stage = try #require(ReportingService.stages().first { $0.name == "ledger" })
    let context = StageContext(partition: 0, partitions: [stage.input: 1])
    let store = try StageStore(
      path: nil, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    let partition = try StagePartition(stage, store: store, context: context)
    var records = PackedRecords()
    for message in [
      Facts.entry(lots: [try Facts.lot(1, "10")], demands: [try Facts.demand(1)]),
      Facts.entry(balances: [try Facts.balance(2, discharged: "1")]),
    ] {
      records.append(Record(key: [], value: message.bytes, timestamp: 0))
    }
    #expect(throws: StageError.self) {
      try partition.apply(
        ReadBatch(segments: [.init(source: nil, baseOffset: 0, records: records)], nextOffset: 2))
    }
    let rows = try ["book", "lot", "demand", "posting"].map { table in
      try store.connection.scalar("SELECT count(*) FROM \(table)", as: Int.self)
    }
    #expect(rows == [0, 0, 0, 0])
    try store.close()
  }
}

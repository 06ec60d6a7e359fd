import EventLog
import Ledger
import Messages
import ServiceRuntime
import Store
import Testing

@testable import TransferService

/// What a move takes at one plant arrives as lots at the other (Rules.md#R7.1).
@Suite struct PostingsStageTests {
  @Test func whatAMoveTakesOpensALotWithTheEntrysDates() throws {
    let stage = try TransferStage()
    let sent = try stage.lots(of: [taking("5", "50")])
    #expect(sent.count == 1)
    let lot = try #require(sent.first)
    #expect(lot.plant == "QRO-1" && lot.part == "P-1" && lot.pedimento == entry && lot.line == 2)
    #expect(lot.enteredOn.description == "2026-01-10")
    #expect(lot.dueOn?.description == "2027-07-10")
    #expect(lot.quantity?.description == "5" && lot.value?.description == "50")
    #expect(lot.revision == 1)
    #expect(lot.available.date.description == "2026-03-01" && lot.available.rank == .move)
  }

  @Test func whatDiffersGoesAsTheNextRevision() throws {
    let stage = try TransferStage()
    _ = try stage.lots(of: [taking("5", "50")])
    let sent = try stage.lots(of: [taking("3", "30"), taking("3", "30")])
    #expect(sent.map(\.revision) == [2], "the same again is not sent again")
    #expect(sent.first?.quantity?.description == "3")
  }

  @Test func whatIsNotTakenAnyMoreIsWithdrawnAndComesBack() throws {
    let stage = try TransferStage()
    _ = try stage.lots(of: [taking("5", "50")])
    let gone = try stage.lots(of: [taking("0", "0"), taking("0", "0")])
    #expect(gone.map(\.revision) == [2])
    #expect(gone.first?.quantity == nil && gone.first?.value == nil)
    let back = try stage.lots(of: [taking("5", "50")])
    #expect(back.map(\.revision) == [3])
  }

  @Test func nothingTakenAndNothingSentIsNothing() throws {
    #expect(try TransferStage().lots(of: [taking("0", "0")]).isEmpty)
  }

  @Test func movesOfOneEntryAreLotsOfTheirOwn() throws {
    let stage = try TransferStage()
    let sent = try stage.lots(of: [
      taking("1", "10"), taking("1", "10", document: "MV-2"), taking("1", "10", day: "2026-03-02"),
      taking("1", "10", from: "MTY-2"),
    ])
    #expect(sent.map(\.revision) == [1, 1, 1, 1])
  }

  @Test(arguments: [1, 2, 7]) func theStoreKeepsCount(batch: Int) throws {
    let takings = try (1...7).map { try taking("\($0)", "\($0)0") }
    let stage = try TransferStage()
    var sent: [LotMovement] = []
    for start in stride(from: 0, to: takings.count, by: batch) {
      sent += try stage.lots(of: Array(takings[start..<min(start + batch, takings.count)]))
      try stage.reopen()
    }
    #expect(sent.map(\.revision) == Array(1...7))
  }

  @Test func theLotsOfAChangeGoOutOneByOne() throws {
    let stage = try TransferStage()
    var changes = [
      try taking("1", "10"), try taking("1", "10", document: "MV-2"), try taking("2", "20"),
    ]
    changes[2].toPlant = "SLP-1"
    // However many entries tell of it.
    let sent =
      try stage.lots(ofChange: changes, more: true)
      + stage.lots(ofChange: [taking("3", "30", document: "MV-3")])
    #expect(
      sent.map { "\($0.plant) \($0.moved?.document ?? "")" } == [
        "QRO-1 MV-1", "QRO-1 MV-2", "SLP-1 MV-1", "QRO-1 MV-3",
      ])
  }

  @Test func whatAnEarlierVersionHeldBackGoesOutFirst() throws {
    let stage = try TransferStage()
    try stage.hold(try stage.lots(of: [taking("9", "90", document: "MV-9")]))
    try stage.reopen()
    let sent = try stage.lots(ofChange: [taking("1", "10")])
    #expect(sent.map { $0.moved?.document ?? "" } == ["MV-9", "MV-1"])
    try stage.reopen()
    #expect(try stage.lots(ofChange: [taking("1", "10")]) == [])
  }

  @Test(arguments: [
    (#"{"lots":[],"moves":[],"part":"a"}"#, false),
    (#"{"lots":[],"moves":[{}],"part":"a"}"#, true),
    (#"{"lots":[],"more":true,"moves":[],"part":"a"}"#, false),
    (#"{"lots":[],"more":true,"moves":[{}],"part":"a"}"#, true),
    (#"{"lots":[],"lotsWait":true,"moves":[],"part":"a"}"#, true),
    (#"{"lots":[],"lotsWait":true,"more":true,"moves":[],"part":"a"}"#, true),
    (#"{"lots":[],"part":"],\"moves\":[]","moves":[{}]}"#, true), ("", true),
  ])
  func entriesWithoutMovesAreToldApartUnread(text: String, concernsMoves: Bool) {
    Array(text.utf8).withUnsafeBytes {
      #expect(PostingsHandler.concernsMoves($0) == concernsMoves)
    }
  }

  private let entry = "262434567890123"

  private func taking(
    _ quantity: String, _ value: String, document: String = "MV-1", day: String = "2026-03-01",
    from plant: String = "MTY-1"
  ) throws -> MoveTaking {
    MoveTaking(
      clave: "IN", dueOn: try CalendarDate("2027-07-10"), enteredOn: try CalendarDate("2026-01-10"),
      line: 2,
      move: MoveReference(date: try CalendarDate(day), document: document, line: 1, plant: plant),
      pedimento: entry, quantity: try Quantity(quantity), toPlant: "QRO-1",
      value: try Money(value))
  }
}

/// One partition of the transfer service's stage, driven without a log.
private final class TransferStage {
  private let stage: Stage
  private let store: StageStore
  private let context = StageContext(
    partition: 0, partitions: [Topic.ledger.rawValue: 1, Topic.movements.rawValue: 1])
  private var partition: StagePartition

  init() throws {
    stage = try #require(TransferService.stages().first)
    store = try StageStore(
      path: nil, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    partition = try StagePartition(stage, store: store, context: context)
  }

  /// Goes on out of what the store holds, as after a crash.
  func reopen() throws {
    partition = try StagePartition(stage, store: store, context: context)
  }

  /// Applies an entry of the ledger for each taking as one batch; answers the lots that are sent.
  func lots(of takings: [MoveTaking]) throws -> [LotMovement] {
    try Self.lots(in: messages(of: takings.map { entry([$0]) }))
  }

  /// Applies one entry of the ledger; answers the lots that are sent.
  func lots(ofChange takings: [MoveTaking], more: Bool? = nil) throws -> [LotMovement] {
    var entry = entry(takings)
    entry.more = more
    return try Self.lots(in: messages(of: [entry]))
  }

  /// Puts lots where earlier versions held them back.
  func hold(_ lots: [LotMovement]) throws {
    for lot in lots {
      var bytes: [UInt8] = []
      Movement.lot(lot).write(to: &bytes)
      try store.connection.run("INSERT INTO held (movement) VALUES (?)", bytes)
    }
  }

  private func entry(_ takings: [MoveTaking]) -> LedgerEntry {
    var entry = LedgerEntry(
      plant: takings.first?.move.plant ?? "", part: "P-1",
      cause: Cause(document: takings.first?.move.document ?? "", line: 1, revision: 1),
      received: 0)
    entry.moves = takings
    return entry
  }

  private func messages(of entries: [LedgerEntry]) throws -> [OutgoingBatch] {
    var records = PackedRecords()
    for entry in entries {
      var bytes: [UInt8] = []
      entry.write(to: &bytes)
      records.append(Record(key: [], value: bytes, timestamp: 0))
    }
    let base = partition.position
    try partition.apply(
      ReadBatch(
        segments: [.init(source: nil, baseOffset: base, records: records)],
        nextOffset: base + Int64(entries.count)))
    defer { partition.published() }
    return partition.unpublished
  }

  private static func lots(in batches: [OutgoingBatch]) throws -> [LotMovement] {
    var reader = MessageReader<Movement>()
    var lots: [LotMovement] = []
    for batch in batches {
      #expect(batch.target.topic == Topic.movements.rawValue)
      try batch.records.forEach { record in
        guard let value = record.value, case .lot(let lot) = try reader.read(value) else {
          Issue.record("a message that is no lot")
          return
        }
        #expect(record.key.elementsEqual("\(lot.plant)|\(lot.part)".utf8))
        lots.append(lot)
      }
    }
    return lots
  }
}

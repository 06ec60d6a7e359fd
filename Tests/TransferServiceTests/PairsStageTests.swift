import EventLog
import Ledger
import Messages
import ServiceRuntime
import Store
import Testing

@testable import TransferService

/// The pairs stage with its store: the same rows whatever the batches, and after being opened anew.
@Suite struct PairsStageTests {
  @Test(arguments: [1, 2, 3, 50]) func theStoreKeepsEverything(batch: Int) throws {
    let stage = try PairsPartition()
    let messages = try facts()
    var states: [TransferState] = []
    for start in stride(from: 0, to: messages.count, by: batch) {
      states += try stage.apply(Array(messages[start..<min(start + batch, messages.count)])).states
      try stage.reopen()
    }
    #expect(
      states.map { "\($0.id.suffix(1)) r\($0.revision) \($0.state.rawValue)" } == [
        "1 r1 senderOnly", "2 r1 receiverOnly", "1 r2 differing", "2 r2 withdrawn",
        "1 r3 senderOnly", "2 r3 receiverOnly", "1 r4 withdrawn",
      ])
    #expect(states.allSatisfy { $0.senderRFC == home && $0.receiverRFC == abroad })
  }

  @Test func aConflictIsRejectedWholeAndChangesNothing() throws {
    let stage = try PairsPartition()
    _ = try stage.apply([try side(1, .sender), try side(2, .receiver), try decision(.pair)])
    let after = try stage.apply([try decision(.unpair), try decision(.pair)])
    #expect(after.states.isEmpty)
    let rejected = try #require(after.rejected.first)
    #expect(after.rejected.count == 1)
    #expect(rejected.code == .identityConflict && rejected.field == "id" && rejected.id == "d")
    #expect(rejected.event.contains(#""decision":"unpair""#))
  }

  @Test(
    arguments: [(nil, true), (10, true), (7, true), (6, false), (0, false)] as [(Int32?, Bool)])
  func sidesWhoseGoodsAreAlikeArePairedWithinTheDaysAskedFor(days: Int32?, isPair: Bool) throws {
    let stage = try PairsPartition(days: days)
    let states = try stage.apply([
      try side(1, .sender), try side(2, .receiver, on: "2026-03-08"),
    ]).states
    #expect(states.contains { $0.state == .paired } == isPair)
  }

  /// What was sent depends on the days: they change neither by themselves nor because they are
  /// asked.
  @Test func aStoreKeepsTheDaysThatItBeganWith() throws {
    let stage = try PairsPartition(days: 6)
    let refusal = #expect(throws: StoreError.self) { try stage.reopen(days: 7) }
    guard case .otherSetting(let what) = refusal else {
      return #expect(Bool(false), "\(String(describing: refusal))")
    }
    #expect(what.contains("within 6 days in this store, not 7"))
    try stage.reopen(days: 6)
    try stage.reopen(days: nil)
    let states = try stage.apply([
      try side(1, .sender), try side(2, .receiver, on: "2026-03-08"),
    ]).states
    #expect(!states.contains { $0.state == .paired })
  }

  private let home = "AME010203AB1"
  private let abroad = "BRX990101CD2"

  /// Alone, alone, paired by a person (and differing), parted, and the sender's gone.
  private func facts() throws -> [SideMessage] {
    [
      try side(1, .sender), try side(2, .receiver, "6"), try decision(.pair, id: "a", hour: 1),
      try decision(.unpair, id: "b", hour: 2), try side(1, .sender, revision: 2, gone: true),
    ]
  }

  private func side(
    _ n: Int, _ role: TransferRole, _ quantity: String = "5", on date: String = "2026-03-01",
    revision: Int64 = 1, gone: Bool = false
  ) throws -> SideMessage {
    let line = TransferLine(
      line: 1, nico: "00", part: "M", plant: "P", quantity: try Quantity(quantity),
      tariffItem: "85332101", uom: try #require(UnitOfMeasure(code: 6)), value: try Money("10"))
    return .side(
      TransferSide(
        chain: gone ? [] : ["\(n)"], date: gone ? nil : try CalendarDate(date),
        lines: gone ? [] : [line], names: nil, pedimento: "\(n)", receiver: abroad,
        revision: revision, role: role, root: "\(n)", sender: home,
        state: gone ? .withdrawn : .counts))
  }

  private func decision(
    _ verdict: PairVerdict, id: String = "d", hour: Int = 1
  ) throws -> SideMessage {
    .decision(
      PairDecision(
        by: "Ana", decision: verdict, fingerprint: verdict.rawValue, id: id, reason: "-",
        receiver: TransferDocument(pedimento: "2", rfc: abroad),
        sender: TransferDocument(pedimento: "1", rfc: home), source: "/desk",
        time: try Instant("2026-04-01T0\(hour):00:00Z")))
  }
}

/// One partition of the pairs stage, driven without a log.
private final class PairsPartition {
  private var stage: Stage
  private let store: StageStore
  private let context = StageContext(
    partition: 0,
    partitions: [
      Topic.sides.rawValue: 1, Topic.transfers.rawValue: 1, Topic.rejected.rawValue: 1,
    ])
  private var partition: StagePartition

  init(days: Int32? = nil) throws {
    stage = try Self.stage(days)
    store = try StageStore(
      path: nil, identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    partition = try StagePartition(stage, store: store, context: context)
  }

  private static func stage(_ days: Int32?) throws -> Stage {
    try #require(TransferService.stages(pairingDays: days).first { $0.name == "pairs" })
  }

  func reopen(days: Int32? = nil) throws {
    stage = try Self.stage(days)
    partition = try StagePartition(stage, store: store, context: context)
  }

  func apply(
    _ messages: [SideMessage]
  ) throws -> (states: [TransferState], rejected: [RejectedEvent]) {
    var records = PackedRecords()
    for message in messages {
      var bytes: [UInt8] = []
      message.write(to: &bytes)
      records.append(Record(key: [], value: bytes, timestamp: 0))
    }
    let base = partition.position
    try partition.apply(
      ReadBatch(
        segments: [.init(source: nil, baseOffset: base, records: records)],
        nextOffset: base + Int64(messages.count)))
    defer { partition.published() }
    var (states, rejected): ([TransferState], [RejectedEvent]) = ([], [])
    var (stateReader, rejectedReader) = (
      MessageReader<TransferState>(), MessageReader<RejectedEvent>()
    )
    for batch in partition.unpublished {
      try batch.records.forEach { record in
        guard let value = record.value else { return }
        if batch.target.topic == Topic.transfers.rawValue {
          let state = try stateReader.read(value)
          #expect(record.key.elementsEqual(state.id.utf8))
          states.append(state)
        } else {
          rejected.append(try rejectedReader.read(value))
        }
      }
    }
    return (states, rejected)
  }
}

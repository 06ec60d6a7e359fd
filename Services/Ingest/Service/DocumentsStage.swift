import EventLog
import IngestRules
import Ledger
import Messages
import SQLite
import ServiceRuntime
import Store

/// `saldo.documents` to movements, records and the catalogue for readers, and to itself for turns.
final class DocumentsHandler: StageHandler {
  private let storage: SQLiteDocumentsStorage
  private let sink: DocumentsSink
  private let partition: Int32
  private var documents: Documents
  private var notes = DocumentsNoteReader()

  static func stage(limits: TimeLimits) -> Stage {
    Stage(
      service: "ingest", name: "documents", input: Topic.documents.rawValue,
      outputs: DocumentsSink.topics.map(\.rawValue),
      migrations: SQLiteDocumentsStorage.migrations,
      // A pedimento comes to some twenty movements.
      weight: 10
    ) { db, context in
      try DocumentsHandler(db, context, limits: limits)
    }
  }

  private init(_ db: Connection, _ context: StageContext, limits: TimeLimits) throws {
    sink = DocumentsSink(partition: context.partition)
    storage = try SQLiteDocumentsStorage(db)
    partition = context.partition
    documents = try Documents(
      storage: storage, limits: limits, partition: context.partition,
      partitions: context.partitions[Topic.documents.rawValue] ?? 1)
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { return }
    let note = try notes.read(value)
    // What else the books send is a book's turn: it goes back behind everything that documents
    // before it come to (Decisions/0038), also those that wait for the partition's turn.
    guard note != nil || output.source?.topic != Topic.movements.rawValue else {
      guard !storage.hasTouched else { return try storage.hold(key: record.key, turn: value) }
      return output.send(to: 0, key: record.key) { $0.append(contentsOf: value) }
    }
    // The output is lent to the sink for the call, not copied.
    swap(&sink.output, &output)
    defer { swap(&sink.output, &output) }
    switch note {
    case .turn: try documents.takeTurn(sink)
    case .found(let fact): try documents.take(fact, sink)
    case nil:
      try documents.apply(
        value, received: record.timestamp, origin: Self.origin(record, sink.output.source), sink)
    }
    sink.sendSides()
    sink.sendTransits()
    sink.sendNotes(from: partition)
    if !storage.hasTouched {
      try storage.takeHeldTurns { key, turn in
        sink.output.send(to: 0, key: key) { $0.append(contentsOf: turn) }
      }
    }
  }

  /// Where the producer's record lies, of which intake made this one.
  private static func origin(_ record: RecordView, _ source: TopicPartition?) -> FactOrigin? {
    guard let source, source.topic == Topic.inbound.rawValue else { return nil }
    return FactOrigin(partition: source.partition, offset: record.input)
  }

  /// What documents say is written once a step; everything else was, as it came.
  func save(_ db: Connection) throws { try storage.flush() }
}

/// Sends what the documents stage derives.
private final class DocumentsSink: DocumentsOutput {
  var output = StepOutput(topics: [], partitions: [:])
  private let partition: Int32

  init(partition: Int32) { self.partition = partition }

  /// Sides of the input in hand, which go behind everything else that it makes: what a message's
  /// place among the outputs was before there were sides, it still is.
  private var sides: [TransferSide] = []

  /// What is under way, behind the sides for the same reason.
  private var transits: [Movement] = []

  /// Notes to partitions of the stage, and whether this one's turn was asked for: the last of all,
  /// for the same reason.
  private var notes: [(note: DocumentsNote, partition: Int32)] = []
  private var asksTurn = false
  private var withdrawals: [WithdrawalMessage] = []

  static let topics: [Topic] = [.movements, .records, .rejected, .catalog, .sides, .documents]

  func send(_ movement: Movement) {
    if case .transit = movement {
      transits.append(movement)
    } else {
      put(movement)
    }
  }

  func sendTransits() {
    transits.forEach(put)
    transits.removeAll(keepingCapacity: true)
  }

  private func put(_ movement: Movement) {
    output.send(
      to: 0, writingKey: { movement.writeKey(to: &$0) }, { movement.write(to: &$0) })
  }

  func send(_ record: DocumentRecord) {
    output.send(to: 1, key: record.rfc) { record.write(to: &$0) }
  }

  func send(_ side: TransferSide) { sides.append(side) }

  /// Sends the sides: first those that go, so that no document counts beside the one that replaces
  /// it.
  func sendSides() {
    guard !sides.isEmpty else { return }
    for state in [TransferSide.State.withdrawn, .counts] {
      for side in sides where side.state == state {
        let message = SideMessage.side(side)
        output.send(
          to: 4, writingKey: { message.writeKey(to: &$0) }, { message.write(to: &$0) })
      }
    }
    sides.removeAll(keepingCapacity: true)
  }

  func askTurn() { asksTurn = true }

  func send(_ note: DocumentsNote, to partition: Int32) { notes.append((note, partition)) }

  func send(_ withdrawal: WithdrawalMessage) { withdrawals.append(withdrawal) }

  /// Sends withdrawals to whoever else may have the fact, and what partitions of the stage are
  /// told.
  func sendNotes(from partition: Int32) {
    for withdrawal in withdrawals {
      let (movement, side) = (Movement.withdrawal(withdrawal), SideMessage.withdrawal(withdrawal))
      output.broadcast(to: 0, key: withdrawal.of.text) { movement.write(to: &$0) }
      output.broadcast(to: 4, key: withdrawal.of.text) { side.write(to: &$0) }
    }
    withdrawals.removeAll()
    if asksTurn { notes.append((.turn, partition)) }
    asksTurn = false
    for (note, partition) in notes {
      output.send(to: 5, partition: partition, key: note.key) { note.write(to: &$0) }
    }
    notes.removeAll()
  }

  func send(_ rejected: RejectedEvent) {
    var rejected = rejected
    rejected.limit(topic: Topic.documents.rawValue, partition: partition, offset: output.input)
    output.send(to: 2, key: rejected.key) { rejected.write(to: &$0) }
  }

  func remove(catalog key: String) { output.remove(from: 3, key: key) }

  func send(catalog key: String, event: UnsafeRawBufferPointer) {
    output.send(to: 3, key: key) { $0.append(contentsOf: event) }
  }
}

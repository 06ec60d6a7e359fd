import EventLog
import Limits
import SQLite
import ServiceRuntime
import Store
import Testing

/// A step is bounded by what it makes: a batch whose inputs make much is committed in parts, and
/// nothing that it sends depends on where.
@Suite struct LargeStepTests {
  /// Sends for each input as many messages of a mebibyte less a frame as its value says.
  private static let stage = Stage(
    service: "test", name: "large", input: "sizes", outputs: ["large"], migrations: []
  ) { _, _ in LargeHandler() }

  private static let context = StageContext(
    partition: 0, partitions: ["sizes": 1, "large": 1])

  private func store() throws -> StageStore {
    try StageStore(
      path: nil, identity: StagePartition.identity(Self.stage, Self.context), migrations: [])
  }

  private func batch(_ sizes: [Int]) -> ReadBatch {
    var records = PackedRecords()
    for (place, size) in sizes.enumerated() {
      records.append(
        Record(key: [], value: Array("\(size)".utf8), timestamp: 0), input: Int64(place))
    }
    return ReadBatch(
      segments: [
        .init(source: TopicPartition("sources", 0), baseOffset: 0, records: records)
      ], nextOffset: Int64(sizes.count))
  }

  @Test func aBatchThatMakesMuchIsCommittedInParts() throws {
    let store = try store()
    var partition = try StagePartition(Self.stage, store: store, context: Self.context)
    let batch = batch([6, 6, 6, 1, 40, 0, 3])
    var parts: [Int64] = []
    var sent: [Int] = []
    var last: SourceLink.Previous = .nothing
    while partition.position < batch.nextOffset {
      try partition.apply(batch)
      parts.append(partition.position)
      sent += partition.unpublished.flatMap { batch in
        #expect(batch.records.bytes.count <= Limits.row)
        return Array(repeating: batch.records.bytes.count, count: batch.records.count)
      }
      let rows = try store.connection.all("SELECT length(bytes) FROM outbox") { try $0[0] as Int }
      #expect(rows == partition.unpublished.map(\.records.bytes.count))
      // Each piece follows the one before it, and what a crash leaves says the same.
      for piece in partition.unpublished {
        #expect(piece.link?.previous == last)
        piece.records.forEach { last = .record(input: $0.input, ordinal: $0.ordinal) }
      }
      #expect(try Outbox.read(store.connection) == partition.unpublished)
      partition.published()
      // Out of the store it goes on in the same place, and knows the log by its last record.
      partition = try StagePartition(Self.stage, store: store, context: Self.context)
      #expect(partition.position == parts.last)
      #expect(try StoreProgress(store.connection).last?.offset == partition.position - 1)
    }
    #expect(parts == [3, 5, 7])
    #expect(sent.count == 62)
  }

  @Test func aMessageThatTheLogWouldNotTakeStopsThePartition() throws {
    let partition = try StagePartition(Self.stage, store: try store(), context: Self.context)
    #expect {
      try partition.apply(batch([1, -1]))
    } throws: { error in
      let failure = error as? StageError
      return failure?.offset == 1 && failure?.cause is OversizedMessage
    }
    #expect(partition.position == 0)
  }

  @Test func recordsAreCutIntoPiecesInTheirOrder() {
    var records = PackedRecords()
    for size in [10, 500, 20, 30, 2_000, 1] {
      records.append(
        Record(key: [], value: Array(repeating: 7, count: size), timestamp: 0),
        input: Int64(size))
    }
    let pieces = records.pieces(atMost: 200)
    #expect(pieces.map(\.count) == [1, 1, 2, 1, 1])
    #expect(pieces.flatMap(\.bytes) == records.bytes)
    #expect(records.pieces(atMost: 10_000) == [records])
  }
}

private final class LargeHandler: StageHandler {
  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    let text = record.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
    let count = Int(text) ?? 0
    let size = count < 0 ? Limits.logRecord : Limits.row - 64
    for _ in 0..<abs(count) {
      output.send(to: 0, key: "k") { $0.append(contentsOf: repeatElement(0, count: size)) }
    }
  }

  func save(_ db: Connection) throws {}
}

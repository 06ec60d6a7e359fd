import EventLog
import Ledger
import Messages
import ServiceRuntime
import Store

/// Which of the facts that were received by an instant the ledger posted later.
///
/// Every entry of the ledger says which document is its cause, and when the fact was received that
/// it was made of. What a stage sent again, because its store was lost, was posted when it was sent
/// first.
struct LateFacts {
  private let moment: Int64
  /// Where to go on, by partition, and what each source had sent by the instant and since.
  private var places: [Place]
  private var documents: Set<String> = []

  private struct Place {
    var position: Int64 = 0
    var known: StoreProgress?
    var since: [StoreProgress.Source: StoreProgress.Mark] = [:]
  }

  /// How many there are, as far as was looked.
  var count: Int64 { Int64(documents.count) }

  /// - Parameters:
  ///   - stores: of the books as they were known.
  ///   - partitions: how many the ledger has.
  init(knownAt instant: Instant, _ stores: ReportStores, partitions: Int32) throws {
    moment = instant.nanoseconds / 1_000_000
    places = Array(repeating: Place(), count: Int(partitions))
    for store in stores[.ledger] where places.indices.contains(Int(store.partition)) {
      let progress = try store.progress()
      places[Int(store.partition)] = Place(position: progress.next, known: progress)
    }
  }

  /// Looks through what the ledger holds by now.
  mutating func look(through log: any LogReader) throws {
    var reader = MessageReader<LedgerEntry>()
    for partition in places.indices {
      let source = TopicPartition(Topic.ledger.rawValue, Int32(partition))
      while true {
        let batch = try log.read(source, from: places[partition].position, limit: ReadLimit())
        guard batch.nextOffset > places[partition].position else { break }
        for segment in batch.segments { try look(at: segment, partition, &reader) }
        places[partition].position = batch.nextOffset
      }
    }
  }

  private mutating func look(
    at segment: ReadBatch.Segment, _ partition: Int, _ reader: inout MessageReader<LedgerEntry>
  ) throws {
    guard let source = segment.source, segment.link?.rules == RulesVersion.current else { return }
    let log = StoreProgress.Source(partition: source, epoch: segment.link?.epoch ?? 0)
    var last =
      places[partition].since[log]
      ?? places[partition].known?.last(of: source, epoch: log.epoch)
    try segment.records.forEach(skipping: segment.skipped) { record in
      let mark = StoreProgress.Mark(input: record.input, ordinal: record.ordinal)
      if let last, mark <= last { return }
      last = mark
      guard record.timestamp <= moment, let value = record.value else { return }
      let entry = try reader.read(value)
      if entry.received <= moment { documents.insert(entry.cause.document) }
    }
    places[partition].since[log] = last
  }
}

import EventLog
import Messages
import Store

extension Cluster {
  /// The values of a topic as its readers take them, partition by partition: what its sources sent
  /// again is left out.
  public func values(of topic: Topic) -> [[[UInt8]]] {
    records(of: topic).map { $0.map { $0.value ?? [] } }
  }

  /// The records of a topic, in the same way.
  public func records(of topic: Topic) -> [[Record]] { records(of: topic) { _ in .max } }

  /// A message of a topic, and what made it.
  public struct Sent {
    /// The partition whose input made it; nil where a producer sent it.
    public var source: TopicPartition?
    /// The offset of that input.
    public var input: Int64
    public var value: [UInt8]
  }

  /// The messages of a topic, in the same way, with what made each.
  public func sent(to topic: Topic) -> [Sent] {
    var sent: [Sent] = []
    for partition in 0..<partitions {
      forEachRecord(of: TopicPartition(topic.rawValue, partition), before: .max) { record, source in
        sent.append(
          Sent(source: source, input: record.input, value: record.value.map { Array($0) } ?? []))
      }
    }
    return sent
  }

  /// The values that a stage has taken of its topic and committed, partition by partition.
  public func valuesRead(by stage: String, of service: String) throws -> [[[UInt8]]] {
    var positions: [Int32: Int64] = [:]
    var topic: String?
    for place in places where stages[place.stage].service == service {
      guard stages[place.stage].name == stage else { continue }
      topic = stages[place.stage].input
      positions[place.context.partition] = try place.store.position
    }
    guard let read = topic.flatMap(Topic.init(rawValue:)) else { return [] }
    return records(of: read) { positions[$0] ?? 0 }.map { $0.map { $0.value ?? [] } }
  }

  private func records(of topic: Topic, before end: (Int32) -> Int64) -> [[Record]] {
    (0..<partitions).map { partition in
      var records: [Record] = []
      forEachRecord(of: TopicPartition(topic.rawValue, partition), before: end(partition)) {
        record, _ in records.append(record.record)
      }
      return records
    }
  }

  /// What readers take of a partition: repetitions are left out.
  private func forEachRecord(
    of partition: TopicPartition, before end: Int64, _ body: (RecordView, TopicPartition?) -> Void
  ) {
    var applied: [TopicPartition: StoreProgress.Mark] = [:]
    forEachSegment(of: partition) { segment in
      var offset = segment.baseOffset + Int64(segment.skipped)
      segment.records.forEach(skipping: segment.skipped) { record in
        defer { offset += 1 }
        guard offset < end else { return }
        if let source = segment.source {
          let mark = StoreProgress.Mark(input: record.input, ordinal: record.ordinal)
          if let last = applied[source], mark <= last { return }
          applied[source] = mark
        }
        body(record, segment.source)
      }
    }
  }

  /// Everything that the topics hold, repetitions and identities included.
  public func bytes() -> [[UInt8]] {
    Topic.allCases.flatMap { topic in
      (0..<partitions).map { partition in
        var bytes: [UInt8] = []
        forEachSegment(of: TopicPartition(topic.rawValue, partition)) { segment in
          bytes += Array((segment.source.map { "\($0)" } ?? "").utf8)
          bytes += segment.records.bytes
        }
        return bytes
      }
    }
  }

  private func forEachSegment(of source: TopicPartition, _ body: (ReadBatch.Segment) -> Void) {
    log.allNow(source).segments.forEach(body)
  }
}

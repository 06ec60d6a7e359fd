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
  public func records(of topic: Topic) -> [[Record]] {
    (0..<partitions).map { partition in
      var records: [Record] = []
      var applied: [TopicPartition: StoreProgress.Mark] = [:]
      forEachSegment(of: TopicPartition(topic.rawValue, partition)) { segment in
        segment.records.forEach(skipping: segment.skipped) { record in
          if let source = segment.source {
            let mark = StoreProgress.Mark(input: record.input, ordinal: record.ordinal)
            if let last = applied[source], mark <= last { return }
            applied[source] = mark
          }
          records.append(record.record)
        }
      }
      return records
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
    var offset: Int64 = 0
    while true {
      let batch = log.readNow(source, from: offset, limit: ReadLimit())
      guard !batch.isEmpty else { return }
      batch.segments.forEach(body)
      offset = batch.nextOffset
    }
  }
}

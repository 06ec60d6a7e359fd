import EventLog

@testable import EventLogKafka

struct NotTaken: Error {}

/// What a take found, with records by their offsets.
enum BufferLook: Equatable {
  case lost, nothing, elsewhere
  case failed(EventLogError)
  case records([Int64], next: Int64)
}

extension PartitionBuffer {
  /// A buffer of tenure 1 that is read from an offset on.
  static func at(_ offset: Int64) -> PartitionBuffer {
    let buffer = PartitionBuffer()
    buffer.set(tenure: 1)
    buffer.seek(to: offset, tenure: 1)
    buffer.sought(offset)
    return buffer
  }

  /// Takes without waiting.
  func taken(
    _ offset: Int64, records: Int = 5_000, bytes: Int = 64 << 20, tenure: UInt64 = 1
  ) -> Finding {
    take(from: offset, limit: ReadLimit(records: records, bytes: bytes), tenure: tenure)
  }

  /// Takes without waiting, and tells what was found. A record's key holds its offset, so a record
  /// that stands at another's offset shows.
  func look(
    _ offset: Int64, records: Int = 5_000, bytes: Int = 64 << 20, tenure: UInt64 = 1
  ) -> BufferLook {
    switch taken(offset, records: records, bytes: bytes, tenure: tenure) {
    case .lost: .lost
    case .nothing: .nothing
    case .elsewhere: .elsewhere
    case .failed(let error): .failed(error)
    case .batch(let batch, _):
      .records(batch.segments.flatMap(\.offsets), next: batch.nextOffset)
    }
  }

  /// Takes one record; whether more is to be fetched then. Nil where there was none.
  func isLow(after offset: Int64) -> Bool? {
    guard case .batch(_, let isLow) = taken(offset, records: 1) else { return nil }
    return isLow
  }
}

extension PartitionBuffer.Chunk {
  /// Records whose keys hold their offsets.
  static func records(
    _ offsets: Range<Int64>, size: Int = 1, source: TopicPartition? = nil
  ) -> PartitionBuffer.Chunk {
    var records = PackedRecords()
    for offset in offsets {
      records.append(
        Record(
          key: Array("\(offset)".utf8), value: Array(repeating: 0, count: size), timestamp: 1))
    }
    return PartitionBuffer.Chunk(
      segment: ReadBatch.Segment(source: source, baseOffset: offsets.lowerBound, records: records),
      end: offsets.upperBound)
  }
}

extension ReadBatch.Segment {
  /// The records' offsets as their keys have them; -1 where a record is not at its own offset.
  fileprivate var offsets: [Int64] {
    var offsets: [Int64] = []
    records.forEach { record in
      let offset = Int64(String(decoding: record.key, as: UTF8.self)) ?? -1
      offsets.append(offset == baseOffset + Int64(offsets.count) ? offset : -1)
    }
    return offsets
  }
}

import CRdKafka
import EventLog
import Foundation

/// Packs what librdkafka delivers of one partition into chunks, each with one source and without a
/// gap.
///
/// A class: one is looked up for each record, and used by the member's thread alone.
final class RecordPacker {
  /// Where a chunk ends: small enough to be handed out whole, large enough to cost little.
  private static let chunkRecords = 250
  private static let chunkBytes = 128 << 10

  /// The offset that is expected next.
  private(set) var next: Int64
  private var chunks: [PartitionBuffer.Chunk] = []
  private var records = PackedRecords()
  private var base: Int64 = 0
  private var source: TopicPartition?
  private var sourceBytes: [UInt8] = []
  /// How the first record of `records` follows what its source sent before, and how the next one
  /// does if nothing is missing.
  private var link: SourceLink?
  private var expected: SourceLink?
  private let readsMarks: Bool
  private var headers: [PackedRecords.RawHeader] = []

  /// Packs from an offset on.
  ///
  /// - Parameter readsMarks: whether this program alone writes the topic. In one that others write,
  ///   a header of the mark's name is one like any other.
  init(from offset: Int64, readsMarks: Bool = true) {
    next = offset
    self.readsMarks = readsMarks
  }

  /// Adds a record; nothing where it was added already.
  func add(_ message: UnsafeMutablePointer<rd_kafka_message_t>) {
    let offset = message.pointee.offset
    guard offset >= next else { return }
    let mark = readHeaders(message)
    let sourceBytes = mark?.source ?? UnsafeRawBufferPointer(start: nil, count: 0)
    let isSameSource = self.sourceBytes.withUnsafeBytes { Self.areEqual($0, sourceBytes) }
    let follows = expected == mark?.link
    if offset != next || !isSameSource || !follows || records.count >= Self.chunkRecords
      || records.bytes.count >= Self.chunkBytes
    {
      closeChunk()
    }
    if !isSameSource {
      self.sourceBytes = Array(sourceBytes)
      source = RecordMark.source(sourceBytes)
    }
    if records.isEmpty {
      base = offset
      link = mark?.link
    }
    expected = mark?.link
    if let mark, expected != nil {
      expected?.previous = .record(input: mark.input, ordinal: mark.ordinal)
    }
    let value = message.pointee.payload.map {
      UnsafeRawBufferPointer(start: $0, count: message.pointee.len)
    }
    var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
    let timestamp = rd_kafka_message_timestamp(message, &type)
    records.append(
      key: UnsafeRawBufferPointer(start: message.pointee.key, count: message.pointee.key_len),
      value: value, headers: headers, timestamp: mark?.timestamp ?? timestamp,
      input: mark?.input ?? 0, ordinal: mark?.ordinal ?? 0)
    next = offset + 1
  }

  /// Notes that there are no records before an offset.
  func skip(to offset: Int64) {
    guard offset > next else { return }
    closeChunk()
    chunks.append(PartitionBuffer.Chunk(segment: nil, end: offset))
    next = offset
  }

  /// What was packed since the last call.
  func take() -> [PartitionBuffer.Chunk] {
    closeChunk()
    defer { chunks = [] }
    return chunks
  }

  private func closeChunk() {
    guard !records.isEmpty else { return }
    let segment = ReadBatch.Segment(
      source: source, baseOffset: base, records: records, link: link)
    chunks.append(PartitionBuffer.Chunk(segment: segment, end: next))
    records = PackedRecords(reserving: records.bytes.count)
  }

  /// Leaves a message's headers in `headers`, but for our mark, which it answers.
  private func readHeaders(
    _ message: UnsafeMutablePointer<rd_kafka_message_t>
  ) -> RecordMark? {
    headers.removeAll(keepingCapacity: true)
    var list: OpaquePointer?
    guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else {
      return nil
    }
    var index = 0
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while rd_kafka_header_get_all(list, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
      if let name {
        headers.append(
          (
            UnsafeRawBufferPointer(start: name, count: strlen(name)),
            UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : size)
          ))
      }
      index += 1
    }
    guard readsMarks, let last = headers.last, Self.isMark(last.name),
      let mark = RecordMark(last.value)
    else {
      return nil
    }
    headers.removeLast()
    return mark
  }

  private static func isMark(_ name: UnsafeRawBufferPointer) -> Bool {
    RecordMark.name.withUTF8Buffer { areEqual(UnsafeRawBufferPointer($0), name) }
  }

  /// Byte for byte, at the speed of memory: both are looked at for each record.
  private static func areEqual(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    guard let first = a.baseAddress, let second = b.baseAddress else { return true }
    return memcmp(first, second, a.count) == 0
  }
}

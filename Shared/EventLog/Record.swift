/// One message by itself: what producers and tests make. Stages read ``RecordView``s instead.
public struct Record: Sendable, Equatable {
  /// Decides the partition; empty for none.
  public var key: [UInt8]
  /// The message; nil deletes the key in a compacted topic.
  public var value: [UInt8]?
  /// CloudEvents attributes in Kafka's binary mode, and whatever else a producer adds.
  public var headers: [Header]
  /// Milliseconds since the epoch at which the fact was received.
  public var timestamp: Int64

  /// A name and its bytes.
  public struct Header: Sendable, Equatable {
    /// Its name, such as `ce_type`.
    public var name: String
    /// Its bytes, in whatever encoding its writer chose.
    public var value: [UInt8]

    /// A header of a record.
    public init(name: String, value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// A message with its key, headers and time of receipt.
  public init(key: [UInt8], value: [UInt8]?, headers: [Header] = [], timestamp: Int64) {
    self.key = key
    self.value = value
    self.headers = headers
    self.timestamp = timestamp
  }
}

/// A record where it lies in its batch. Its pointers are good only while the batch is being read.
public struct RecordView {
  let frame: UnsafeRawBufferPointer

  init(frame: UnsafeRawBufferPointer) { self.frame = frame }

  /// Decides the partition; empty for none.
  public var key: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: frame[PackedRecords.frame..<PackedRecords.frame + keyLength])
  }

  /// The message; nil deletes the key in a compacted topic.
  public var value: UnsafeRawBufferPointer? {
    let length = PackedRecords.field(frame, 4)
    guard length != PackedRecords.noValue else { return nil }
    let start = PackedRecords.frame + keyLength
    return UnsafeRawBufferPointer(rebasing: frame[start..<start + Int(length)])
  }

  /// The record's ordinal among the outputs of that input, from 0.
  public var ordinal: UInt32 { PackedRecords.field(frame, 12) }

  /// The offset of the input that made this record.
  public var input: Int64 {
    Int64(littleEndian: frame.loadUnaligned(fromByteOffset: 16, as: Int64.self))
  }

  /// Milliseconds since the epoch at which the fact was received.
  public var timestamp: Int64 {
    Int64(littleEndian: frame.loadUnaligned(fromByteOffset: 24, as: Int64.self))
  }

  /// How many headers there are.
  public var headerCount: Int {
    var count = 0
    forEachHeader { _, _ in count += 1 }
    return count
  }

  /// The value of the first header of a name; nil if there is none.
  public func header(_ name: StaticString) -> UnsafeRawBufferPointer? {
    let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    var found: UnsafeRawBufferPointer?
    forEachHeader { name, value in
      if found == nil, name.elementsEqual(wanted) { found = value }
    }
    return found
  }

  private func forEachHeader(
    _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void
  ) {
    var position = frame.count - Int(PackedRecords.field(frame, 8))
    while position < frame.count {
      let length = Int(
        UInt16(littleEndian: frame.loadUnaligned(fromByteOffset: position, as: UInt16.self)))
      let nameEnd = position + 2 + length
      let valueEnd = nameEnd + 4 + Int(PackedRecords.field(frame, nameEnd))
      body(
        UnsafeRawBufferPointer(rebasing: frame[position + 2..<nameEnd]),
        UnsafeRawBufferPointer(rebasing: frame[nameEnd + 4..<valueEnd]))
      position = valueEnd
    }
  }

  /// The record's headers, read when asked for.
  public var headers: [Record.Header] {
    var headers: [Record.Header] = []
    forEachHeader { name, value in
      headers.append(
        Record.Header(name: String(decoding: name, as: UTF8.self), value: Array(value)))
    }
    return headers
  }

  /// A copy that outlives the batch.
  public var record: Record {
    Record(
      key: Array(key), value: value.map { Array($0) }, headers: headers, timestamp: timestamp)
  }

  private var keyLength: Int { Int(PackedRecords.field(frame, 0)) }
}

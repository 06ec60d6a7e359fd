/// Records one behind the other in one buffer: what an outbox row, a batch of the embedded log and
/// a step's output all are, so that a record is encoded once and only copied from then on.
///
/// A record is `UInt32` length of the key, `UInt32` length of the value (all ones: no value),
/// `UInt32` length of the headers, `UInt32` ordinal, `Int64` input offset, `Int64` timestamp, all
/// little-endian, then key, value and headers. The layout is on disk: it is never changed.
public struct PackedRecords: Sendable, Equatable {
  /// The packed bytes.
  public internal(set) var bytes: [UInt8]
  /// How many records there are.
  public internal(set) var count: Int

  static let frame = 32
  static let noValue = UInt32.max

  /// No records.
  public init() {
    bytes = []
    count = 0
  }

  /// No records, and memory for so many bytes of them.
  package init(reserving capacity: Int) {
    self.init()
    bytes.reserveCapacity(capacity)
  }

  /// Records packed earlier.
  ///
  /// - Throws: ``EventLogError/damaged(_:)`` where the bytes are not whole records.
  public init(bytes: [UInt8], count: Int) throws(EventLogError) {
    self.bytes = bytes
    self.count = count
    var position = 0
    var found = 0
    while position + Self.frame <= bytes.count {
      let (length, isWhole) = bytes.withUnsafeBytes { Self.check($0, position) }
      guard isWhole else { break }
      position += length
      found += 1
    }
    guard position == bytes.count, found == count else {
      throw .damaged("a batch of \(count) records has \(found) in \(bytes.count) bytes")
    }
  }

  /// Whether there is no record.
  public var isEmpty: Bool { count == 0 }

  /// Adds a record whose value is written straight into the buffer.
  ///
  /// - Parameters:
  ///   - key: decides the partition; empty for none.
  ///   - timestamp: milliseconds since the epoch at which the fact was received.
  ///   - input: the offset, in the source's log, of the input that made this record.
  ///   - ordinal: its ordinal among the outputs, from 0.
  ///   - value: appends the value to the buffer.
  public mutating func append(
    key: UnsafeRawBufferPointer, timestamp: Int64, input: Int64 = 0, ordinal: UInt32 = 0,
    value: (inout [UInt8]) throws -> Void
  ) rethrows {
    let start = bytes.count
    appendFrame(key: key, timestamp: timestamp, input: input, ordinal: ordinal)
    let valueStart = bytes.count
    do {
      try value(&bytes)
    } catch {
      bytes.removeSubrange(start...)
      throw error
    }
    patch(UInt32(bytes.count - valueStart), at: start + 4)
    count += 1
  }

  /// Adds a record.
  public mutating func append(_ record: Record, input: Int64 = 0, ordinal: UInt32 = 0) {
    let start = bytes.count
    let length = record.value.map { UInt32($0.count) } ?? Self.noValue
    record.key.withUnsafeBytes {
      appendFrame(
        key: $0, value: length, timestamp: record.timestamp, input: input, ordinal: ordinal)
    }
    bytes.append(contentsOf: record.value ?? [])
    let headersStart = bytes.count
    for header in record.headers {
      appendInteger(UInt16(header.name.utf8.count))
      bytes.append(contentsOf: header.name.utf8)
      appendInteger(UInt32(header.value.count))
      bytes.append(contentsOf: header.value)
    }
    patch(UInt32(bytes.count - headersStart), at: start + 8)
    count += 1
  }

  /// Adds a record as it stands in another batch.
  public mutating func append(copying view: RecordView) {
    bytes.append(contentsOf: view.frame)
    count += 1
  }

  /// Forgets the records and keeps the memory.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    count = 0
  }

  /// Calls `body` with each record from the `skipping`-th on; a view is good only within the call.
  public func forEach(skipping skipped: Int = 0, _ body: (RecordView) throws -> Void) rethrows {
    try bytes.withUnsafeBytes { buffer in
      var position = 0
      var index = 0
      while position < buffer.count {
        let length = Self.length(buffer, position)
        if index >= skipped {
          let range = position..<position + length
          try body(RecordView(frame: UnsafeRawBufferPointer(rebasing: buffer[range])))
        }
        position += length
        index += 1
      }
    }
  }

  /// What `body` makes of the record at an index, from 0; nil if there is none. A view is good only
  /// within the call.
  public func record<Answer>(
    at index: Int, _ body: (RecordView) throws -> Answer
  ) rethrows -> Answer? {
    guard (0..<count).contains(index) else { return nil }
    return try bytes.withUnsafeBytes { buffer in
      var position = 0
      for _ in 0..<index { position += Self.length(buffer, position) }
      let range = position..<position + Self.length(buffer, position)
      return try body(RecordView(frame: UnsafeRawBufferPointer(rebasing: buffer[range])))
    }
  }

  /// The length of the record at a position, and whether it and its headers end in their bounds.
  private static func check(
    _ buffer: UnsafeRawBufferPointer, _ start: Int
  ) -> (length: Int, isWhole: Bool) {
    let length = length(buffer, start)
    let end = start + length
    guard end <= buffer.count else { return (length, false) }
    var position = end - Int(field(buffer, start + 8))
    while position < end {
      guard position + 2 <= end else { return (length, false) }
      let name = buffer.loadUnaligned(fromByteOffset: position, as: UInt16.self)
      position += 2 + Int(UInt16(littleEndian: name))
      guard position + 4 <= end else { return (length, false) }
      position += 4 + Int(field(buffer, position))
    }
    return (length, position == end)
  }

  static func length(_ buffer: UnsafeRawBufferPointer, _ position: Int) -> Int {
    let value = field(buffer, position + 4)
    return frame + Int(field(buffer, position)) + (value == noValue ? 0 : Int(value))
      + Int(field(buffer, position + 8))
  }

  static func field(_ buffer: UnsafeRawBufferPointer, _ position: Int) -> UInt32 {
    UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: position, as: UInt32.self))
  }

  /// Appends the frame of a record without headers, and its key.
  mutating func appendFrame(
    key: UnsafeRawBufferPointer, value: UInt32 = 0, timestamp: Int64, input: Int64, ordinal: UInt32
  ) {
    bytes.append(addingCapacity: Self.frame + key.count) { span in
      span.withUnsafeMutableBufferPointer { memory, count in
        let frame = UnsafeMutableRawBufferPointer(memory)
        Self.store(UInt32(key.count), in: frame, at: 0)
        Self.store(value, in: frame, at: 4)
        Self.store(UInt32(0), in: frame, at: 8)
        Self.store(ordinal, in: frame, at: 12)
        Self.store(input, in: frame, at: 16)
        Self.store(timestamp, in: frame, at: 24)
        UnsafeMutableRawBufferPointer(rebasing: frame[Self.frame...]).copyMemory(from: key)
        count = Self.frame + key.count
      }
    }
  }

  mutating func appendInteger(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  @inline(__always)
  private static func store(
    _ value: some FixedWidthInteger, in memory: UnsafeMutableRawBufferPointer, at offset: Int
  ) {
    memory.storeBytes(of: value.littleEndian, toByteOffset: offset, as: type(of: value))
  }

  mutating func patch(_ value: UInt32, at position: Int) {
    bytes.withUnsafeMutableBytes {
      $0.storeBytes(of: value.littleEndian, toByteOffset: position, as: UInt32.self)
    }
  }
}

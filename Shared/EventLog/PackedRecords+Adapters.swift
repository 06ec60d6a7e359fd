/// What adapters need to pack what a broker delivers without making a ``Record`` of each.
extension PackedRecords {
  /// A header's name as it lies in memory, and its value.
  package typealias RawHeader = (name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)

  /// The longest name that a header can have; a longer one is cut.
  package static let longestHeaderName = Int(UInt16.max)

  /// Adds a record out of memory that is good only within the call.
  ///
  /// - Parameters:
  ///   - value: nil deletes the key in a compacted topic.
  ///   - headers: what its writer added; names are cut at ``longestHeaderName`` bytes.
  package mutating func append(
    key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?, headers: [RawHeader],
    timestamp: Int64, input: Int64, ordinal: UInt32
  ) {
    let start = bytes.count
    appendFrame(
      key: key, value: value.map { UInt32($0.count) } ?? Self.noValue, timestamp: timestamp,
      input: input, ordinal: ordinal)
    if let value { bytes.append(contentsOf: value) }
    if !headers.isEmpty {
      let headersStart = bytes.count
      for header in headers {
        let name = header.name.prefix(Self.longestHeaderName)
        appendInteger(UInt16(name.count))
        bytes.append(contentsOf: name)
        appendInteger(UInt32(header.value.count))
        bytes.append(contentsOf: header.value)
      }
      patch(UInt32(bytes.count - headersStart), at: start + 8)
    }
    count += 1
  }

  /// How many records at the front keep to a limit; one at least, where there is one.
  package func leading(records limit: Int, bytes limitBytes: Int) -> Int {
    guard count > limit || bytes.count > limitBytes else { return count }
    return bytes.withUnsafeBytes { buffer in
      var (position, leading) = (0, 0)
      while leading < count, leading < limit, leading == 0 || position < limitBytes {
        position += Self.length(buffer, position)
        leading += 1
      }
      return leading
    }
  }

  /// The records in pieces of at most so many bytes each, or of one record that is larger.
  package func pieces(atMost limit: Int) -> [PackedRecords] {
    guard bytes.count > limit, count > 1 else { return [self] }
    var pieces: [PackedRecords] = []
    bytes.withUnsafeBytes { buffer in
      var piece = PackedRecords()
      var (start, end) = (0, 0)
      func cut() {
        piece.bytes = Array(buffer[start..<end])
        pieces.append(piece)
        (piece, start) = (PackedRecords(), end)
      }
      while end < buffer.count {
        let length = Self.length(buffer, end)
        if end > start, end + length - start > limit { cut() }
        end += length
        piece.count += 1
      }
      cut()
    }
    return pieces
  }

  /// Which input made the last record, and its ordinal among the outputs; nil if there is none.
  package var lastMark: (input: Int64, ordinal: UInt32)? {
    bytes.withUnsafeBytes { buffer in
      var (position, last) = (0, 0)
      while position < buffer.count {
        last = position
        position += Self.length(buffer, position)
      }
      guard position > 0 else { return nil }
      return (
        Int64(littleEndian: buffer.loadUnaligned(fromByteOffset: last + 16, as: Int64.self)),
        Self.field(buffer, last + 12)
      )
    }
  }

  /// The first records, and the others.
  package func split(after first: Int) -> (PackedRecords, PackedRecords) {
    var position = 0
    let kept = Swift.min(first, count)
    bytes.withUnsafeBytes { buffer in
      for _ in 0..<kept { position += Self.length(buffer, position) }
    }
    var front = PackedRecords()
    var back = PackedRecords()
    front.bytes = Array(bytes[..<position])
    front.count = kept
    back.bytes = Array(bytes[position...])
    back.count = count - kept
    return (front, back)
  }
}

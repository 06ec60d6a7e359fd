import EventLog

/// Which input made a record, as a header of it, and its exact time where Kafka cannot hold that.
///
/// A producer's own records carry none. Layout, little-endian: a byte of flags, then what they name
/// in this order: `Int64` input offset and `UInt32` ordinal, `Int64` timestamp, `UInt64` epoch,
/// `Int64` input offset and `UInt32` ordinal of the record that the source sent to this partition
/// before (or a flag that there was none), `UInt32` version of the rules that made it, and `Int32`
/// partition with the topic's name up to the end. It stands in topics that are kept forever: it is
/// only ever added to, by further flags.
struct RecordMark: Equatable {
  /// The header's name; ours is a record's last.
  static let name: StaticString = "saldo-source"

  var input: Int64 = 0
  var ordinal: UInt32 = 0
  var timestamp: Int64?
  /// How the record follows what the source sent before; nil in a record of an earlier version.
  var link: SourceLink?
  /// The source as it stands in the header: the partition's number and the topic's name; empty for
  /// a producer's own record.
  var source: UnsafeRawBufferPointer

  private static let hasInput: UInt8 = 1
  private static let hasTimestamp: UInt8 = 2
  private static let hasSource: UInt8 = 4
  private static let hasEpoch: UInt8 = 8
  private static let hasPrevious: UInt8 = 16
  private static let isFirst: UInt8 = 32
  private static let hasRules: UInt8 = 64
  private static let known =
    hasInput | hasTimestamp | hasSource | hasEpoch | hasPrevious | isFirst | hasRules

  /// Kafka holds what lies after the epoch and before the year 10,000; librdkafka takes 0 for now.
  static func isPlain(timestamp: Int64) -> Bool {
    (1...253_402_300_799_999).contains(timestamp)
  }

  /// The bytes of a source within a header.
  static func bytes(of source: TopicPartition?) -> [UInt8] {
    guard let source else { return [] }
    return withUnsafeBytes(of: source.partition.littleEndian) { Array($0) } + source.topic.utf8
  }

  /// The source that bytes of a header name; nil for none.
  static func source(_ bytes: UnsafeRawBufferPointer) -> TopicPartition? {
    guard bytes.count >= 4 else { return nil }
    return TopicPartition(
      String(decoding: bytes[4...], as: UTF8.self),
      Int32(littleEndian: bytes.loadUnaligned(as: Int32.self)))
  }

  /// Writes the header's value over `buffer`; leaves it empty if the record needs none.
  static func write(
    _ record: RecordView, source: [UInt8], link: SourceLink? = nil, into buffer: inout [UInt8]
  ) {
    buffer.removeAll(keepingCapacity: true)
    let isPlain = isPlain(timestamp: record.timestamp)
    let hasInput = !source.isEmpty || record.input != 0 || record.ordinal != 0
    guard hasInput || !isPlain else { return }
    let link = source.isEmpty ? nil : link
    buffer.append(
      (hasInput ? Self.hasInput : 0) | (isPlain ? 0 : Self.hasTimestamp)
        | (source.isEmpty ? 0 : Self.hasSource) | flags(of: link))
    if hasInput {
      append(record.input, to: &buffer)
      append(record.ordinal, to: &buffer)
    }
    if !isPlain { append(record.timestamp, to: &buffer) }
    if let link {
      append(link.epoch, to: &buffer)
      if case .record(let input, let ordinal) = link.previous {
        append(input, to: &buffer)
        append(ordinal, to: &buffer)
      }
      if link.rules != 0 { append(link.rules, to: &buffer) }
    }
    buffer += source
  }

  /// Reads a header's value; nil if it is no mark, but somebody else's header of that name.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let flags = bytes.first,
      flags & ~Self.known == 0
    else { return nil }
    var position = 1
    func next<Value: FixedWidthInteger>(_: Value.Type) -> Value? {
      guard position + MemoryLayout<Value>.size <= bytes.count else { return nil }
      defer { position += MemoryLayout<Value>.size }
      return Value(
        littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: Value.self))
    }
    if flags & Self.hasInput != 0 {
      guard let input = next(Int64.self), let ordinal = next(UInt32.self) else { return nil }
      (self.input, self.ordinal) = (input, ordinal)
    }
    if flags & Self.hasTimestamp != 0 {
      guard let timestamp = next(Int64.self) else { return nil }
      self.timestamp = timestamp
    }
    if flags & Self.hasEpoch != 0 {
      guard let epoch = next(UInt64.self) else { return nil }
      link = SourceLink(epoch: epoch, previous: flags & Self.isFirst != 0 ? .nothing : .unknown)
    }
    if flags & Self.hasPrevious != 0 {
      guard let input = next(Int64.self), let ordinal = next(UInt32.self), link != nil else {
        return nil
      }
      link?.previous = .record(input: input, ordinal: ordinal)
    }
    if flags & Self.hasRules != 0 {
      guard let rules = next(UInt32.self), link != nil else { return nil }
      link?.rules = rules
    }
    source = UnsafeRawBufferPointer(rebasing: bytes[position...])
    guard (flags & Self.hasSource != 0) ? source.count > 4 : source.isEmpty else { return nil }
  }

  static func == (a: RecordMark, b: RecordMark) -> Bool {
    a.input == b.input && a.ordinal == b.ordinal && a.timestamp == b.timestamp
      && a.link == b.link && a.source.elementsEqual(b.source)
  }

  private static func flags(of link: SourceLink?) -> UInt8 {
    guard let link else { return 0 }
    let rules = link.rules == 0 ? 0 : hasRules
    return switch link.previous {
    case .unknown: hasEpoch | rules
    case .nothing: hasEpoch | isFirst | rules
    case .record: hasEpoch | hasPrevious | rules
    }
  }

  private static func append(_ value: some FixedWidthInteger, to buffer: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { buffer.append(contentsOf: $0) }
  }
}

import EventLog

/// The last record of its input that a store took: where it lies, and what it is. A log that has
/// another record there is another log, whatever its name.
public struct LastRecord: Sendable, Equatable {
  /// Its offset.
  public var offset: Int64
  /// The checksum of its key, value and time of receipt.
  public var checksum: UInt64

  /// The record at an offset.
  public init(offset: Int64, record: RecordView) {
    self.offset = offset
    var sum = Checksum()
    withUnsafeBytes(of: record.timestamp.littleEndian) { sum.add($0) }
    withUnsafeBytes(of: Int64(record.key.count).littleEndian) { sum.add($0) }
    sum.add(record.key)
    withUnsafeBytes(of: Int64(record.value?.count ?? -1).littleEndian) { sum.add($0) }
    if let value = record.value { sum.add(value) }
    checksum = sum.value
  }

  /// As a store holds it.
  init?(text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let offset = Int64(parts[0]), let checksum = UInt64(parts[1], radix: 16)
    else { return nil }
    self.offset = offset
    self.checksum = checksum
  }

  var text: String { "\(offset) \(String(checksum, radix: 16))" }
}

extension LastRecord: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let last = LastRecord(text: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "not an offset and a checksum")
    }
    self = last
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

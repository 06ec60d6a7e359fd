import EventLog

/// A record that says which offset it belongs at, so that whoever reads it can tell a lost, a
/// repeated and a torn one.
public enum NumberedRecord {
  /// The record for an offset; its length and every byte follow from the number.
  public static func make(_ number: Int64) -> Record {
    let length = Int(number.multipliedReportingOverflow(by: 7_919).partialValue & 0x1fff)
    return Record(
      key: Array("key-\(number % 17)".utf8),
      value: withUnsafeBytes(of: number.littleEndian) { Array($0) }
        + [UInt8](repeating: UInt8(truncatingIfNeeded: number &* 31), count: length),
      headers: [Record.Header(name: "number", value: Array("\(number)".utf8))],
      timestamp: number)
  }
}

/// A moment in UTC, in nanoseconds since 1970-01-01T00:00:00Z.
public struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch.
  public let nanoseconds: Int64

  /// The moment that is so many nanoseconds after the epoch.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Reads an RFC 3339 instant: date, `T`, time, optional fraction, `Z` or an offset.
  ///
  /// - Throws: ``LedgerError/notAnInstant``, or ``LedgerError/dateOutOfRange`` outside 1990-2100.
  public init(utf8 text: UnsafeRawBufferPointer) throws(LedgerError) {
    guard text.count >= 20, text[10] | 0x20 == UInt8(ascii: "t"), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":"), let hour = Self.two(text, 11), let minute = Self.two(text, 14),
      let second = Self.two(text, 17), hour < 24, minute < 60, second <= 60,
      let date = try? CalendarDate(utf8: UnsafeRawBufferPointer(rebasing: text[0..<10]))
    else { throw .notAnInstant }
    guard DateRange.accepts(date) else { throw .dateOutOfRange }
    var index = 19
    var nanos: Int64 = 0
    if text[index] == UInt8(ascii: ".") {
      index += 1
      let start = index
      var unit: Int64 = 100_000_000
      while index < text.count, text[index] &- UInt8(ascii: "0") < 10 {
        nanos += Int64(text[index] - UInt8(ascii: "0")) * unit
        unit /= 10
        index += 1
      }
      guard index > start else { throw .notAnInstant }
    }
    var seconds = Int64(date.days) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    seconds -= try Self.offset(UnsafeRawBufferPointer(rebasing: text[index...]))
    nanoseconds = seconds * 1_000_000_000 + nanos
  }

  /// Reads an RFC 3339 instant.
  ///
  /// - Throws: ``LedgerError/notAnInstant`` or ``LedgerError/dateOutOfRange``.
  public init(_ text: String) throws(LedgerError) {
    let bytes = Array(text.utf8)
    let parsed = bytes.withUnsafeBytes { buffer in
      Result { () throws(LedgerError) in try Instant(utf8: buffer) }
    }
    self = try parsed.get()
  }

  public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

  /// Seconds east of UTC that `Z`, `+hh:mm` or `-hh:mm` stands for.
  private static func offset(_ text: UnsafeRawBufferPointer) throws(LedgerError) -> Int64 {
    if text.count == 1, text[0] | 0x20 == UInt8(ascii: "z") { return 0 }
    guard text.count == 6, text[3] == UInt8(ascii: ":"), let hours = two(text, 1),
      let minutes = two(text, 4), hours < 24, minutes < 60
    else { throw .notAnInstant }
    let seconds = Int64(hours * 3_600 + minutes * 60)
    switch text[0] {
    case UInt8(ascii: "+"): return seconds
    case UInt8(ascii: "-"): return -seconds
    default: throw .notAnInstant
    }
  }

  private static func two(_ text: UnsafeRawBufferPointer, _ at: Int) -> Int? {
    let (high, low) = (text[at] &- UInt8(ascii: "0"), text[at + 1] &- UInt8(ascii: "0"))
    guard high < 10, low < 10 else { return nil }
    return Int(high) * 10 + Int(low)
  }
}

extension Instant: CustomStringConvertible {
  /// RFC 3339 in UTC, with as many decimals as it needs.
  public var description: String {
    let (seconds, nanos) = Self.floorDivide(nanoseconds, 1_000_000_000)
    let (days, rest) = Self.floorDivide(seconds, 86_400)
    let two = { (value: Int64) in value < 10 ? "0\(value)" : "\(value)" }
    var text = CalendarDate(days: Int32(days)).description + "T" + two(rest / 3_600) + ":"
    text += two(rest / 60 % 60) + ":" + two(rest % 60)
    if nanos > 0 {
      text += ExactDecimal(mantissa: Int128(nanos), scale: 9).description.dropFirst()
    }
    return text + "Z"
  }

  private static func floorDivide(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
    return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
  }
}

extension Instant: Codable {
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

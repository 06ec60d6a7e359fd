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
    try self.init(anyUTF8: text)
    guard let date = try? CalendarDate(utf8: UnsafeRawBufferPointer(rebasing: text[0..<10])),
      DateRange.accepts(date)
    else { throw .dateOutOfRange }
  }

  /// Reads any instant that 64 bits of nanoseconds hold, as ``description`` writes them: what the
  /// system wrote itself is not held to the range of facts.
  ///
  /// - Throws: ``LedgerError/notAnInstant`` or ``LedgerError/dateOutOfRange``.
  public init(anyUTF8 text: UnsafeRawBufferPointer) throws(LedgerError) {
    guard text.count >= 20, text[10] | 0x20 == UInt8(ascii: "t"), text[13] == UInt8(ascii: ":"),
      text[16] == UInt8(ascii: ":"), let hour = Self.two(text, 11), let minute = Self.two(text, 14),
      let second = Self.two(text, 17), hour < 24, minute < 60, second <= 60,
      let date = try? CalendarDate(utf8: UnsafeRawBufferPointer(rebasing: text[0..<10]))
    else { throw .notAnInstant }
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
    let wide = Int128(seconds) * 1_000_000_000 + Int128(nanos)
    guard let narrow = Int64(exactly: wide) else { throw .dateOutOfRange }
    nanoseconds = narrow
  }

  /// Reads an RFC 3339 instant.
  ///
  /// - Throws: ``LedgerError/notAnInstant`` or ``LedgerError/dateOutOfRange``.
  public init(_ text: String) throws(LedgerError) {
    self = try Self.parsing(text, Instant.init(utf8:))
  }

  private static func parsing(
    _ text: String, _ read: (UnsafeRawBufferPointer) throws(LedgerError) -> Instant
  ) throws(LedgerError) -> Instant {
    var text = text
    let parsed = text.withUTF8 { bytes in
      Result { () throws(LedgerError) in try read(UnsafeRawBufferPointer(bytes)) }
    }
    return try parsed.get()
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
    String(unsafeUninitializedCapacity: Self.longestText) { buffer in
      write(to: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// The bytes of the longest instant: `2026-01-31T23:59:59.123456789Z`.
  public static let longestText = 30

  /// Writes what ``description`` says and returns how many bytes it took.
  ///
  /// - Precondition: the buffer holds ``longestText`` bytes.
  public func write(to buffer: UnsafeMutableRawBufferPointer) -> Int {
    let (seconds, nanos) = Self.floorDivide(nanoseconds, 1_000_000_000)
    let (days, rest) = Self.floorDivide(seconds, 86_400)
    CalendarDate(days: Int32(days)).write(to: buffer)
    func two(_ value: Int64, at position: Int, after mark: StaticString) {
      buffer[position - 1] = mark.utf8Start[0]
      buffer[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10)
      buffer[position + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10)
    }
    two(rest / 3_600, at: 11, after: "T")
    two(rest / 60 % 60, at: 14, after: ":")
    two(rest % 60, at: 17, after: ":")
    var count = 19
    if nanos > 0 {
      buffer[count] = UInt8(ascii: ".")
      count += 1
      var fraction = nanos
      var unit: Int64 = 100_000_000
      while fraction > 0 {
        buffer[count] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / unit)
        fraction %= unit
        unit /= 10
        count += 1
      }
    }
    buffer[count] = UInt8(ascii: "Z")
    return count + 1
  }

  private static func floorDivide(_ value: Int64, _ by: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: by)
    return remainder < 0 ? (quotient - 1, remainder + by) : (quotient, remainder)
  }
}

extension Instant: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decoder.read { (text) throws(LedgerError) in
      try Instant.parsing(text, Instant.init(anyUTF8:))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

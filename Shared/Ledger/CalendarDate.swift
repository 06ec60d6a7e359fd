/// A day of the Gregorian calendar, as days since 1970-01-01.
///
/// Parsed and written by hand: a formatter costs 75 µs a parse.
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01; may be negative.
  public let days: Int32

  /// The day that is so many days after 1970-01-01.
  @inlinable
  public init(days: Int32) { self.days = days }

  /// The day of a valid year, month and day.
  public init(year: Int, month: Int, day: Int) {
    // Days from civil, after Howard Hinnant's chrono-compatible date algorithms.
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    days = Int32(era * 146_097 + dayOfEra - 719_468)
  }

  /// Reads `YYYY-MM-DD`.
  ///
  /// - Throws: ``LedgerError/notADate``.
  public init(utf8 text: UnsafeRawBufferPointer) throws(LedgerError) {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else {
      throw .notADate
    }
    guard let year = Self.number(text, 0, 4), let month = Self.number(text, 5, 7),
      let day = Self.number(text, 8, 10), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { throw .notADate }
    self.init(year: year, month: month, day: day)
  }

  /// Reads `YYYY-MM-DD`.
  ///
  /// - Throws: ``LedgerError/notADate``.
  public init(_ text: String) throws(LedgerError) {
    var copy = text
    let date = copy.withUTF8 { bytes -> CalendarDate? in
      try? CalendarDate(utf8: UnsafeRawBufferPointer(bytes))
    }
    guard let date else { throw .notADate }
    self = date
  }

  /// Year, month and day of month.
  public var civil: (year: Int, month: Int, day: Int) {
    let shifted = Int(days) + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// So many calendar months later, clamped to the month's last day (Rules.md#R2.4).
  public func adding(months: Int) -> CalendarDate {
    let (year, month, day) = civil
    let total = year * 12 + month - 1 + months
    let (newYear, newMonth) = (total / 12, total % 12 + 1)
    let last = Self.length(ofMonth: newMonth, year: newYear)
    return CalendarDate(year: newYear, month: newMonth, day: min(day, last))
  }

  @inlinable
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.days < b.days }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func number(_ text: UnsafeRawBufferPointer, _ from: Int, _ to: Int) -> Int? {
    var value = 0
    for index in from..<to {
      let digit = text[index] &- UInt8(ascii: "0")
      guard digit < 10 else { return nil }
      value = value * 10 + Int(digit)
    }
    return value
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    String(unsafeUninitializedCapacity: 10) { buffer in
      write(to: UnsafeMutableRawBufferPointer(buffer))
      return 10
    }
  }

  /// Writes the ten bytes of `YYYY-MM-DD`.
  public func write(to buffer: UnsafeMutableRawBufferPointer) {
    let (year, month, day) = civil
    let dash = UInt8(ascii: "-")
    let zero = UInt8(ascii: "0")
    buffer[0] = zero + UInt8(year / 1000 % 10)
    buffer[1] = zero + UInt8(year / 100 % 10)
    buffer[2] = zero + UInt8(year / 10 % 10)
    buffer[3] = zero + UInt8(year % 10)
    buffer[4] = dash
    buffer[5] = zero + UInt8(month / 10)
    buffer[6] = zero + UInt8(month % 10)
    buffer[7] = dash
    buffer[8] = zero + UInt8(day / 10)
    buffer[9] = zero + UInt8(day % 10)
  }
}

extension CalendarDate: Codable {
  public init(from decoder: any Decoder) throws {
    self = try decoder.read { (text) throws(LedgerError) in try CalendarDate(text) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// The days that a fact may have: outside 1990-2100 a date is taken for a typing error.
public enum DateRange {
  /// 1990-01-01.
  public static let first = CalendarDate(year: 1990, month: 1, day: 1)
  /// 2100-12-31.
  public static let last = CalendarDate(year: 2100, month: 12, day: 31)

  /// Whether a fact may have this date.
  public static func accepts(_ date: CalendarDate) -> Bool { date >= first && date <= last }
}

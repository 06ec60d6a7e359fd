/// What can go wrong with a number, a date or a name before it enters the books.
///
/// The cases carry no text: the caller, who knows the field and the fact, adds them.
public enum LedgerError: Error, Equatable, Sendable {
  /// The text is not a plain decimal (`-12.5`, `0.000001`, `1e3`).
  case notADecimal
  /// The value does not fit the 64-bit amounts of the books, or an exact product does not fit 128
  /// bits.
  case overflow
  /// The text is not a `YYYY-MM-DD` day of the calendar.
  case notADate
  /// The text is not an RFC 3339 instant.
  case notAnInstant
  /// The day is outside 1990-2100.
  case dateOutOfRange
}

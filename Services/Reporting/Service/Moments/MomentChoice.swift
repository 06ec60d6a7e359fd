import EventLog
import Ledger

/// Which knowledge of the books is reported.
public enum MomentChoice: Sendable, Equatable {
  /// All that is known now.
  case now
  /// What the ledger had posted by an instant (Rules.md#R9.2).
  case known(Instant)
  /// What a corte names.
  case corte(Corte)
}

/// A moment to hold a report's against: what it does not name is as the report has it.
public enum ContrastChoice: Sendable, Equatable {
  /// The books as of a day.
  case asOf(CalendarDate)
  /// The books as they were known.
  case moment(MomentChoice)

  /// Reads `al:DAY`, `conocido:INSTANT` or `corte:TOKEN`.
  ///
  /// - Returns: nil where it is none of these.
  public init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let value = String(text[text.index(after: colon)...])
    switch text[..<colon] {
    case "al":
      guard let day = try? CalendarDate(value) else { return nil }
      self = .asOf(day)
    case "conocido":
      guard let instant = try? Instant(value) else { return nil }
      self = .moment(.known(instant))
    case "corte":
      guard let corte = try? Corte(token: value) else { return nil }
      self = .moment(.corte(corte))
    default: return nil
    }
  }
}

/// Opens the log that a data folder's books are made of, to be read beside who works on it; nil
/// where it holds none.
public typealias LogOpening = @Sendable () throws -> (any LogReader)?

/// What is said of the books as they were known at an instant, beside them.
public struct MomentHead: Sendable, Equatable {
  /// How many facts the log had received by then.
  public var received: Int64
  /// How many of those the ledger posted later, as far as it has by now: the documents that its
  /// entries name as their cause.
  public var postedLater: Int64
}

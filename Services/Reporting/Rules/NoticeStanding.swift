import Ledger

/// How the notice of an act of destruction stands: given long enough before the goods were
/// destroyed, or not.
public enum NoticeStanding: String, Sendable, CaseIterable {
  /// Given at least so many days before.
  case timely = "en_plazo"
  /// Given later than that, or after the act.
  case late = "fuera_de_plazo"
  /// No notice of that folio is known.
  case missing = "sin_aviso"

  /// - Parameters:
  ///   - days: between the notice and the act; nil where no notice is known.
  ///   - required: how many days there must be.
  public init(days: Int?, required: Int) {
    guard let days else {
      self = .missing
      return
    }
    self = days < required ? .late : .timely
  }

  /// The days between a notice and an act.
  public static func days(from notice: CalendarDate, to act: CalendarDate) -> Int {
    Int(act.days) - Int(notice.days)
  }
}

import Ledger

/// How what is left of an entry stands against its time limit (Rules.md#R6.1).
public enum EntryStanding: String, Sendable, CaseIterable {
  /// Something is left, and time too.
  case current = "vigente"
  /// Something is left, and its time ends within the days asked for.
  case dueSoon = "por_vencer"
  /// Something is left after its last day.
  case overdue = "vencido"
  /// Nothing is left.
  case exhausted = "agotado"

  /// - Parameters:
  ///   - balance: what is left.
  ///   - dueOn: the last day on which it may be discharged; nil for none.
  ///   - soon: how many days ahead of today count as soon.
  public init(balance: QuantitySum, dueOn: CalendarDate?, today: CalendarDate, soon: Int) {
    guard balance > .zero else {
      self = .exhausted
      return
    }
    guard let dueOn else {
      self = .current
      return
    }
    let left = Int(dueOn.days) - Int(today.days)
    self = left < 0 ? .overdue : left <= soon ? .dueSoon : .current
  }
}

import Ledger
import Messages

/// Why a fact is not in the books, as the report of pending facts says it.
public enum Reason {
  /// Of a fact that waits or that the facts known now reject: `code: detail`.
  public static func text(_ fact: PendingFact) -> String {
    fact.detail.isEmpty ? fact.code : "\(fact.code): \(fact.detail)"
  }

  /// Of a fact that was never taken: `code field: value (expected what)`.
  public static func text(_ event: RejectedEvent) -> String {
    var text = event.code.rawValue
    if !event.field.isEmpty { text += " " + event.field }
    if !event.value.isEmpty { text += ": " + event.value }
    if let expected = event.code.expected(of: event.field) { text += " (expected \(expected))" }
    return text
  }

  /// When a fact was received, in RFC 3339; empty outside the years that an ``Instant`` holds.
  public static func instant(milliseconds: Int64) -> String {
    let (nanoseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? "" : Instant(nanoseconds: nanoseconds).description
  }
}

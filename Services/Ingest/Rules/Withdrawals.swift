import Ledger
import Messages

/// What is withdrawn, as every partition knows it: of several withdrawals and cancellations of one
/// fact the one with the greatest (time, id, source) counts (Rules.md#R1.4).
public struct Withdrawals: Sendable {
  private struct Counting {
    var version: FactVersion
    var cancels: Bool
  }

  /// By what they name.
  private var counting: [Withdrawal.Target: Counting] = [:]

  /// What a withdrawal does to what was known.
  enum Effect {
    /// A later one counts.
    case none
    /// It counts, and says what was known.
    case confirms
    /// It counts, and the fact no longer does, or does again.
    case changes
  }

  /// Nothing is withdrawn.
  public init() {}

  var isEmpty: Bool { counting.isEmpty }

  /// Takes an event of a withdrawal, which says what is withdrawn; any other is none.
  public mutating func take(_ event: InboundEvent) {
    if case .withdrawal(let withdrawal) = event.payload { _ = take(withdrawal, event.version) }
  }

  /// Whether an event does not count, by its name or as a row of partes.csv.
  public func isWithdrawn(_ event: InboundEvent) -> Bool {
    guard !counting.isEmpty else { return false }
    return Withdrawal.targets(of: event).contains { isWithdrawn($0) }
  }

  /// Whether the fact does not count.
  func isWithdrawn(_ target: Withdrawal.Target) -> Bool { counting[target]?.cancels == false }

  /// Whether any withdrawal or cancellation names it.
  func isNamed(_ target: Withdrawal.Target) -> Bool { counting[target] != nil }

  mutating func take(
    _ withdrawal: Withdrawal, _ version: FactVersion
  ) -> Effect {
    let target = withdrawal.target
    let known = counting[target]
    if let known, version <= known.version { return .none }
    counting[target] = Counting(version: version, cancels: withdrawal.cancels)
    return known?.cancels ?? true == withdrawal.cancels ? .confirms : .changes
  }
}

extension Withdrawal {
  /// What withdrawals can call an event by.
  static func targets(of event: InboundEvent) -> [Target] {
    guard case .partes(let row) = event.payload else { return [.event(event.name)] }
    return [
      .event(event.name), .row(pedimento: row.pedimento, line: row.line, part: row.part),
    ]
  }
}

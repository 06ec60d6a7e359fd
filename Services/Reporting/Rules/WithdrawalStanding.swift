import Messages

/// How the withdrawal of a fact stands, as the report says it.
public enum WithdrawalStanding: String, Sendable {
  /// The books are those without the fact.
  case withdrawn = "retirado"
  /// It was cancelled: the fact counts, or will when it comes.
  case cancelled = "cancelado"
  /// The fact is not known yet.
  case waiting = "en_espera"

  /// The standing of what the greatest withdrawal or cancellation of a fact says.
  ///
  /// - Parameter state: the one of its record.
  public init(cancels: Bool, state: String) {
    if cancels {
      self = .cancelled
    } else {
      self = state == DocumentRecord.State.counts.rawValue ? .withdrawn : .waiting
    }
  }
}

import Ledger

/// What a withdrawal says, as its record has it: of several about one fact the one that counts.
public struct WithdrawalLine: Sendable, Equatable, Codable {
  /// Who says so.
  public var by: String?
  /// Whether the fact counts again.
  public var cancels: Bool
  /// The fact; nil while it is not known.
  public var fact: FoundFact?
  /// With ``part`` and ``pedimento`` the rows of partes.csv that are withdrawn; nil for an event.
  public var line: Int32?
  /// The withdrawal's own name.
  public var name: FactName
  /// The event that is withdrawn; nil for rows.
  public var of: FactName?
  public var part: String?
  public var pedimento: String?
  /// Why.
  public var reason: String
  /// When, as the withdrawal says.
  public var time: Instant

  init(cancels: Bool, name: FactName, reason: String, time: Instant) {
    self.cancels = cancels
    self.name = name
    self.reason = reason
    self.time = time
  }

  /// What a withdrawal says, and what is known of the fact.
  public init(_ withdrawal: Withdrawal, name: FactName, time: Instant, fact: FoundFact?) {
    by = withdrawal.by
    cancels = withdrawal.cancels
    self.fact = fact
    self.name = name
    reason = withdrawal.reason
    self.time = time
    switch withdrawal.target {
    case .event(let event): of = event
    case .row(let pedimento, let line, let part):
      self.pedimento = pedimento
      self.line = line
      self.part = part
    }
  }
}

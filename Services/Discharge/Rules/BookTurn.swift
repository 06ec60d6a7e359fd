/// When the facts that wait for a book are served (Decisions/0038).
///
/// Everything behind a late fact is served again, so late facts wait and are served together. When
/// that happens depends on the log alone. The book asks for its turn, a message that takes the way
/// of facts, behind those that are in transit. A book is served before its turn only when as many
/// facts have come as are served again for them.
public struct BookTurn: Equatable, Sendable {
  /// How many facts wait.
  public private(set) var waiting: Int64
  /// How many of them came since the turn was last asked for.
  public private(set) var joined: Int64
  /// How often the turn has come round while facts wait.
  public private(set) var rounds: Int64
  /// Whether a turn was asked for and has not come yet.
  public private(set) var isAsked: Bool

  /// So many facts, whatever the book holds, are served without waiting for the turn.
  public static let many: Int64 = 65_536
  /// A round of the log is worth serving so many facts again: a book of `n` facts is served after
  /// `n` by this many rounds at the latest.
  public static let factsInRound: Int64 = 256

  /// What to do now.
  public enum Step: Equatable, Sendable {
    /// Nothing; the turn is on its way, or nothing waits.
    case wait
    /// Ask for the turn.
    case ask
    /// Serve everything that waits.
    case serve
  }

  /// A turn as it was stored; nothing waits unless it says so.
  public init(
    waiting: Int64 = 0, joined: Int64 = 0, rounds: Int64 = 0, isAsked: Bool = false
  ) {
    self.waiting = waiting
    self.joined = joined
    self.rounds = rounds
    self.isAsked = isAsked
  }

  /// Whether nothing waits and no turn is on its way.
  public var isIdle: Bool { waiting == 0 && !isAsked }

  /// A fact joins those that wait.
  ///
  /// - Parameter facts: how many the book holds, which may all have to be served again.
  public mutating func join(bookOf facts: Int64) -> Step {
    waiting += 1
    joined += 1
    if waiting >= max(facts, Self.many) { return serve() }
    return isAsked ? .wait : ask()
  }

  /// The turn comes round.
  ///
  /// Where facts came meanwhile, more may be on their way: then the turn goes round once more,
  /// unless it has gone round as often as the serving is worth.
  ///
  /// - Parameter facts: how many the book holds.
  public mutating func comeRound(bookOf facts: Int64) -> Step {
    isAsked = false
    guard waiting > 0 else { return .wait }
    rounds += 1
    return joined == 0 || rounds * Self.factsInRound >= facts ? serve() : ask()
  }

  /// Asks for the turn of what waits unasked, as an earlier version of the program left it.
  public mutating func askAgain() { _ = ask() }

  private mutating func serve() -> Step {
    (waiting, joined, rounds) = (0, 0, 0)
    return .serve
  }

  private mutating func ask() -> Step {
    joined = 0
    isAsked = true
    return .ask
  }
}

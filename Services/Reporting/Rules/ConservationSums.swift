import Ledger

/// What of one part of one company came in and where it is, in millionths of the base unit.
///
/// What entries opened is what is left of it, in transit between plants, incorporated, lost, and
/// scrap that is owed or disposed of. Each term comes from rows of its own: lots say what came in
/// and is left, standing postings what went out, accounts of scrap what became of that.
public struct ConservationSums: Sendable, Equatable {
  /// By entries.
  public var opened: Int128 = 0
  /// By moves, at the receiving plants.
  public var arrived: Int128 = 0
  /// Left in the books of what is on hand.
  public var balance: Int128 = 0
  /// By exits and acts: incorporated, or not split.
  public var incorporated: Int128 = 0
  /// By exits (merma).
  public var waste: Int128 = 0
  /// Taken by moves, at the sending plants.
  public var moved: Int128 = 0
  /// By exits, as scrap (desperdicio): what accounts of scrap must hold or have held.
  public var scrap: Int128 = 0
  /// Left in accounts of scrap.
  public var scrapOwed: Int128 = 0
  /// Taken of accounts of scrap.
  public var scrapDisposed: Int128 = 0

  /// Nothing.
  public init() {}

  /// Taken at a plant and not at another yet; below zero while a correction travels.
  public var inTransit: Int128 { moved - arrived }

  /// What of the entries cannot be explained.
  public var difference: Int128 {
    opened - balance - inTransit - incorporated - waste - scrapOwed - scrapDisposed
  }

  /// Whether nothing is missing: of the entries, nor of the scrap that exits left.
  public var isWhole: Bool { difference == 0 && scrap == scrapOwed + scrapDisposed }

  /// Adds what another store says of the same part.
  public mutating func add(_ other: ConservationSums) {
    opened += other.opened
    arrived += other.arrived
    balance += other.balance
    incorporated += other.incorporated
    waste += other.waste
    moved += other.moved
    scrap += other.scrap
    scrapOwed += other.scrapOwed
    scrapDisposed += other.scrapDisposed
  }

  /// How the part stands.
  ///
  /// - Parameters:
  ///   - isUnderWay: whether the ledger has not yet told all that one movement changed.
  ///   - isSettled: whether every message that was sent has been taken, so that nothing travels.
  public func state(isUnderWay: Bool, isSettled: Bool) -> ConservationState {
    if isSettled { return isWhole && inTransit == 0 ? .holds : .alarm }
    if !isWhole { return isUnderWay ? .inTransit : .alarm }
    return inTransit == 0 && !isUnderWay ? .holds : .inTransit
  }
}

/// Whether what came in is accounted for.
public enum ConservationState: String, Sendable, CaseIterable {
  /// To the last millionth.
  case holds = "ok"
  /// But for what travels between the services at this moment.
  case inTransit = "en_transito"
  /// Not: something is wrong with the books or with what is told of them.
  case alarm = "alarma"
}

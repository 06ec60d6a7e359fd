import Messages

/// A movement that a document comes to. Only these have revisions: whatever else goes to a book is
/// said once, and withdrawn by nobody.
enum DerivedMovement {
  case lot(LotMovement)
  case demand(DemandMovement)

  /// What makes it the same from one derivation to the next.
  var identity: MovementIdentity {
    switch self {
    case .lot(let lot):
      MovementIdentity(
        isLot: true, plant: lot.plant, part: lot.part, date: lot.enteredOn, line: lot.line)
    case .demand(let demand):
      MovementIdentity(
        isLot: false, plant: demand.plant, part: demand.part, date: demand.date,
        line: demand.line, component: demand.component, product: demand.product ?? "",
        toPlant: demand.toPlant ?? "", directed: demand.directed != nil, account: demand.account)
    }
  }

  /// The message that tells its book, under a revision that the sender has counted.
  func message(revision: Int64) -> Movement {
    switch self {
    case .lot(var lot):
      lot.revision = revision
      return .lot(lot)
    case .demand(var demand):
      demand.revision = revision
      return .demand(demand)
    }
  }
}

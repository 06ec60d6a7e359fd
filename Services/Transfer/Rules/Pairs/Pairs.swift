import Ledger
import Messages

/// The core of the transfer service's second stage: pairs the two sides of virtual transfers (V1).
///
/// How the transfers stand is a function of the sides and decisions that are known, whatever the
/// order in which they came. What can change by a message is looked at anew, and only what differs
/// is sent, as the next revision. Without a clock: whether a side waits too long is for whoever
/// looks.
public struct Pairs<Storage: PairsStorage> {
  /// What is known, and what was sent.
  public var storage: Storage
  private let days: Int32

  /// - Parameter days: how many days may lie between two sides that are paired by their goods.
  public init(storage: Storage, days: Int32) {
    self.storage = storage
    self.days = days
  }

  /// Why a message is not taken.
  public enum Refusal: Error, Equatable, Sendable {
    /// Another decision came first under the same identity.
    case conflict(PairDecision)
  }

  /// Takes a message and sends what changes.
  ///
  /// - Parameter found: is told of a decision that a withdrawal names.
  /// - Throws: ``Refusal``, or what the storage throws.
  public mutating func apply(
    _ message: SideMessage, found: (FoundFact) throws -> Void = { _ in },
    _ send: (TransferState) throws -> Void
  ) throws {
    switch message {
    case .side(let side): try take(side, send)
    case .decision(let decision): try take(decision, found, send)
    case .withdrawal(let withdrawal): try take(withdrawal, found, send)
    }
  }

  private mutating func take(
    _ side: TransferSide, _ send: (TransferState) throws -> Void
  ) throws {
    let name = SideName(side)
    let old = try storage.side(name)
    if let old, old.revision >= side.revision { return }
    var touched: Set<TouchedRow> = []
    if let old, old.state == .counts { try touch([old], &touched) }
    try storage.save(side, as: name, marks: side.marks)
    if side.state == .counts { try touch([side], &touched) }
    try sendRows(touched, send)
  }

  private mutating func take(
    _ decision: PairDecision, _ found: (FoundFact) throws -> Void,
    _ send: (TransferState) throws -> Void
  ) throws {
    let known = try storage.fingerprint(ofDecision: decision.id, source: decision.source)
    if let known {
      guard known == decision.fingerprint else { throw Refusal.conflict(decision) }
      return
    }
    try storage.save(decision)
    if try storage.withdrawal(of: decision.name) != nil { try found(FoundFact(decision)) }
    var touched: Set<TouchedRow> = []
    try touch(ends(of: decision), &touched)
    try sendRows(touched, send)
  }

  /// A decision that is withdrawn was never made, until that is cancelled.
  private mutating func take(
    _ withdrawal: WithdrawalMessage, _ found: (FoundFact) throws -> Void,
    _ send: (TransferState) throws -> Void
  ) throws {
    if let known = try storage.withdrawal(of: withdrawal.of), withdrawal.version <= known.version {
      return
    }
    guard let decision = try storage.decision(withdrawal.of) else {
      return try storage.save(withdrawal)
    }
    try found(FoundFact(decision))
    // What it tied together, with it and without.
    var touched: Set<TouchedRow> = []
    try touch(ends(of: decision), &touched)
    try storage.save(withdrawal)
    try touch(ends(of: decision), &touched)
    try sendRows(touched, send)
  }

  /// The sides that a decision is about.
  private func ends(of decision: PairDecision) throws -> [TransferSide] {
    var ends: [TransferSide] = []
    for (document, role) in [
      (decision.sender, TransferRole.sender), (decision.receiver, .receiver),
    ] {
      let between = Between(
        sender: decision.sender.rfc, receiver: decision.receiver.rfc, role: role)
      ends += try storage.sides(marked: TransferSide.inChain(document.pedimento, between))
    }
    return ends
  }

  /// A row that may have to be sent anew.
  private struct TouchedRow: Hashable {
    var id: String
    var between: Between
    var root: String
  }

  private func touch(_ sides: [TransferSide], _ touched: inout Set<TouchedRow>) throws {
    var view = PairsView(storage: storage, days: days)
    let names = sides.map { view.note($0) }
    for name in try view.within(reachOf: names) {
      guard let side = view.side(name) else { continue }
      touched.insert(TouchedRow(id: side.transferID, between: side.own, root: side.root))
    }
  }

  private mutating func sendRows(
    _ touched: Set<TouchedRow>, _ send: (TransferState) throws -> Void
  ) throws {
    var view = PairsView(storage: storage, days: days)
    for row in touched.sorted(by: { CodePoints.precedes($0.id, $1.id) }) {
      try sendRow(row, &view, send)
    }
  }

  private mutating func sendRow(
    _ row: TouchedRow, _ view: inout PairsView<Storage>, _ send: (TransferState) throws -> Void
  ) throws {
    let sides = try storage.sides(marked: TransferSide.root(row.root, row.between))
    let counting = sides.max { CodePoints.precedes($0.pedimento, $1.pedimento) }
    let state = try counting.flatMap { try self.state(of: $0, &view) }
    let last = try storage.sent(row.id)
    guard var state else {
      guard let last, last.fingerprint != 0 else { return }
      let gone = SentTransfer(revision: last.revision + 1, fingerprint: 0)
      try storage.save(row.id, gone)
      try send(
        TransferState(
          id: row.id, receiverRFC: row.between.receiver, revision: gone.revision,
          senderRFC: row.between.sender, state: .withdrawn))
      return
    }
    var buffer: [UInt8] = []
    let fingerprint = state.fingerprint(using: &buffer)
    guard last?.fingerprint != fingerprint else { return }
    state.revision = (last?.revision ?? 0) + 1
    try storage.save(
      row.id, SentTransfer(revision: state.revision, fingerprint: fingerprint))
    try send(state)
  }

  /// How the transfer of a side stands, with revision 0; nil for the receiver's side of a pair,
  /// which stands in the sender's row.
  private func state(
    of side: TransferSide, _ view: inout PairsView<Storage>
  ) throws -> TransferState? {
    let name = view.note(side)
    var state = TransferState(
      id: side.transferID, receiverRFC: side.receiver, revision: 0, senderRFC: side.sender,
      state: side.role == .sender ? .senderOnly : .receiverOnly)
    switch try view.outcome(of: name) {
    case .alone: break
    case .ambiguous(let others):
      state.state = .proposed
      state.candidates = others.compactMap { view.side($0)?.document }
    case .paired(let other, let pairing):
      guard side.role == .sender, let counterpart = view.side(other) else { return nil }
      state.pairing = pairing
      state.receiver = Self.party(counterpart)
      state.differs = Goods(side.lines).differences(from: Goods(counterpart.lines))
      state.state = state.differs.isEmpty ? .paired : .differing
      state.decisions = try decisions(about: [side, counterpart])
    }
    if side.role == .sender {
      state.sender = Self.party(side)
    } else {
      state.receiver = Self.party(side)
    }
    if state.pairing == nil { state.decisions = try decisions(about: [side]) }
    return state
  }

  /// Everything that was decided about sides and the documents that they replaced, by time.
  private func decisions(about sides: [TransferSide]) throws -> [PairDecision] {
    var found: [PairDecision] = []
    for side in sides {
      for number in side.chain {
        let document = TransferDocument(pedimento: number, rfc: side.document.rfc)
        for decision in try storage.decisions(about: document)
        where decision.sender.rfc == side.sender && decision.receiver.rfc == side.receiver {
          if !found.contains(where: { $0.version == decision.version }) { found.append(decision) }
        }
      }
    }
    return found.sorted { $0.version < $1.version }
  }

  private static func party(_ side: TransferSide) -> TransferParty? {
    guard let date = side.date else { return nil }
    return TransferParty(
      date: date, lines: side.lines, names: side.names, pedimento: side.pedimento, root: side.root)
  }
}

extension FoundFact {
  fileprivate init(_ decision: PairDecision) {
    self.init(
      target: decision.name.text, type: "immex.transfer.decision.v1", rfc: decision.sender.rfc,
      document: decision.sender.pedimento)
  }
}

import Ledger
import Messages

extension Documents {
  /// Sends the movements that are new, other or gone, each as its next revision.
  ///
  /// What goes is sent before what comes, so that a book never has both.
  ///
  /// - Parameter cause: the withdrawal that is behind it, which books and ledger are told.
  mutating func send(
    _ movements: [DerivedMovement], of document: inout StoredDocument, because cause: FactName?,
    _ output: any DocumentsOutput
  ) {
    let identities = movements.map(\.identity)
    // Most documents are derived for the first time, with nothing to compare.
    var places: [MovementIdentity: Int] = [:]
    if !document.sent.isEmpty {
      withdraw(allBut: Set(identities), of: &document, because: cause, output)
      for (index, sent) in document.sent.enumerated() { places[sent.identity] = index }
    }
    for (movement, identity) in zip(movements, identities) {
      let fingerprint = movement.message(revision: 0).fingerprint(using: &buffer)
      let place = places.isEmpty ? nil : places[identity]
      if let place, document.sent[place].fingerprint == fingerprint { continue }
      let revision = place.map { document.sent[$0].revision + 1 } ?? 1
      let sent = SentMovement(identity: identity, revision: revision, fingerprint: fingerprint)
      if let place { document.sent[place] = sent } else { document.sent.append(sent) }
      movementsSent += 1
      output.send(movement.message(revision: revision).because(cause))
      // The other plant's book tells from now on what was received by the document.
      if !identity.toPlant.isEmpty, case .demand(let demand) = movement,
        let transit = TransitMovement(demand)
      {
        output.send(.transit(transit))
      }
    }
  }

  private mutating func withdraw(
    allBut identities: Set<MovementIdentity>, of document: inout StoredDocument,
    because cause: FactName?, _ output: any DocumentsOutput
  ) {
    for index in document.sent.indices where document.sent[index].fingerprint != 0 {
      guard !identities.contains(document.sent[index].identity) else { continue }
      document.sent[index].revision += 1
      document.sent[index].fingerprint = 0
      movementsSent += 1
      output.send(withdrawal(of: document.sent[index], document.id).because(cause))
    }
  }

  private func withdrawal(of sent: SentMovement, _ id: DocumentID) -> Movement {
    let identity = sent.identity
    if identity.isLot {
      return .lot(
        LotMovement(
          clave: "", dueOn: nil, enteredOn: identity.date, line: identity.line,
          part: identity.part, pedimento: id.number, plant: identity.plant, quantity: nil,
          revision: sent.revision, value: nil))
    }
    return .demand(
      DemandMovement(
        clave: "", component: identity.component, date: identity.date,
        directed: identity.directed ? [] : nil, document: id.number,
        incorporated: nil, line: identity.line, part: identity.part, plant: identity.plant,
        product: identity.product.isEmpty ? nil : identity.product, revision: sent.revision,
        scrap: nil, toPlant: identity.toPlant.isEmpty ? nil : identity.toPlant, waste: nil,
        account: identity.account))
  }
}

extension Movement {
  /// The movement with the withdrawal of a fact that is behind it.
  fileprivate func because(_ cause: FactName?) -> Movement {
    guard let cause else { return self }
    switch self {
    case .lot(var lot):
      lot.withdrawal = cause
      return .lot(lot)
    case .demand(var demand):
      demand.withdrawal = cause
      return .demand(demand)
    case .stock, .settle, .transit, .withdrawal: return self
    }
  }
}

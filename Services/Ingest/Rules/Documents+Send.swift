import Ledger
import Messages

extension Documents {
  /// Sends the movements that are new, other or gone, each as its next revision.
  ///
  /// What goes is sent before what comes, so that a book never has both.
  mutating func send(
    _ movements: [DerivedMovement], of document: inout StoredDocument,
    _ output: any DocumentsOutput
  ) {
    let identities = movements.map(\.identity)
    // Most documents are derived for the first time, with nothing to compare.
    var places: [MovementIdentity: Int] = [:]
    if !document.sent.isEmpty {
      withdraw(allBut: Set(identities), of: &document, output)
      for (index, sent) in document.sent.enumerated() { places[sent.identity] = index }
    }
    for (movement, identity) in zip(movements, identities) {
      let fingerprint = movement.message(revision: 0).fingerprint(using: &buffer)
      let place = places.isEmpty ? nil : places[identity]
      if let place, document.sent[place].fingerprint == fingerprint { continue }
      let revision = place.map { document.sent[$0].revision + 1 } ?? 1
      let sent = SentMovement(identity: identity, revision: revision, fingerprint: fingerprint)
      if let place { document.sent[place] = sent } else { document.sent.append(sent) }
      output.send(movement.message(revision: revision))
      // The other plant's book tells from now on what was received by the document.
      if !identity.toPlant.isEmpty, case .demand(let demand) = movement,
        let transit = TransitMovement(demand)
      {
        output.send(.transit(transit))
      }
    }
  }

  private func withdraw(
    allBut identities: Set<MovementIdentity>, of document: inout StoredDocument,
    _ output: any DocumentsOutput
  ) {
    for index in document.sent.indices where document.sent[index].fingerprint != 0 {
      guard !identities.contains(document.sent[index].identity) else { continue }
      document.sent[index].revision += 1
      document.sent[index].fingerprint = 0
      output.send(withdrawal(of: document.sent[index], document.id))
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

  /// Sends the document's record where it is not what was sent, and what is newly rejected.
  mutating func report(
    _ record: DocumentRecord, _ problems: [Statement.Problem], of document: inout StoredDocument,
    _ output: any DocumentsOutput
  ) throws {
    var record = record
    record.pending = []
    var rejected: [String] = []
    for problem in Self.joined(problems) {
      guard let stored = problem.fact < 0 ? document.main : document.parts[problem.fact] else {
        continue
      }
      let fact = try decode(stored.event)
      let (place, event) = EventPlace.taken(from: stored.event)
      record.pending.append(
        PendingFact(
          code: problem.code, detail: problem.detail, id: fact.id, received: stored.received,
          rejected: problem.rejected, source: fact.source, type: fact.type, place: place,
          plant: fact.plant))
      guard problem.rejected, let code = RejectionCode(rawValue: problem.code) else { continue }
      let key = fact.source + "\n" + fact.id + "\n" + problem.code
      rejected.append(key)
      guard !document.rejected.contains(key) else { continue }
      output.send(
        RejectedEvent(
          rejection: Rejection(code, field: "data", value: problem.detail),
          event: String(decoding: event, as: UTF8.self), source: fact.source, id: fact.id,
          type: fact.type, received: stored.received, provisional: true, place: place))
    }
    document.rejected = rejected
    var bytes: [UInt8] = []
    record.revision = 0
    record.write(to: &bytes)
    let fingerprint = bytes.withUnsafeBytes { Fingerprint.of($0) }
    guard fingerprint != document.recordFingerprint else { return }
    document.recordFingerprint = fingerprint
    document.recordRevision += 1
    record.revision = document.recordRevision
    output.send(record)
  }

  /// One entry for each fact and reason, with the details put together.
  private static func joined(_ problems: [Statement.Problem]) -> [Statement.Problem] {
    var joined: [Statement.Problem] = []
    for problem in problems {
      let same = joined.firstIndex { $0.fact == problem.fact && $0.code == problem.code }
      guard let same else {
        joined.append(problem)
        continue
      }
      guard !joined[same].detail.contains(problem.detail), joined[same].detail.utf8.count < 200
      else { continue }
      joined[same].detail += "; " + problem.detail
    }
    return joined
  }
}

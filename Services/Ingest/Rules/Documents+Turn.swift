import Ledger
import Messages

extension Documents {
  /// How many documents a turn derives at most; what else waits has another turn.
  static let documentsInTurn = 256
  /// With so many movements sent, a turn ends.
  private static let movementsInTurn = 10_000

  /// The partition's turn: derives what waits, each document once, however often it was touched.
  ///
  /// A turn comes back through the log, as an input like any other, so that what is sent is a
  /// function of the inputs alone and of no batch.
  ///
  /// - Throws: ``DocumentsError`` or what the storage throws.
  public mutating func takeTurn(_ output: any DocumentsOutput) throws {
    isTurnAsked = false
    for (subject, from, cause) in catalog.subjects(of: try storage.takeTouchedThings()) {
      try storage.touchDependents(on: subject, from: from, because: cause)
    }
    let sentBefore = movementsSent
    var left = Self.documentsInTurn
    while left > 0, movementsSent - sentBefore < Self.movementsInTurn, storage.hasTouched {
      // A few at a time: which ones wait may change while they are derived.
      let documents = try storage.takeTouched(atMost: min(left, 64))
      if documents.contains(where: \.facts) {
        try expand(documents)
        continue
      }
      left -= documents.count
      for touched in documents.sorted(by: { CodePoints.precedes($0.id, $1.id) }) {
        if movementsSent - sentBefore < Self.movementsInTurn {
          try derive(touched.id, because: touched.cause, output)
        } else {
          try storage.touch(touched.id, facts: false, because: touched.cause)
        }
      }
    }
    askTurn(output)
  }

  /// Lets what documents with changed facts can touch wait beside them: what goes and what comes in
  /// its stead are derived together.
  private func expand(_ documents: [TouchedDocument]) throws {
    for touched in documents {
      try storage.touch(touched.id, facts: false, because: touched.cause)
      guard touched.facts, let document = try storage.document(touched.id) else { continue }
      try touchGroup(of: document, because: touched.cause)
    }
  }

  /// Asks for a turn where something waits and none is on its way.
  mutating func askTurn(_ output: any DocumentsOutput) {
    guard !isTurnAsked, storage.hasTouched else { return }
    isTurnAsked = true
    output.askTurn()
  }

  /// Lets a document wait whose own facts have changed. With it, when its turn comes, everything
  /// that this can touch: what comes until then may depend on it as it is now.
  ///
  /// - Parameter cause: the withdrawal that is behind it.
  mutating func touch(_ document: StoredDocument, because cause: FactName? = nil) throws {
    statements[document.id.text] = nil
    try storage.touch(document.id.text, facts: true, because: cause)
  }

  /// Lets the chain of rectifications of a pedimento wait, and what names any pedimento of it.
  func touchGroup(of document: StoredDocument, because cause: FactName?) throws {
    let id = document.id
    guard id.kind == .pedimento else { return }
    for number in try chain(from: root(of: id.number, in: id.rfc).number, in: id.rfc) {
      if number != id.number { try storage.touch("P" + number, facts: false, because: cause) }
      try storage.touchDependents(on: "entry:" + number, from: nil, because: cause)
    }
    try storage.touchDependents(on: "entry:" + id.number, from: nil, because: cause)
  }

  /// Whether a document that was not known before can be derived at once: nothing that came earlier
  /// depends on it, so nothing need wait for a turn.
  func standsAlone(_ document: StoredDocument) throws -> Bool {
    let id = document.id
    guard id.kind == .pedimento else { return true }
    guard document.rectifies == nil else { return false }
    return try !storage.hasDependents(on: "entry:" + id.number)
      && storage.rectifications(of: id.number).isEmpty
  }
}

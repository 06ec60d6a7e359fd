import Ledger
import Messages

extension Documents {
  /// A version of what is said once that is greater than the one that counts and not complete yet.
  struct Waiting {
    /// Its place among the document's facts; -1 for the one that counts itself.
    var fact: Int
    var statement: Statement
  }

  /// All facts of a document but the one that counts, in the order in which they came.
  func facts(of document: StoredDocument) throws -> [StoredFact] {
    guard document.more > 0 else { return document.facts }
    return document.facts + (try storage.moreFacts(of: document.id.text))
  }

  /// What the version that counts says; nil if only rows of partes.csv are known, or for a move.
  mutating func statement(of document: StoredDocument) throws -> Statement? {
    guard let main = document.main else { return nil }
    let name = document.id.text
    if let known = statements[name] { return known }
    let statement = try read(main, beside: try facts(of: document))
    statements[name] = statement
    return statement
  }

  private mutating func read(_ main: StoredFact, beside facts: [StoredFact]) throws -> Statement? {
    switch try decode(main.event).payload {
    case .pedimento(let pedimento): return Statement(pedimento)
    case .destruction(let act): return Statement(act)
    case .destructionNotice(let notice): return Statement(notice)
    case .dataStage(let recorded):
      return Statement(recorded, rows: try partes(facts))
    default: return nil
    }
  }

  /// The rows of partes.csv among the facts of a document.
  mutating func partes(_ facts: [StoredFact]) throws -> PartesRows {
    var rows: [PartesRows.Row] = []
    for (fact, part) in facts.enumerated() {
      let event = try decode(part.event)
      guard case .partes(let row) = event.payload, !isWithdrawn(event) else { continue }
      rows.append(PartesRows.Row(fact: fact, source: event.source, id: event.id, row: row))
    }
    return PartesRows(rows)
  }

  /// Sees to it that the version counts that has to: of those that are complete the one with the
  /// greatest (time, id), or of all where none is (Rules.md#R3.4). Returns the greatest where it
  /// is another one, which waits for its partes.
  ///
  /// What a document is to others (whether it is known, whose it is, what it rectifies) changes
  /// here, and lets them wait for a turn.
  ///
  /// What is withdrawn never counts.
  mutating func chooseVersion(
    of document: inout StoredDocument, _ facts: inout [StoredFact], because cause: FactName?
  ) throws -> Waiting? {
    if document.versions == 0 {
      guard let main = document.main, document.id.kind != .withdrawal, !withdrawals.isEmpty,
        isWithdrawn(try decode(main.event))
      else { return nil }
      // It is one of several now, none of which counts.
      try add(main, to: &document, isVersion: true)
      facts = try self.facts(of: document)
    }
    var versions: [(version: FactVersion, fact: Int)] = []
    for (fact, stored) in facts.enumerated() {
      let event = try decode(stored.event)
      if event.payload.isSaidOnce, !isWithdrawn(event) { versions.append((event.version, fact)) }
    }
    versions.sort { $1.version < $0.version }
    var greatest: Waiting?
    var counting: Waiting?
    for version in versions {
      guard let statement = try read(facts[version.fact], beside: facts) else { continue }
      let read = Waiting(fact: version.fact, statement: statement)
      if greatest == nil { greatest = read }
      guard try isComplete(statement) else { continue }
      counting = read
      break
    }
    let chosen = counting ?? greatest
    try put(chosen, chosen.map { facts[$0.fact] }, in: &document, because: cause)
    return chosen?.fact == greatest?.fact ? nil : greatest
  }

  private mutating func put(
    _ chosen: Waiting?, _ fact: StoredFact?, in document: inout StoredDocument,
    because cause: FactName?
  ) throws {
    statements[document.id.text] = chosen?.statement
    guard document.main != fact else { return }
    // What was derived with what counted before is derived again: of the chain as it was, and as
    // it is from now on.
    try touchGroup(of: document, because: cause)
    document.main = fact
    document.rectifies = chosen?.statement.rectifies
    if let chosen { document.id.rfc = chosen.statement.rfc }
    try storage.save(document)
    try touchGroup(of: document, because: cause)
  }

  /// Whether a version can count as things stand: one without effect needs nothing beside it.
  private mutating func isComplete(_ statement: Statement) throws -> Bool {
    if statement.isComplete || statement.neverCounts || !statement.isPedimento { return true }
    guard let before = statement.rectifies else {
      return !statement.isRectification && statement.effect == .none
    }
    let root = try root(of: before, in: statement.rfc)
    guard root.isKnown, let document = try known(root.number, in: statement.rfc) else {
      return false
    }
    return try self.statement(of: document)?.effect == DocumentEffect.none
  }
}

extension InboundEvent.Payload {
  /// Whether of several events about one document only one counts; else every one does.
  var isSaidOnce: Bool {
    switch self {
    case .pedimento, .dataStage, .destruction, .destructionNotice: true
    default: false
    }
  }
}

import Ledger
import Messages

extension Documents {
  /// Derives a document again, and sends what differs.
  ///
  /// - Parameter cause: the withdrawal that is behind it.
  mutating func derive(
    _ id: String, because cause: FactName? = nil, _ output: any DocumentsOutput
  ) throws {
    guard var document = try storage.document(id) else { return }
    let old = document
    var facts = try facts(of: document)
    let waiting = try chooseVersion(of: &document, &facts, because: cause)
    guard var derived = try derivation(of: document, facts) else { return }
    if let waiting {
      // Rows are judged by what waits for them.
      derived.derivation.problems.removeAll { $0.fact >= 0 }
      var problems = waiting.statement.problems + [Self.incomplete(waiting.statement)]
      problems[problems.count - 1].fact = waiting.fact
      derived.derivation.problems += problems
    }
    for subject in derived.derivation.subjects.sorted(by: CodePoints.precedes) {
      try storage.note(id, dependsOn: subject)
    }
    send(derived.derivation.movements, of: &document, because: cause, output)
    derived.record.lines = derived.derivation.lines
    // Moves and sub-manufacture may be of several days.
    let mayBeOfSeveral = document.id.kind == .move || document.id.kind == .submanufacture
    document.date = mayBeOfSeveral ? nil : derived.record.date
    try report(derived.record, derived.derivation.problems, facts, of: &document, output)
    send(derived.derivation.side, of: &document, output)
    if document != old { try storage.save(document) }
  }

  private mutating func derivation(
    of document: StoredDocument, _ facts: [StoredFact]
  ) throws -> (derivation: Derivation, record: DocumentRecord)? {
    var derived: (derivation: Derivation, record: DocumentRecord)
    switch document.id.kind {
    case .move: derived = try move(document, facts)
    case .act: derived = try act(document)
    case .submanufacture: derived = try submanufacture(document, facts)
    case .notice: derived = try notice(document)
    case .pedimento: derived = try pedimento(document, facts)
    case .withdrawal: return try withdrawal(document, facts)
    }
    if try !withdrawals.isEmpty && isWithdrawn(document, facts) {
      derived.record.state = .withdrawn
    }
    return derived
  }

  /// Whether nothing is left of a document.
  private mutating func isWithdrawn(
    _ document: StoredDocument, _ facts: [StoredFact]
  ) throws -> Bool {
    guard document.main == nil else { return false }
    for fact in facts where try !isWithdrawn(decode(fact.event)) { return false }
    return !facts.isEmpty
  }

  private mutating func pedimento(
    _ document: StoredDocument, _ facts: [StoredFact]
  ) throws -> (Derivation, DocumentRecord) {
    var record = DocumentRecord(
      document: document.id.number, kind: .pedimento, rfc: document.id.rfc, state: .unknown)
    guard let main = document.main, let statement = try statement(of: document) else {
      var derivation = Derivation()
      let rows = try partes(facts)
      derivation.problems = (rows.counting + rows.unmatched).map {
        .waits(.pedimentoUnknown, document.id.number, fact: $0.fact)
      }
      return (derivation, record)
    }
    record.rfc = statement.rfc
    record.clave = statement.clave
    record.operation = statement.operation
    record.date = statement.paidOn
    record.details = statement.details
    record.received = main.received
    let chain = try root(of: statement.number, in: statement.rfc)
    guard chain.isKnown, statement.rectifies != nil || !statement.isRectification else {
      record.state = .waiting
      var derivation = Derivation()
      let named = chain.isKnown ? "" : chain.number
      derivation.problems = statement.problems + [.waits(.rectifiedUnknown, named)]
      return (derivation, record)
    }
    guard let rootDocument = try known(chain.number, in: statement.rfc),
      let root = try self.statement(of: rootDocument)
    else { return (Derivation(), record) }
    record.clave = root.clave
    record.operation = root.operation
    record.date = root.paidOn
    return (try derivation(of: statement, root: root, &record), record)
  }

  private mutating func derivation(
    of statement: Statement, root: Statement, _ record: inout DocumentRecord
  ) throws -> Derivation {
    let effect = root.effect
    if statement.neverCounts {
      record.state = .desisted
      return Derivation()
    }
    let counting = try counting(root.number, in: statement.rfc)
    let isIncomplete = !statement.isComplete
    if counting?.number != statement.number {
      record.state = isIncomplete && effect != .none ? .waiting : .replaced
      var derivation = Derivation()
      derivation.problems = statement.problems
      if record.state == .waiting { derivation.problems.append(Self.incomplete(statement)) }
      return derivation
    }
    let deriver = deriver(statement, clave: root.clave, date: root.paidOn)
    var derivation: Derivation
    if effect == .none {
      record.state = .listed
      derivation = deriver.listed(statement.lines + statement.uncovered)
    } else if isIncomplete {
      record.state = .waiting
      derivation = Derivation()
      derivation.problems.append(Self.incomplete(statement))
    } else if effect == .opens {
      record.state = .counts
      derivation = deriver.lots(statement.lines)
    } else {
      record.state = .counts
      derivation = try demands(statement.lines, deriver)
    }
    derivation.problems = statement.problems + derivation.problems
    if record.state == .counts {
      derivation.side = try side(of: statement, root: root, &derivation)
    }
    return derivation
  }

  private static func incomplete(_ statement: Statement) -> Statement.Problem {
    if let line = statement.unquantified.first {
      return .rejected(.quantityNotPositive, "secuencia \(line): 0")
    }
    let missing = statement.missing.prefix(3).joined(separator: ", ")
    return .waits(.partesMissing, missing.isEmpty ? "sin partidas" : missing)
  }

  private mutating func act(_ document: StoredDocument) throws -> (Derivation, DocumentRecord) {
    var record = DocumentRecord(
      document: document.id.number, kind: .act, rfc: document.id.rfc, state: .counts)
    guard let main = document.main, let statement = try statement(of: document) else {
      return (Derivation(), record)
    }
    record.clave = statement.clave
    record.operation = .export
    record.date = statement.paidOn
    record.received = main.received
    record.notice = statement.notice
    let deriver = deriver(statement, clave: statement.clave, date: statement.paidOn)
    return (try demands(statement.lines, deriver), record)
  }

  /// A notice has no effect on quantities: it is listed, for the acts that name it.
  private mutating func notice(
    _ document: StoredDocument
  ) throws -> (Derivation, DocumentRecord) {
    var record = DocumentRecord(
      document: document.id.number, kind: .notice, rfc: document.id.rfc, state: .listed)
    guard let main = document.main, let statement = try statement(of: document) else {
      return (Derivation(), record)
    }
    record.date = statement.paidOn
    record.received = main.received
    let deriver = deriver(statement, clave: statement.clave, date: statement.paidOn)
    return (deriver.listed(statement.lines), record)
  }

  private mutating func demands(
    _ lines: [StatementLine], _ deriver: Deriver
  ) throws -> Derivation {
    var cache = explosions
    explosions = ExplosionCache()
    defer { explosions = cache }
    return try deriver.demands(lines, &cache)
  }

  private func deriver(_ statement: Statement, clave: String, date: CalendarDate) -> Deriver {
    // The core is a value over a storage that is not: a copy asks the same storage.
    var copy = self
    copy.explosions = ExplosionCache()
    return Deriver(
      catalog: catalog, number: statement.number, clave: clave, date: date, limits: limits,
      standsFor: { pedimento in
        var asking = copy
        return try asking.standsFor(pedimento, in: statement.rfc)
      })
  }
}

import ReportingRules

/// What a report asks of the stores of one read model: rows in the report's order, the columns that
/// give the order first, all as text.
struct ReportQuery {
  var model: ReadModel
  var sql: String
  /// How many columns give the order.
  var keys: Int

  static func of(_ file: ReportFile) -> [ReportQuery] {
    switch file {
    case .entries: [ReportQuery(model: .records, sql: lines(at: .entries), keys: 4)]
    case .exits: [ReportQuery(model: .records, sql: lines(at: .exits), keys: 4)]
    case .balances: [ReportQuery(model: .ledger, sql: balances, keys: 4)]
    case .discharges: [ReportQuery(model: .ledger, sql: discharges, keys: 7)]
    case .shortages: [ReportQuery(model: .ledger, sql: shortages, keys: 4)]
    case .transfers: [ReportQuery(model: .transfers, sql: transfers, keys: 4)]
    case .scrap: [ReportQuery(model: .ledger, sql: scrap, keys: 4)]
    case .disposals: [ReportQuery(model: .ledger, sql: taken(disposals), keys: 6)]
    case .destructions: [ReportQuery(model: .ledger, sql: taken(destructions), keys: 7)]
    // Accounts, sums or groups of rows of all stores, and not rows of each.
    case .submanufacture, .conservation, .moves, .byTariffItem, .aging, .assets, .taxpayers,
      .materials, .products, .bills, .parties:
      []
    case .byPart: [ReportQuery(model: .ledger, sql: byPart, keys: 2)]
    case .withdrawals: [ReportQuery(model: .records, sql: withdrawals, keys: 5)]
    case .pending:
      [
        ReportQuery(model: .records, sql: pending, keys: 5),
        ReportQuery(model: .rejected, sql: rejected, keys: 5),
      ]
    }
  }

  /// Columns: plant, document, line, part, rfc, clave, date, tariff item, NICO, quantity, unit,
  /// value, origin, due, details of document and line. A document without effect that has no lines
  /// is a row without them.
  private static func lines(at place: DocumentPlace) -> String {
    """
    SELECT ifnull(l.plant, '') AS plant, d.document, ifnull(CAST(l.line AS TEXT), '') AS number,
      ifnull(l.part, '') AS part, d.rfc, d.clave, d.date, l.tariff_item, l.nico, l.quantity, l.uom,
      l.value, l.origin, l.due, d.details, l.details
    FROM document d LEFT JOIN line l ON l.document = d.id
    WHERE d.place = \(place.rawValue) AND (l.document IS NOT NULL OR d.state = 'listed')
    ORDER BY plant, d.document, number, part, d.rfc, d.kind, l.position
    """
  }

  /// Columns: plant, part, pedimento, line, entered, due, quantity, discharged, moved, value, value
  /// gone out. Lots that came by several moves are one row.
  private static let balances = """
    SELECT b.plant, b.part, l.pedimento, CAST(l.line AS TEXT) AS number, min(l.entered),
      min(l.due), exact_sum(l.quantity), exact_sum(l.discharged), exact_sum(l.moved),
      exact_sum(l.value), exact_sum(l.value_out)
    FROM lot l JOIN book b ON b.id = l.book
    WHERE b.account = 0
    GROUP BY b.plant, b.part, l.pedimento, number
    ORDER BY b.plant, b.part, l.pedimento, number
    """

  /// Columns: plant, part, entries, quantity, discharged, moved, value, value gone out, the first
  /// last day of what has something left.
  private static let byPart = """
    SELECT b.plant, b.part, count(DISTINCT l.pedimento || '|' || l.line), exact_sum(l.quantity),
      exact_sum(l.discharged), exact_sum(l.moved), exact_sum(l.value), exact_sum(l.value_out),
      min(l.due) FILTER (WHERE l.quantity > l.discharged + l.moved)
    FROM lot l JOIN book b ON b.id = l.book
    WHERE b.account = 0
    GROUP BY b.plant, b.part
    ORDER BY b.plant, b.part
    """

  /// Columns: plant, document, line, part, product, pedimento, entry line, date, entered,
  /// incorporated, waste, scrap, value. Outer joins, so that a posting without its demand or lot is
  /// seen and not left out.
  private static let discharges = """
    SELECT b.plant, d.document, CAST(d.line AS TEXT) AS number, b.part,
      ifnull(d.product, '') AS product, l.pedimento, CAST(l.line AS TEXT) AS entry, min(d.date),
      min(l.entered), exact_sum(p.incorporated), exact_sum(p.waste), exact_sum(p.scrap),
      exact_sum(p.value)
    FROM posting p
      LEFT JOIN demand d ON d.id = p.demand
      LEFT JOIN lot l ON l.id = p.lot
      LEFT JOIN book b ON b.id = d.book
    WHERE p.reverses IS NULL AND p.reversed = 0 AND d.to_plant IS NULL
      AND ifnull(b.account, 0) = 0
    GROUP BY b.plant, d.document, number, b.part, ifnull(d.product, ''), l.pedimento, entry
    ORDER BY b.plant, d.document, number, b.part, ifnull(d.product, ''), l.pedimento, entry
    """

  /// Columns: plant, document, line, part, shortage, date.
  private static let shortages = """
    SELECT b.plant, d.document, CAST(d.line AS TEXT) AS number, b.part, exact_sum(d.shortage),
      min(d.date)
    FROM demand d JOIN book b ON b.id = d.book
    WHERE d.shortage > 0 AND b.account = 0
    GROUP BY b.plant, d.document, number, b.part
    ORDER BY b.plant, d.document, number, b.part
    """

  /// Columns: RFC, role, pedimento, id, the state as its message.
  private static let transfers = """
    SELECT s.rfc, s.role, s.pedimento, s.transfer, t.body
    FROM side s JOIN transfer t ON t.id = s.transfer
    ORDER BY s.rfc, s.role, s.pedimento, s.transfer
    """

  /// Columns: source, id, pedimento, line, part, type, document, reason, by, time, source and id of
  /// the withdrawal, whether it cancels, state, rfc, plant.
  private static let withdrawals = """
    SELECT w.source, w.event, w.pedimento, w.line, w.part, w.type, w.about, w.reason, w.said_by,
      w.time, w.by_source, w.by_event, w.cancels, d.state, d.rfc, w.plant
    FROM withdrawal w JOIN main.document d ON d.id = w.document
    ORDER BY w.source, w.event, w.pedimento, w.line, w.part
    """

  /// Columns: id, source, type, reason, received, file, line, pedimento, rfc, plant.
  private static let pending = """
    SELECT p.id, p.source, p.type, p.reason, p.received, p.file, p.line,
      CASE d.kind WHEN 'pedimento' THEN d.document ELSE '' END, d.rfc, p.plant
    FROM pending p JOIN main.document d ON d.id = p.document
    ORDER BY p.id, p.source, p.type, p.reason, p.received
    """

  /// What the facts known now reject is in the records; here is what was never taken.
  private static let rejected = """
    SELECT id, source, type, reason, received, file, line, pedimento, rfc, plant
    FROM event WHERE provisional = 0
    ORDER BY id, source, type, reason, received
    """
}

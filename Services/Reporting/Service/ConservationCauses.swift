import Ledger
import ReportingRules

/// The documents whose rows do not agree, where a part's sums do not: looked for only then.
struct ConservationCauses {
  private var documents: [Conservation.Key: Set<String>] = [:]

  /// The most documents that are told of a part.
  private static let limit = 20

  init(_ stores: ReportStores, _ names: CatalogNames, isSettled: Bool) throws {
    for store in stores[.ledger] {
      for sql in [Self.lots, Self.orphans, Self.scrap] {
        try store.forEachRow(sql) { note($0, names) }
      }
    }
    guard isSettled else { return }
    // What moves took at one plant and did not bring to another: its rows are in two stores.
    var travelling: [Conservation.Key: [String: Int128]] = [:]
    for store in stores[.ledger] {
      try store.forEachRow(Self.moves) { row in
        travelling[Self.key(row, names), default: [:]][row.text(2), default: 0] += row.sum(3)
      }
    }
    for (key, moves) in travelling {
      for (document, rest) in moves where rest != 0 {
        documents[key, default: []].insert(document)
      }
    }
  }

  /// The documents behind a part's alarm, in order, not more than a reader can use.
  func documents(of key: Conservation.Key) -> [String] {
    Array((documents[key] ?? []).sorted(by: CodePoints.precedes).prefix(Self.limit))
  }

  private mutating func note(_ row: RowCursor, _ names: CatalogNames) {
    documents[Self.key(row, names), default: []].insert(row.text(2))
  }

  private static func key(_ row: RowCursor, _ names: CatalogNames) -> Conservation.Key {
    Conservation.Key(rfc: names.company(ofPlant: row.bytes(0)).rfc, part: row.text(1))
  }

  /// Entries of lots out of which something else has gone than their postings say.
  private static let lots = """
    SELECT b.plant, b.part, l.pedimento
    FROM lot l
      JOIN book b ON b.id = l.book
      LEFT JOIN (
        SELECT lot, exact_sum(incorporated, waste, scrap) AS total FROM posting
        WHERE reverses IS NULL AND reversed = 0 GROUP BY lot) p ON p.lot = l.id
    WHERE l.discharged + l.moved <> ifnull(p.total, 0)
    """

  /// Documents with standing postings of lots that are not there.
  private static let orphans = """
    SELECT b.plant, b.part, d.document
    FROM posting p
      JOIN demand d ON d.id = p.demand
      JOIN book b ON b.id = d.book
      LEFT JOIN lot l ON l.id = p.lot
    WHERE p.reverses IS NULL AND p.reversed = 0 AND l.id IS NULL
    """

  /// Documents whose discharges left something else as scrap than its account has.
  private static let scrap = """
    SELECT plant, part, document FROM (
      SELECT b.plant AS plant, b.part AS part, d.document AS document, d.line AS line,
        p.scrap AS quantity
      FROM posting p
        JOIN demand d ON d.id = p.demand
        JOIN book b ON b.id = d.book
      WHERE p.reverses IS NULL AND p.reversed = 0 AND b.account = 0 AND d.to_plant IS NULL
        AND p.scrap > 0
      UNION ALL
      SELECT b.plant, b.part, l.source_by, l.source_line, -l.quantity
      FROM lot l JOIN book b ON b.id = l.book
      WHERE b.account = 1)
    GROUP BY plant, part, document, line HAVING exact_sum(quantity) <> 0
    """

  /// By document what moves took at a plant, and below zero what they brought to it.
  private static let moves = """
    SELECT b.plant, b.part, d.document, exact_sum(p.incorporated, p.waste, p.scrap)
    FROM posting p
      JOIN demand d ON d.id = p.demand
      JOIN book b ON b.id = d.book
    WHERE p.reverses IS NULL AND p.reversed = 0 AND d.to_plant IS NOT NULL
    GROUP BY b.plant, b.part, d.document
    UNION ALL
    SELECT b.plant, b.part, l.source_by, exact_sum(-l.quantity)
    FROM lot l JOIN book b ON b.id = l.book
    WHERE l.source = 1
    GROUP BY b.plant, b.part, l.source_by
    """
}

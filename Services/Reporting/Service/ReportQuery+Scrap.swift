extension ReportQuery {
  /// Columns: plant, part, pedimento, line, entered, the first day on which a discharge left what
  /// is still owed, quantity, disposed, value, value gone out.
  static let scrap = """
    SELECT b.plant, b.part, l.pedimento, CAST(l.line AS TEXT) AS number, min(l.entered),
      min(CASE WHEN l.discharged < l.quantity THEN l.source_on END), exact_sum(l.quantity),
      exact_sum(l.discharged), exact_sum(l.value), exact_sum(l.value_out)
    FROM lot l JOIN book b ON b.id = l.book
    WHERE b.account = 1
    GROUP BY b.plant, b.part, l.pedimento, number
    ORDER BY b.plant, b.part, l.pedimento, number
    """

  /// What draws on accounts of scrap.
  static let disposals = "b.account = 1"
  /// What acts of destruction draw on, of whichever account.
  static let destructions = "d.clave = 'ACT' AND d.to_plant IS NULL"

  /// Columns: plant, document, line, part, pedimento, entry line, account, clave, date, entered,
  /// quantity, shortage, value. A row for each entry that a line drew on; what it did not find
  /// stands in a row that names no entry.
  static func taken(_ condition: String) -> String {
    """
    SELECT b.plant AS plant, d.document AS document, CAST(d.line AS TEXT) AS number,
      b.part AS part, l.pedimento AS pedimento, CAST(l.line AS TEXT) AS entry,
      CASE b.account WHEN 1 THEN 'desperdicio' ELSE 'existencia' END AS origin, min(d.clave),
      min(d.date), min(l.entered), exact_sum(p.incorporated, p.waste, p.scrap), 0,
      exact_sum(p.value)
    FROM posting p
      JOIN demand d ON d.id = p.demand
      JOIN lot l ON l.id = p.lot
      JOIN book b ON b.id = d.book
    WHERE p.reverses IS NULL AND p.reversed = 0 AND \(condition)
    GROUP BY 1, 2, 3, 4, 5, 6, 7
    UNION ALL
    SELECT b.plant, d.document, CAST(d.line AS TEXT), b.part, '', '',
      CASE b.account WHEN 1 THEN 'desperdicio' ELSE 'existencia' END, min(d.clave), min(d.date),
      NULL, 0, exact_sum(d.shortage), 0
    FROM demand d JOIN book b ON b.id = d.book
    WHERE d.shortage > 0 AND \(condition)
    GROUP BY 1, 2, 3, 4, 7
    ORDER BY 1, 2, 3, 4, 5, 6, 7
    """
  }
}

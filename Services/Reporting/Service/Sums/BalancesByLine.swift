import Ledger
import ReportingRules

/// What is left of each entry line at each plant, together with what its document says of the line.
///
/// The ledger's stores and those of the records give their rows in one order, so that memory holds
/// no more than a line.
struct BalancesByLine {
  /// What a document says of a line.
  struct Line {
    var tariffItem = ""
    var nico = ""
    var origin = ""
    /// What its document and it say beside; nil for nothing.
    var documentDetails: String?
    var details: String?
  }

  /// What is left of an entry line at a plant.
  struct Balance {
    var pedimento: String
    var line: String
    var part: String
    var plant: String
    var clave: String
    var enteredOn: CalendarDate
    var dueOn: CalendarDate?
    var quantity: Int128
    var discharged: Int128
    var moved: Int128
    var value: Int128
    var valueOut: Int128

    /// What is left.
    var left: Int128 { quantity - discharged - moved }
  }

  let stores: ReportStores
  /// The parts that are wanted; nil for all.
  var parts: [String]?

  /// Hands over each balance; of a document that says nothing of a line, an empty one.
  func forEach(_ body: (Balance, Line) throws -> Void) throws {
    let wanted = try parts.map(JSONValueText.text)
    let balances = Self.balances.replacing(
      "/*parts*/", with: wanted == nil ? "" : "AND b.part IN (SELECT value FROM json_each(?1))")
    let cursors =
      try stores[.records].map { try RowCursor($0, Self.lines, keys: 4) }
      + stores[.ledger].map { store in
        try RowCursor(store, balances, keys: 4, [wanted].compactMap { $0 })
      }
    var merged = MergedRows(cursors)
    var (known, line): ([String], Line) = ([], Line())
    try merged.forEach { row in
      let key = [row.text(0), row.text(1), row.text(2)]
      guard row.text(3) == "2" else {
        known = key
        line = Line(
          tariffItem: row.text(4), nico: row.text(5), origin: row.text(6),
          documentDetails: row.isNull(7) ? nil : row.text(7),
          details: row.isNull(8) ? nil : row.text(8))
        return
      }
      try body(Self.balance(row, key), known == key ? line : Line())
    }
  }

  private static func balance(_ row: RowCursor, _ key: [String]) -> Balance {
    Balance(
      pedimento: key[0], line: key[1], part: key[2], plant: row.text(4), clave: row.text(5),
      enteredOn: row.day(6), dueOn: row.isNull(7) ? nil : row.day(7), quantity: row.sum(8),
      discharged: row.sum(9), moved: row.sum(10), value: row.sum(11), valueOut: row.sum(12))
  }

  /// Columns: pedimento, line, part, what the row is; tariff item, NICO, origin, details of the
  /// document and of the line.
  private static let lines = """
    SELECT d.document, CAST(l.line AS TEXT) AS number, l.part, '1', l.tariff_item, l.nico, l.origin,
      d.details, l.details
    FROM document d JOIN line l ON l.document = d.id
    WHERE d.place = \(DocumentPlace.entries.rawValue)
    ORDER BY d.document, number, l.part
    """

  /// Columns: pedimento, line, part, what the row is; plant, clave, entered, due, quantity,
  /// discharged, moved, value, value gone out. A row is one of `saldos.csv`.
  private static let balances = """
    SELECT l.pedimento, CAST(l.line AS TEXT) AS number, b.part, '2', b.plant, min(l.clave),
      min(l.entered), min(l.due), exact_sum(l.quantity), exact_sum(l.discharged),
      exact_sum(l.moved), exact_sum(l.value), exact_sum(l.value_out)
    FROM lot l JOIN book b ON b.id = l.book
    WHERE b.account = 0 /*parts*/
    GROUP BY l.pedimento, number, b.part, b.plant
    ORDER BY l.pedimento, number, b.part, b.plant
    """
}

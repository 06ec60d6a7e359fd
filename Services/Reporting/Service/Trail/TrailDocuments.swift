import Ledger
import ReportingRules

/// The lines of the documents that a trail goes through, as their records have them.
struct TrailDocuments {
  /// Cells of ``TrailTable/documents``.
  private(set) var rows: [[String]] = []
  private(set) var documents: [TrailDocument] = []
  private(set) var isCut = false
  private(set) var isHidden = false

  private struct Line: Hashable {
    var document: String
    var line: Int32
  }

  private struct Move: Hashable {
    var document: String
    var plant: String
    var toPlant: String
    var part: String
    var date: CalendarDate
  }

  init(
    _ stores: [ReadOnlyStore], _ question: TrailQuestion, _ postings: [TrailPosting],
    _ lots: [TrailLot], _ names: CatalogNames, sees: (String) -> Bool
  ) throws {
    let exits = postings.filter { $0.toPlant == nil }
    var lines = Set(exits.map { Line(document: $0.document, line: $0.line) })
    lines.formUnion(lots.map { Line(document: $0.pedimento, line: $0.line) })
    let moves = Set(
      postings.compactMap { posting in
        posting.toPlant.map {
          Move(
            document: posting.document, plant: posting.plant, toPlant: $0, part: posting.part,
            date: posting.date)
        }
      })
    // Of what was asked, also lines that nothing was taken for.
    func isAsked(_ row: RowCursor, _ line: Int32) -> Bool {
      row.text(1) == question.document && (question.line ?? line) == line
        && (question.part ?? row.text(8)) == row.text(8)
        && (question.plant ?? row.text(7)) == row.text(7)
    }
    let numbers = Set(lines.map(\.document)).union([question.document])
    let plants = Set(postings.map(\.plant) + lots.map(\.plant))
    let companies = Set(plants.map { names.company(ofPlant: $0).rfc })
    var found: [(order: [String], cells: [String])] = []
    for store in stores {
      try store.forEachRow(Self.lines, [try Self.list(numbers)]) { row in
        let line = Int32(truncatingIfNeeded: row.integer(6))
        let wasAsked = isAsked(row, line)
        guard wasAsked || lines.contains(Line(document: row.text(1), line: line)) else { return }
        // Another company may have an act of the same number.
        guard wasAsked || companies.contains(row.text(0)) || companies.contains("") else { return }
        guard sees(row.text(0)) else { return isHidden = true }
        let cells = Self.cells(row, names)
        found.append(([cells[0] == "salida" ? "0" : "2"] + [3, 4, 6, 7].map { cells[$0] }, cells))
      }
      try store.forEachRow(Self.moves, [try Self.list(Set(moves.map(\.document)))]) { row in
        let move = Move(
          document: row.text(1), plant: row.text(3), toPlant: row.text(4), part: row.text(5),
          date: row.day(6))
        guard moves.contains(move) else { return }
        guard sees(row.text(0)) else { return isHidden = true }
        let cells = Self.moveCells(row, names)
        found.append((["1"] + [3, 4, 8, 7].map { cells[$0] }, cells))
      }
    }
    found.sort { CodePoints.compare($0.order, $1.order) < 0 }
    isCut = found.count > question.limit
    rows = found.prefix(question.limit).map(\.cells)
    var seen: Set<TrailDocument> = []
    for cells in rows {
      let kind = cells[0] == "traslado" ? "move" : cells[5] == "ACT" ? "act" : "pedimento"
      let document = TrailDocument(kind: kind, rfc: cells[1], number: cells[4])
      if seen.insert(document).inserted { documents.append(document) }
    }
  }

  private static func list(_ texts: Set<String>) throws -> String {
    try JSONValueText.text(texts.sorted())
  }

  /// Columns: rfc, document, place, clave, date, received, line, plant, part, tariff item, NICO,
  /// quantity, unit, value, origin, due.
  private static let lines = """
    SELECT d.rfc, d.document, d.place, d.clave, d.date, d.received, l.line, l.plant, l.part,
      l.tariff_item, l.nico, l.quantity, l.uom, l.value, l.origin, l.due
    FROM document d JOIN line l ON l.document = d.id
    WHERE d.place <> 0 AND d.document IN (SELECT value FROM json_each(?1))
    ORDER BY d.id, l.position
    """

  /// Columns: rfc, document, received, plant, receiving plant, part, date, quantity, notices.
  private static let moves = """
    SELECT d.rfc, d.document, d.received, m.plant, m.to_plant, m.part, m.date, m.quantity, m.avisos
    FROM document d JOIN move m ON m.document = d.id
    WHERE d.kind = 'move' AND d.document IN (SELECT value FROM json_each(?1))
    ORDER BY d.id, m.position
    """

  private static func cells(_ row: RowCursor, _ names: CatalogNames) -> [String] {
    [
      row.integer(2) == DocumentPlace.entries.rawValue ? "entrada" : "salida", row.text(0),
      names.name(of: row.text(0)), row.text(7), row.text(1), row.text(3), "\(row.integer(6))",
      row.text(8), day(row, 4), row.text(9), row.text(10),
      "\(Quantity(millionths: row.integer(11)))",
      row.isNull(12) ? "" : CatalogNames.unit(row.integer(12)),
      "\(Money(centavos: row.integer(13)))", row.text(14), day(row, 15), "", "",
      Reason.instant(milliseconds: row.integer(5)),
    ]
  }

  private static func moveCells(_ row: RowCursor, _ names: CatalogNames) -> [String] {
    [
      "traslado", row.text(0), names.name(of: row.text(0)), row.text(3), row.text(1), "", "",
      row.text(5), day(row, 6), "", "", "\(Quantity(millionths: row.integer(7)))",
      names.unit(ofPart: row.text(5)), "", "", "", row.text(4), row.text(8),
      Reason.instant(milliseconds: row.integer(2)),
    ]
  }

  private static func day(_ row: RowCursor, _ column: Int32) -> String {
    row.isNull(column)
      ? "" : row.day(column).description
  }
}

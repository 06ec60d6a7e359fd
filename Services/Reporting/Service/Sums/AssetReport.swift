import Ledger
import Messages
import ReportingRules

/// Writes `activo_fijo.csv`: machinery and equipment as the catalogue calls it, an entry line at a
/// plant a row. Assets are few: memory holds them all.
struct AssetReport {
  let stores: ReportStores
  let names: CatalogNames

  private struct Row {
    var balance: BalancesByLine.Balance
    var line: BalancesByLine.Line
  }

  private struct Key: Hashable {
    var plant: String
    var part: String
    var pedimento: String
    var line: String
  }

  private struct Exit {
    var document: String
    var clave: String
    var date: CalendarDate
  }

  func write(to cells: inout ReportRows, _ endRow: (inout ReportRows) throws -> Void) throws {
    var parts: [String] = []
    for store in stores[.catalog] {
      try store.forEachRow("SELECT part FROM part WHERE kind = 'asset' ORDER BY part") {
        parts.append($0.text(0))
      }
    }
    guard !parts.isEmpty else { return }
    var rows: [Row] = []
    try BalancesByLine(stores: stores, parts: parts).forEach { balance, line in
      rows.append(Row(balance: balance, line: line))
    }
    let exits = try exits(of: parts)
    for row in rows.sorted(by: Self.precedes) {
      try write(row, exits[Self.key(row.balance)] ?? [], to: &cells)
      try endRow(&cells)
    }
  }

  private func write(_ row: Row, _ exits: [Exit], to cells: inout ReportRows) throws {
    let (balance, line) = (row.balance, row.line)
    let company = names.company(ofPlant: balance.plant)
    cells.text(company.rfc)
    cells.text(company.name)
    cells.text(balance.plant)
    cells.text(balance.part)
    cells.text(balance.pedimento)
    cells.text(balance.line)
    cells.text(balance.clave)
    cells.date(balance.enteredOn)
    cells.date(balance.dueOn)
    cells.text(try names.description(ofPart: balance.part))
    cells.text(line.tariffItem)
    cells.text(line.nico)
    cells.text(line.origin)
    for sum in [balance.quantity, balance.discharged, balance.moved, balance.left] {
      cells.quantity(sum: sum)
    }
    cells.text(names.unit(ofPart: balance.part))
    cells.money(sum: balance.value)
    cells.money(sum: balance.value - balance.valueOut)
    cells.text(Self.standing(balance, exits.last?.clave))
    cells.text(exits.map(\.document).joined(separator: " "))
    cells.date(exits.last?.date)
    cells.details(
      of: .assets, balance.pedimento, try Details(text: line.documentDetails),
      try Details(text: line.details))
  }

  /// Where all of it is.
  private static func standing(_ balance: BalancesByLine.Balance, _ clave: String?) -> String {
    if balance.left > 0 { return balance.discharged > 0 ? "en_uso_parcial" : "en_uso" }
    guard balance.discharged > 0 else { return "trasladado" }
    return switch clave ?? "" {
    case "ACT": "destruido"
    case "V1": "transferido"
    case "F4", "F5", "A3": "cambio_regimen"
    default: "retornado"
    }
  }

  /// The documents by which something of assets left, in the order of their days.
  private func exits(of parts: [String]) throws -> [Key: [Exit]] {
    let wanted = try JSONValueText.text(parts)
    var exits: [Key: [Exit]] = [:]
    for store in stores[.ledger] {
      try store.forEachRow(Self.exits, [wanted]) { row in
        let key = Key(
          plant: row.text(0), part: row.text(1), pedimento: row.text(2), line: row.text(3))
        exits[key, default: []].append(
          Exit(
            document: row.text(4), clave: row.text(5),
            date: row.day(6)))
      }
    }
    return exits
  }

  private static let exits = """
    SELECT b.plant, b.part, l.pedimento, CAST(l.line AS TEXT) AS number, d.document, d.clave, d.date
    FROM posting p
      JOIN demand d ON d.id = p.demand
      JOIN lot l ON l.id = p.lot
      JOIN book b ON b.id = d.book
    WHERE p.reverses IS NULL AND p.reversed = 0 AND d.to_plant IS NULL AND b.account = 0
      AND d.book IN (SELECT id FROM book WHERE part IN (SELECT value FROM json_each(?1)))
    GROUP BY b.plant, b.part, l.pedimento, number, d.document, d.clave, d.date
    ORDER BY d.date, d.document
    """

  private static func key(_ balance: BalancesByLine.Balance) -> Key {
    Key(
      plant: balance.plant, part: balance.part, pedimento: balance.pedimento, line: balance.line)
  }

  private static func precedes(_ a: Row, _ b: Row) -> Bool {
    func order(_ row: Row) -> [String] {
      [row.balance.plant, row.balance.part, row.balance.pedimento, row.balance.line]
    }
    return CodePoints.compare(order(a), order(b)) < 0
  }
}

import Ledger
import ReportingRules

/// Writes the catalogues as reports: companies with their plants, materials, products, and bills of
/// materials with all their versions, as known now.
///
/// A part number is nobody's in particular: `rfc` says whose it is where there is but one company.
struct CatalogReports {
  let stores: [ReadOnlyStore]
  let names: CatalogNames
  let today: CalendarDate

  /// The company of what names none.
  private var owner: CatalogNames.Taxpayer { names.onlyCompany ?? .unknown }

  func write(
    _ file: ReportFile, to cells: inout ReportRows, _ endRow: (inout ReportRows) throws -> Void
  ) throws {
    switch file {
    case .taxpayers:
      for place in try taxpayers() {
        place.forEach { cells.text($0) }
        try endRow(&cells)
      }
    case .materials:
      try forEach(Self.parts("kind <> 'product'"), keys: 1) { row in
        part(row, &cells)
        cells.text(Self.kinds[row.text(5)] ?? "")
        cells.text(utf8: row.bytes(6))
        cells.text(try conversions(row))
        try endRow(&cells)
      }
    case .products:
      try forEach(Self.parts("kind = 'product'"), keys: 1) { row in
        part(row, &cells)
        cells.text(utf8: row.bytes(6))
        let bill = try generalBill(of: row.text(0))
        cells.text(bill?.version ?? "")
        cells.date(bill?.validFrom)
        try endRow(&cells)
      }
    case .bills:
      try forEach(Self.bills, keys: 4) { row in
        let company = row.bytes(2).isEmpty ? owner : names.company(ofPlant: row.bytes(2))
        cells.text(company.rfc)
        cells.text(company.name)
        cells.text(utf8: row.bytes(0))
        cells.text(utf8: row.bytes(1))
        cells.date(row.day(4))
        cells.text(utf8: row.bytes(2))
        cells.text(utf8: row.bytes(3))
        for column: Int32 in 5..<8 { cells.text(utf8: row.bytes(column)) }
        cells.text(names.unit(ofPart: row.bytes(3)))
        try endRow(&cells)
      }
    default: return
    }
  }

  /// The companies with their plants, cell by cell; one without plants has a row too. They are few.
  private func taxpayers() throws -> [[String]] {
    var companies: [String: [String]] = [:]
    var places: [[String]] = []
    for store in stores {
      try store.forEachRow("SELECT rfc, program, certification FROM company") { row in
        companies[row.text(0)] = [row.text(1), row.text(2)]
      }
      try store.forEachRow("SELECT rfc, plant, name, address, zone FROM plant") { row in
        places.append((0..<5).map { row.text($0) })
      }
    }
    let owners = Set(places.map { $0[0] })
    places += companies.keys.filter { !owners.contains($0) }.map { [$0, "", "", "", ""] }
    places.sort { a, b in
      a[0] != b[0] ? CodePoints.precedes(a[0], b[0]) : CodePoints.precedes(a[1], b[1])
    }
    return places.map { place in
      [place[0], names.name(of: place[0])] + (companies[place[0]] ?? ["", ""]) + place[1...]
    }
  }

  private func forEach(_ sql: String, keys: Int, _ body: (RowCursor) throws -> Void) throws {
    var merged = MergedRows(try stores.map { try RowCursor($0, sql, keys: keys) })
    try merged.forEach(body)
  }

  private func part(_ row: RowCursor, _ cells: inout ReportRows) {
    cells.text(owner.rfc)
    cells.text(owner.name)
    for column: Int32 in 0..<4 { cells.text(utf8: row.bytes(column)) }
    cells.text(CatalogNames.unit(row.integer(4)))
  }

  /// Other units of a part, and how many base units one of each is.
  private func conversions(_ row: RowCursor) throws -> String {
    var texts: [String] = []
    try row.store.forEachRow(
      "SELECT uom, factor FROM conversion WHERE part = ?1 ORDER BY uom", [row.text(0)]
    ) { texts.append("\(CatalogNames.unit($0.integer(0)))=\($0.text(1))") }
    return texts.joined(separator: "; ")
  }

  /// The bill in force on the day at plants that have none of their own.
  private func generalBill(
    of product: String
  ) throws -> (version: String, validFrom: CalendarDate)? {
    var best: (version: String, validFrom: CalendarDate)?
    for store in stores {
      try store.forEachRow(
        """
        SELECT version, valid_from FROM bill
        WHERE product = ?1 AND plant = '' AND valid_from <= \(today.days)
        """, [product]
      ) { row in
        let found = (
          version: row.text(0),
          validFrom: row.day(1)
        )
        guard let known = best else { return best = found }
        let isLater =
          known.validFrom != found.validFrom
          ? known.validFrom < found.validFrom
          : CodePoints.precedes(known.version, found.version)
        if isLater { best = found }
      }
    }
    return best
  }

  private static let kinds = ["material": "material", "asset": "activo", "product": "producto"]

  /// Columns: part, description, tariff item, NICO, unit, kind, category.
  private static func parts(_ condition: String) -> String {
    """
    SELECT part, description, tariff_item, nico, uom, kind, category FROM part WHERE \(condition)
    ORDER BY part
    """
  }

  /// Columns: product, version, plant, component, valid from, per unit, waste, scrap.
  private static let bills = """
    SELECT b.product, b.version, b.plant, c.part, b.valid_from, c.per_unit, c.waste, c.scrap
    FROM bill b JOIN component c ON c.bill = b.id
    ORDER BY b.product, b.version, b.plant, c.part, c.position
    """
}

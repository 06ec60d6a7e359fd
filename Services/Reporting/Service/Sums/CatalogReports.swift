import Ledger
import Messages
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
        cells.text(row.isNull(7) ? "" : CatalogNames.unit(row.integer(7)))
        try endRow(&cells)
      }
    case .products:
      try forEach(Self.parts("kind = 'product'"), keys: 1) { row in
        part(row, &cells)
        cells.text(utf8: row.bytes(6))
        let bill = try generalBill(of: row.text(0))
        cells.text(bill?.version ?? "")
        cells.date(bill?.validFrom)
        cells.text(row.isNull(7) ? "" : CatalogNames.unit(row.integer(7)))
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
    case .parties:
      try forEach(Self.parties, keys: 2) { row in
        cells.text(owner.rfc)
        cells.text(owner.name)
        for column: Int32 in 0..<4 { cells.text(utf8: row.bytes(column)) }
        for part: Int32 in 4..<9 { cells.text(utf8: row.bytes(part)) }
        try endRow(&cells)
      }
    default: return
    }
  }

  /// The companies with their plants, cell by cell; one without plants has a row too. They are few.
  private func taxpayers() throws -> [[String]] {
    var companies: [String: (programme: [String], address: [String])] = [:]
    var places: [[String]] = []
    for store in stores {
      let address = Self.parts(ofAddress: "address")
      try store.forEachRow("SELECT rfc, program, certification, \(address) FROM company") { row in
        companies[row.text(0)] = ((1..<3).map { row.text($0) }, (3..<8).map { row.text($0) })
      }
      let parts = Self.parts(ofAddress: "address_parts")
      try store.forEachRow(
        "SELECT rfc, plant, name, address, zone, kind, \(parts) FROM plant"
      ) { row in
        places.append((0..<11).map { $0 == 5 ? Self.plantKinds[row.text(5)] ?? "" : row.text($0) })
      }
    }
    let owners = Set(places.map { $0[0] })
    places += companies.keys.filter { !owners.contains($0) }.map {
      [$0] + Array(repeating: "", count: 10)
    }
    places.sort { a, b in
      a[0] != b[0] ? CodePoints.precedes(a[0], b[0]) : CodePoints.precedes(a[1], b[1])
    }
    return places.map { place in
      let company = companies[place[0]]
      return [place[0], names.name(of: place[0])] + (company?.programme ?? ["", ""]) + place[1...]
        + (company?.address ?? Address().parts)
    }
  }

  /// The parts of an address, a column each.
  private static func parts(ofAddress column: String) -> String {
    (0..<5).map { "json_extract(\(column), '$[\($0)]')" }.joined(separator: ", ")
  }

  private static let plantKinds = ["plant": "planta", "warehouse": "bodega"]
  /// Columns: kind, party, name, country, parts of the address.
  private static let parties = """
    SELECT CASE kind WHEN 'supplier' THEN 'proveedor' WHEN 'customer' THEN 'cliente'
        WHEN 'broker' THEN 'agente_aduanal' ELSE 'transportista' END AS tipo,
      party, name, country, \(parts(ofAddress: "address")) FROM party
    ORDER BY tipo, party
    """

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

  /// Columns: part, description, tariff item, NICO, unit, kind, category, unit of the tariff.
  private static func parts(_ condition: String) -> String {
    """
    SELECT part, description, tariff_item, nico, uom, kind, category, tariff_uom FROM part
    WHERE \(condition)
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

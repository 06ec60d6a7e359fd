import ReportingRules

/// Which rows of a view are wanted, and by which column they are found.
struct ViewFilter {
  let filter: RowFilter
  /// The companies whose rows are wanted, as far as nothing else says.
  let companies: [[UInt8]]

  /// - Parameter filter: of a report; of companies it may know by a function.
  init(_ filter: RowFilter, of view: ReportView) {
    self.filter = filter.ofCompanies(view.companies)
    let company = view.columns.firstIndex { $0.name == "rfc" } ?? 0
    if case .oneOf(let companies) = self.filter.conditions[company] {
      self.companies = companies
    } else {
      companies = view.companies
    }
  }

  /// Whether every row is wanted.
  var isOpen: Bool { filter.conditions.isEmpty }

  /// The same for the same rows of a view.
  var text: String {
    filter.conditions.sorted { $0.key < $1.key }.map {
      let text = $0.value.text
      return "\($0.key) \(text.utf8.count) \(text)"
    }.joined(separator: " ")
  }

  /// Whether nothing but the company says which rows are wanted.
  func isOfCompanies(_ view: ReportView) -> Bool {
    filter.conditions.keys.allSatisfy { view.columns[$0].name == "rfc" }
  }

  /// The order in which rows are found that a filter wants: of the columns that it asks for the one
  /// that tells most; nil where it asks for none.
  static func order(_ filter: RowFilter, _ file: ReportFile) -> ViewOrder? {
    let names = file.columns.map(\.name)
    let asked = filter.conditions.keys.map { names[$0] }
    guard let best = asked.min(by: { (rank($0), $0) < (rank($1), $1) }) else {
      return filter.isOpen ? nil : ViewOrder(column: "rfc", isDescending: false)
    }
    return ViewOrder(column: best, isDescending: false)
  }

  /// Columns of which a cell says most, the first first; then all others, then those that say
  /// least.
  private static func rank(_ column: String) -> Int {
    let most = [
      "pedimento", "pedimento_entrada", "documento", "documento_salida", "acta", "id",
      "transferencia", "aviso", "numero_parte", "producto", "componente", "fraccion",
    ]
    let least = ["planta", "clave", "nico", "unidad", "estado", "rfc"]
    if let place = most.firstIndex(of: column) { return place }
    return least.firstIndex(of: column).map { 200 + $0 } ?? 100
  }

  /// The ranges of keys in an order of a condition's rows: from a key on, to one that is in it or
  /// not; nil for no end.
  static func ranges(
    of condition: CellCondition, _ kind: ReportColumn.Kind
  ) -> [(from: [UInt8], to: (key: [UInt8], isIn: Bool)?)] {
    switch condition {
    case .equals(let cell):
      let key = RowKey.of(cell[...], kind)
      return [(key, (key, true))]
    case .oneOf(let cells): return cells.flatMap { ranges(of: .equals($0), kind) }
    case .prefix(let start):
      // The least key that does not begin so: 255 is in no UTF-8.
      return [(start, start.isEmpty ? nil : (start + [255], false))]
    case .both(let one, _): return ranges(of: one, kind)
    case .days(let from, let to): return [(from ?? [], to.map { ($0, true) })]
    }
  }
}

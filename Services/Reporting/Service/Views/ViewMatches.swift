import ReportingRules
import SQLite

/// The rows of a view that a filter wants: how many, what they come to, and where they are unless
/// they are many.
///
/// Once for each filter every row is read that has what is asked for in the column that tells most;
/// of companies alone what their rows come to stands in the view.
struct ViewMatches: Sendable {
  /// How many there are.
  let rows: Int
  let totals: [ViewTotals.Total]
  /// Their places, ascending; nil for many, or for all rows.
  let places: [Int64]?

  /// Looks for them.
  init(_ filter: ViewFilter, _ view: ReportView) throws {
    if filter.isOfCompanies(view) {
      let totals = try view.totals(of: filter.companies)
      (rows, self.totals) = (totals.rows, totals.totals)
      let isFew = !filter.isOpen && rows <= ListLimits.countedRows
      places = isFew ? try Self.find(filter, view) { _ in } : nil
      return
    }
    var totals = ViewTotals(view.file)
    places = try Self.find(filter, view) { totals.add($0) }
    (rows, self.totals) = (totals.rows, totals.totals)
  }

  /// - Parameter add: takes each row.
  /// - Returns: nil for many.
  private static func find(
    _ filter: ViewFilter, _ view: ReportView, _ add: (HeldRow) -> Void
  ) throws -> [Int64]? {
    let most = ListLimits.countedRows
    var places: [Int64] = []
    try forEachCandidate(filter, view) { place in
      try view.withRow(place) { row in
        guard filter.filter.wants(row) else { return }
        add(row)
        if places.count <= most { places.append(place) }
      }
    }
    return places.count > most ? nil : places.sorted()
  }

  /// The places of the rows that have what the filter asks for in the column that tells most.
  private static func forEachCandidate(
    _ filter: ViewFilter, _ view: ReportView, _ body: (Int64) throws -> Void
  ) throws {
    guard let order = ViewFilter.order(filter.filter, view.file),
      let index = view.columns.firstIndex(where: { $0.name == order.column }),
      let condition = filter.filter.conditions[index]
    else { return }
    let db = try view.connection(of: order)
    for range in ViewFilter.ranges(of: condition, view.columns[index].kind) {
      let from = "SELECT place FROM entry WHERE key >= ?"
      let statement = try db.statement(
        range.to.map { "\(from) AND key \($0.isIn ? "<=" : "<") ? ORDER BY key, place" }
          ?? "\(from) ORDER BY key, place")
      var rows = try statement.bind(range.from)
      if let to = range.to { try rows.append(to.key) }
      while try rows.next() { try body(try rows.withRow { try $0[0] }) }
    }
  }
}

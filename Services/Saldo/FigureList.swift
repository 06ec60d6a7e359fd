import ReportingService

/// Figures with their names, in two columns.
struct FigureList {
  private var rows: [(name: String, value: String)] = []

  /// Adds a figure.
  mutating func add(_ name: String, _ value: some CustomStringConvertible) {
    rows.append((name, value.description))
  }

  /// Adds what the books hold.
  mutating func add(_ totals: ReportTotals) {
    add("postings", totals.postings)
    add("lots open", totals.lotsOpen)
    add("scrap lots owed", totals.scrapOwed)
    add("shortages", totals.shortages)
    add("waiting", totals.waiting)
    add("rejected", totals.rejected)
  }

  /// Adds the files of an export.
  mutating func add(_ export: ExportSummary) {
    add("parts in transit", export.inTransit)
    add("alarms", export.alarms.count)
    for file in export.files { add(file.name, "\(file.rows) rows") }
  }

  /// Prints them to standard output.
  func show() {
    let width = rows.map(\.name.count).max() ?? 0
    for row in rows {
      let gap = String(repeating: " ", count: width - row.name.count)
      Standard.output("\(row.name)\(gap)  \(row.value)")
    }
  }
}

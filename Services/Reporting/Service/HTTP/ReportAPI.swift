import ReportingRules

/// What the reports are called on HTTP, and what is told of them.
enum ReportAPI {
  static let root = "/api/v1/reports"
  static let description = "/api/v1/openapi.json"

  /// Where a report is described.
  static func path(_ file: ReportFile) -> String { "\(root)/\(file.rawValue)" }

  /// Where its rows are.
  static func path(_ file: ReportFile, _ format: ReportFormat) -> String {
    "\(root)/\(file.fileName(as: format))"
  }

  /// Where pages of its rows are.
  static func rowsPath(_ file: ReportFile) -> String { "\(path(file))/rows" }

  /// All reports.
  static var list: [String: Any] { ["reports": ReportFile.allCases.map(entry)] }

  /// A report: what a row is, where its rows are, its columns.
  static func entry(_ file: ReportFile) -> [String: Any] {
    var files: [String: Any] = [:]
    for format in ReportFormat.allCases { files[format.rawValue] = path(file, format) }
    var entry: [String: Any] = [
      "name": file.rawValue, "es": file.explanation.spanish, "en": file.explanation.english,
      "files": files, "rows": rowsPath(file), "order": file.order, "filters": file.filters,
      "prefixes": file.prefixFilters, "sorts": file.sorts, "totals": file.totals.map(\.name),
      "columns": file.columns.map(column),
    ]
    entry["day"] = file.mainDay
    return entry
  }

  private static func column(_ column: ReportColumn) -> [String: Any] {
    var value: [String: Any] = [
      "name": column.name, "type": column.kind.rawValue, "source": column.source,
      "es": column.spanish, "en": column.english,
    ]
    value["unit"] = column.unit?.rawValue
    value["law"] = column.law
    return value
  }
}

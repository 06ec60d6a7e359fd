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

  /// All reports.
  static var list: [String: Any] { ["reports": ReportFile.allCases.map(entry)] }

  /// A report: what a row is, where its rows are, its columns.
  static func entry(_ file: ReportFile) -> [String: Any] {
    var files: [String: Any] = [:]
    for format in ReportFormat.allCases { files[format.rawValue] = path(file, format) }
    return [
      "name": file.rawValue, "es": file.explanation.spanish, "en": file.explanation.english,
      "files": files, "order": file.order, "filters": ReportRequest.filters(of: file),
      "columns": file.columns.map(column),
    ]
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

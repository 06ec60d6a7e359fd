/// How the rows of a report are written down.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Comma-separated values.
  case csv
  /// A workbook, as Excel and LibreOffice open it.
  case xlsx
  /// An array of objects.
  case json

  /// What it is called on HTTP.
  public var mediaType: String {
    switch self {
    case .csv: "text/csv; charset=utf-8; header=present"
    case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    case .json: "application/json"
    }
  }
}

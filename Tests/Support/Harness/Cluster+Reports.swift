import Foundation
import Ledger
import ReportingService

extension Cluster {
  /// The rows of a report as an export on a day writes it, without the header; no cell of them may
  /// hold a comma, a quote or a line end.
  public func rows(of report: String, on day: String) throws -> [[String]] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "reports-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let stores = folder.appending(path: "reporting")
    try FileManager.default.createDirectory(at: stores, withIntermediateDirectories: true)
    try saveReporting(to: stores.path)
    let out = folder.appending(path: "out").path
    _ = try ReportExport(dataDirectory: folder.path, today: CalendarDate(day))
      .write(to: out) { _, _ in }
    let text = try String(contentsOfFile: "\(out)/\(report).csv", encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

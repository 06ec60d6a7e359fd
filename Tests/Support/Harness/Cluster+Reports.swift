import Foundation
import Ledger
import ReportingService

extension Cluster {
  /// The rows of a report as an export on a day writes it, without the header; no cell of them may
  /// hold a comma, a quote or a line end.
  public func rows(of report: String, on day: String) throws -> [[String]] {
    try lines(on: day)[report, default: []].map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  /// The lines of all reports as an export on a day writes them, by the files' names without their
  /// ends; the headers are left out.
  public func lines(on day: String) throws -> [String: [String]] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "reports-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let stores = folder.appending(path: "reporting")
    try FileManager.default.createDirectory(at: stores, withIntermediateDirectories: true)
    try saveReporting(to: stores.path)
    let out = folder.appending(path: "out").path
    let summary = try ReportExport(dataDirectory: folder.path, today: CalendarDate(day))
      .write(to: out) { _, _ in }
    return try summary.files.reduce(into: [:]) { lines, file in
      let text = try String(contentsOfFile: "\(out)/\(file.name)", encoding: .utf8)
      lines[String(file.name.dropLast(".csv".count))] =
        text.split(separator: "\n").dropFirst().map(String.init)
    }
  }
}

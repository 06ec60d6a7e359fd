import Foundation
import Ledger
import ReportingRules
import ReportingService

/// Reporting's stores as they stood at one moment, on disk, to export them from as often as wanted.
public struct SavedReports {
  private let folder: URL

  init(_ folder: URL) { self.folder = folder }

  /// The texts of all reports, by the files' names without their ends.
  ///
  /// - Parameters:
  ///   - today: the day against which time limits are held.
  ///   - asOf: the day as of which the books are reported; nil for as they stand.
  public func texts(
    on today: String, asOf day: String? = nil, transferDays: Int = ReportExport.transferDays
  ) throws -> [String: String] {
    let out = folder.appending(path: "out").path
    let export = ReportExport(
      dataDirectory: folder.path, today: try CalendarDate(today), transferDays: transferDays,
      isSettled: true, asOf: try day.map { try CalendarDate($0) })
    return try export.write(to: out) { _, _ in }.files.reduce(into: [:]) { texts, file in
      let text = try String(contentsOfFile: "\(out)/\(file.name)", encoding: .utf8)
      texts[String(file.name.dropLast(".csv".count))] = text
    }
  }
}

extension SavedReports {
  /// Writes all reports in a format, and answers the folder in which they are.
  public func export(
    as format: ReportFormat, on today: String, asOf day: String? = nil
  ) throws -> String {
    let out = folder.appending(path: "out-\(format)").path
    let export = ReportExport(
      dataDirectory: folder.path, today: try CalendarDate(today), isSettled: true,
      asOf: try day.map { try CalendarDate($0) })
    _ = try export.write(to: out, as: format) { _, _ in }
    return out
  }
}

extension SavedReports {
  /// Writes the rows of a report that have these cells to a file, and answers its path.
  public func export(
    _ report: ReportFile, as format: ReportFormat, on today: String, with cells: [String: String]
  ) throws -> String {
    let path = folder.appending(path: "some-" + report.fileName(as: format))
    var bytes: [UInt8] = []
    try ReportExport(dataDirectory: folder.path, today: try CalendarDate(today), isSettled: true)
      .write(report, as: format, RowFilter(report, cells: cells)) { bytes += $0 }
    try Data(bytes).write(to: path)
    return path.path
  }
}

extension SavedReports {
  /// Follows a question.
  ///
  /// - Parameters:
  ///   - day: the day as of which the books are read; nil for as they stand.
  ///   - sees: whether a company's rows may be seen; nil for all.
  public func trail(
    _ question: TrailQuestion, asOf day: String? = nil,
    sees: (@Sendable (String) -> Bool)? = nil
  ) throws -> Trail {
    try Trail(
      question, dataDirectory: folder.path, asOf: try day.map { try CalendarDate($0) }, sees: sees)
  }
}

extension Cluster {
  /// Saves what reporting has now for as long as `body` runs.
  public func withReports<Value>(_ body: (SavedReports) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "reports-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let stores = folder.appending(path: "reporting")
    try FileManager.default.createDirectory(at: stores, withIntermediateDirectories: true)
    try saveReporting(to: stores.path)
    return try body(SavedReports(folder))
  }
}

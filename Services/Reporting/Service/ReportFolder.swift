import Foundation
import ReportingRules
import Store

/// The folder that reports are written to: under other names first, under their own once all are
/// whole.
final class ReportFolder {
  private let directory: String
  private let suffix = ".\(UUID().uuidString).part"
  private var written: [ReportFile] = []

  /// Makes the folder where there is none.
  init(_ directory: String) throws {
    self.directory = directory
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
  }

  /// Writes a report: its header, and the rows that `body` adds.
  ///
  /// - Parameter body: gets the rows and a function to be called after each.
  func write(
    _ file: ReportFile, _ body: (inout CSVRows, (inout CSVRows) throws -> Void) throws -> Void
  ) throws {
    let path = temporaryPath(file)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw ReportingError.failed("\(path): \(String(cString: strerror(errno)))")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    written.append(file)
    var rows = CSVRows()
    for column in file.columns { rows.text(column) }
    rows.endRow()
    do {
      try body(&rows) { rows in
        guard rows.bytes.count >= Self.bufferSize else { return }
        try handle.write(contentsOf: rows.bytes)
        rows.removeAll()
      }
      try handle.write(contentsOf: rows.bytes)
      try handle.synchronize()
    } catch {
      try? handle.close()
      throw error
    }
    try handle.close()
  }

  /// Gives the reports their own names, in the place of earlier ones.
  func publish() throws {
    for file in written {
      let path = directory + "/" + file.fileName
      guard rename(temporaryPath(file), path) == 0 else {
        throw ReportingError.failed("\(path): \(String(cString: strerror(errno)))")
      }
    }
    try Files.synchronizeFolder(of: directory + "/")
  }

  /// Removes what was not published.
  func discard() {
    for file in written { try? FileManager.default.removeItem(atPath: temporaryPath(file)) }
  }

  private static let bufferSize = 256 << 10

  private func temporaryPath(_ file: ReportFile) -> String {
    directory + "/." + file.fileName + suffix
  }
}

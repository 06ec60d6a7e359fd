import Foundation
import ReportingRules
import Store

/// The folder that reports are written to: under other names first, under their own once all are
/// whole.
final class ReportFolder {
  private let directory: String
  private static let ending = ".part"
  private let suffix = ".\(UUID().uuidString)\(ending)"
  /// The folder itself, locked for as long as somebody writes to it; below 0 where it cannot be.
  private let lock: Int32
  private var written: [ReportFile] = []

  private let format: ReportFormat
  private let isContrast: Bool

  /// Makes the folder where there is none, and removes what those left in it who were killed.
  ///
  /// - Parameter isContrast: whether the files are differences of two moments.
  init(_ directory: String, _ format: ReportFormat, isContrast: Bool = false) throws {
    self.directory = directory
    self.format = format
    self.isContrast = isContrast
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    lock = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard lock >= 0 else { return }
    if flock(lock, LOCK_EX | LOCK_NB) == 0 { removeLeftovers() }
    _ = flock(lock, LOCK_SH)
  }

  deinit { if lock >= 0 { close(lock) } }

  /// Removes parts of reports, while nobody else writes.
  private func removeLeftovers() {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    for name in names where name.hasPrefix(".") && name.hasSuffix(Self.ending) {
      let words = name.dropFirst().split(separator: ".")
      guard words.count == 4, UUID(uuidString: String(words[2])) != nil else { continue }
      try? FileManager.default.removeItem(atPath: "\(directory)/\(name)")
    }
  }

  /// What a report's file is called.
  func name(of file: ReportFile) -> String {
    isContrast ? file.contrastFileName(as: format) : file.fileName(as: format)
  }

  /// Writes a report: what stands around the rows, and the rows that `body` adds.
  ///
  /// - Parameter body: gets the rows and a function to be called after each, which says how many
  ///   there are by then.
  /// - Returns: how many rows it has.
  func write(
    _ file: ReportFile,
    _ body: (inout ReportRows, (inout ReportRows) throws -> Int) throws -> Void
  ) throws -> Int {
    let path = temporaryPath(file)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw ReportingError.failed("\(path): \(String(cString: strerror(errno)))")
    }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    written.append(file)
    do {
      var rows = try ReportRows(file, as: format, isContrast: isContrast)
      try body(&rows) { rows in
        if rows.count >= Self.bufferSize { try rows.take { try handle.write(contentsOf: $0) } }
        return rows.written
      }
      try rows.finish()
      try rows.take { try handle.write(contentsOf: $0) }
      try handle.synchronize()
      try handle.close()
      return rows.written
    } catch {
      try? handle.close()
      throw error
    }
  }

  /// Gives the reports their own names, in the place of earlier ones.
  func publish() throws {
    for file in written {
      let path = directory + "/" + name(of: file)
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
    directory + "/." + name(of: file) + suffix
  }
}

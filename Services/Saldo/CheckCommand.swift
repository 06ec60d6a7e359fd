import ArgumentParser
import Foundation
import IngestFiles
import Ledger
import LocalSystem
import ReportingService
import ServiceRuntime

/// `saldo check`: what files would come to, without any books.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says what files would bring into books, what would wait and why; keeps nothing.",
    discussion: """
      Files are as for 'saldo process'. They are taken together into books that begin empty, and \
      that are thrown away: what waits for a fact that is in none of these files waits here. Give \
      the catalogue with them.

      Examples:
        saldo check partes.csv
        saldo check extract.zip partes.csv parts.csv bills.csv

      Exit codes: 0 when every fact would be in the books; 1 when some would wait or be rejected; \
      2 when a file cannot be read; 130 or 143 when interrupted.
      """)

  @Argument(help: ArgumentHelp("The files to look at.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "How many facts that would wait or be rejected are shown at most.", valueName: "number"))
  var limit = 100

  func validate() throws {
    guard (0...1_000_000).contains(limit) else {
      throw ValidationError("--limit must be 0 to 1000000.")
    }
  }

  func run() async throws {
    _ = try InputPaths.check(files)
    let interruptions = try Interruptions()
    let folder = FileManager.default.temporaryDirectory.appending(path: "saldo-check-\(UUID())")
    try InputPaths.makeFolder(folder.path)
    defer { try? FileManager.default.removeItem(at: folder) }
    let outcome = try await CheckRun(files: files, folder: folder.path, limit: limit)
      .run(until: interruptions)
    if outcome.unreadable > 0 { throw ExitCode(2) }
    if outcome.left > 0 { throw ExitCode(1) }
  }
}

/// Takes files into books in a folder, and says file by file and in the end what they come to.
private struct CheckRun: Sendable {
  let files: [String]
  let folder: String
  let limit: Int

  /// What is not as it should be.
  struct Outcome: Sendable {
    /// Files that cannot be read.
    var unreadable = 0
    /// Facts that are not in the books.
    var left = 0
  }

  func run(until interruptions: Interruptions) async throws -> Outcome {
    var outcome = try await load(until: interruptions)
    let export = ReportExport(
      dataDirectory: folder, today: nil, isSettled: true)
    _ = try await interruptions.during {
      try await OwnThread.run { _ in try export.write(to: folder + "/reports") { _, _ in } }
    }
    let totals = try ReportTotals.read(dataDirectory: folder)
    outcome.left += Int(totals.waiting + totals.rejected)
    try show(totals, export)
    return outcome
  }

  private func load(until interruptions: Interruptions) async throws -> Outcome {
    var settings = LocalSystem.Settings()
    // Few files are worth more: what is sent to every partition is sent once.
    settings.partitions = 1
    let system = try await LocalSystem(
      directory: folder, settings: settings, logger: LogOptions.logger(.warning))
    do {
      let outcome = try await interruptions.during {
        try await withThrowingTaskGroup(of: Outcome?.self) { tasks in
          tasks.addTask {
            try await system.run()
            if !Task.isCancelled { throw LocalSystemError.ended }
            return nil
          }
          tasks.addTask {
            var outcome = Outcome()
            for path in files { try await load(path, into: system, &outcome) }
            try await system.settle()
            return outcome
          }
          defer { tasks.cancelAll() }
          while let ended = try await tasks.next() {
            if let outcome = ended { return outcome }
          }
          throw CancellationError()
        }
      }
      await system.close()
      return outcome
    } catch {
      await system.close()
      throw error
    }
  }

  private func load(
    _ path: String, into system: LocalSystem, _ outcome: inout Outcome
  ) async throws {
    do {
      let loaded = try await system.load(path: path, checked: true)
      let counts = loaded.counts
      Standard.output(
        "\(path): \(loaded.summary.format.name), \(counts.accepted) accepted, "
          + "\(counts.rejected) rejected")
      for fault in counts.errors { Standard.output(VisibleText.line("  \(fault)")) }
      for note in loaded.summary.notes where !note.code.isRejection {
        Standard.output(VisibleText.line("  left out: \(note)"))
      }
    } catch let error as InputFileError {
      // The others may be well, and what they say is wanted too.
      Standard.error("saldo: \(error)")
      outcome.unreadable += 1
    }
  }

  private func show(_ totals: ReportTotals, _ export: ReportExport) throws {
    Standard.output("would be in the books: \(totals.documents) documents, \(totals.lots) lots")
    Standard.output("would wait: \(totals.waiting)")
    Standard.output("would be rejected: \(totals.rejected)")
    for row in try PendingRows(export, limit: limit).rows {
      let id = row.id.isEmpty ? "" : " (id \(row.id))"
      Standard.output(VisibleText.line("  \(row.reason)\(id)"))
    }
  }
}

extension FileFormat {
  /// For people.
  fileprivate var name: String {
    switch self {
    case .events: "events"
    case .dataStage: "Data Stage"
    case .partes: "partes"
    case .companies: "companies"
    case .plants: "plants"
    case .parts: "parts"
    case .bills: "bills of materials"
    case .movements: "stock movements"
    }
  }
}

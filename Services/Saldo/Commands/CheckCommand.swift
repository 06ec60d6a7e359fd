import ArgumentParser
import Foundation
import IngestFiles
import Ledger
import ReportingService
import SaldoComposition
import ServiceRuntime

/// `saldo check`: what files would come to, without any books.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Shows what files would add to the books, what would wait and why; keeps nothing.",
    discussion: """
      Files are as for 'saldo process'. They are loaded together into empty books, which are \
      then thrown away. A fact that refers to something in none of these files waits: give the \
      catalogue with them.

      Examples:
        saldo check partes.csv
        saldo check extract.zip partes.csv parts.csv bills.csv

      Exit codes: 0 when every fact would be in the books; 1 when some would wait or be rejected; \
      2 when a file cannot be read; 130 or 143 when interrupted.
      """)

  @Argument(help: ArgumentHelp("The files to check.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "How many facts that would wait or be rejected to show.", valueName: "number"))
  var limit = 100

  @OptionGroup var summary: SummaryOptions

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
    let outcome = try await CheckRun(
      files: files, folder: folder.path, limit: limit, line: summary.line
    )
    .run(until: interruptions)
    if summary.json {
      try Standard.output(JSONText.encoded(outcome))
    } else if !summary.quiet {
      outcome.show()
    }
    for file in outcome.files {
      if let error = file.error { Standard.error(VisibleText.line("saldo: \(error)")) }
    }
    if outcome.files.contains(where: { $0.error != nil }) { throw ExitCode(2) }
    if outcome.waiting + outcome.rejected > 0 { throw ExitCode(1) }
  }
}

/// Takes files into books in a folder, and finds out what they come to.
private struct CheckRun: Sendable {
  let files: [String]
  let folder: String
  let limit: Int
  let line: ProgressLine

  func run(until interruptions: Interruptions) async throws -> CheckOutcome {
    var outcome = CheckOutcome()
    outcome.files = try await load(until: interruptions)
    let export = ReportExport(
      dataDirectory: folder, today: nil, isSettled: true)
    _ = try await interruptions.during {
      try await OwnThread.run { _ in try export.write(to: folder + "/reports") { _, _ in } }
    }
    line.clear()
    outcome.add(
      try ReportTotals.read(dataDirectory: folder), try PendingRows(export, limit: limit).rows)
    return outcome
  }

  private func load(until interruptions: Interruptions) async throws -> [CheckOutcome.File] {
    var settings = LocalSystem.Settings()
    // Few files are worth more: what is sent to every partition is sent once.
    settings.partitions = 1
    let system = try await LocalSystem(
      directory: folder, settings: settings, logger: LogOptions.logger(.warning))
    let loaded = Shared<[CheckOutcome.File]>([])
    do {
      try await interruptions.during {
        try await system.run {
          for (index, path) in files.enumerated() {
            line.show("reading \(path) (file \(index + 1) of \(files.count))")
            loaded.value.append(try await load(path, into: system))
          }
          line.show("working out what comes of them")
          try await system.settle()
        }
      }
      await system.close()
      return loaded.value
    } catch {
      await system.close()
      throw error
    }
  }

  private func load(_ path: String, into system: LocalSystem) async throws -> CheckOutcome.File {
    do {
      return CheckOutcome.File(path, try await system.load(path: path, checked: true))
    } catch let error as InputFileError {
      // The others may be well, and what they say is wanted too.
      return CheckOutcome.File(file: path, error: "\(error)")
    }
  }
}

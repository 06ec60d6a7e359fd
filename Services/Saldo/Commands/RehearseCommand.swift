import ArgumentParser
import EventLog
import Foundation
import Ledger
import Logging
import Messages
import ReportingService
import SaldoComposition
import ServiceRuntime

/// `saldo rehearse`: what this program's rules would say otherwise of a data folder's facts.
struct RehearseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "Shows what this program would report differently about the facts of a log.",
    discussion: """
      Every fact of the folder's log is loaded into temporary books by this program's rules, \
      and their reports are compared with the reports of the folder's own books, row by row and \
      in any order. The folder is only read, and services of another version may run on it. Run \
      it before an upgrade. Settings that are recorded in the log, such as --pairing-days, are \
      taken from there unless given.

      With --reports the comparison is with the reports in a folder, as the version in \
      production wrote them for the same day (--today). Use it if this program cannot read that \
      version's books, or if the services take facts meanwhile.

      With --log kafka://HOST:PORT the facts come from a cluster, which is only read, by a \
      consumer group of its own. Then --reports is required: the reports that \
      'saldo export --log' of the version in production writes.

      Examples:
        saldo rehearse --data books
        saldo rehearse --data books --reports exported --today 2026-03-31 --limit 20
        saldo rehearse --log kafka://127.0.0.1:9092 --reports exported

      Exit codes: 0 when nothing differs; 1 when something does; 2 when something cannot be read \
      or written; 130 or 143 when interrupted.
      """)

  @Option(
    help: ArgumentHelp("The folder of the books; leave it out with --log.", valueName: "dir"))
  var data: String?

  @Option(
    help: ArgumentHelp("Reports of those books, as the other version wrote them.", valueName: "dir")
  )
  var reports: String?

  @Option(help: ArgumentHelp("How many rows of each side to show.", valueName: "number"))
  var limit = 5

  @OptionGroup var system: SystemOptions
  @OptionGroup var options: ReportOptions
  @OptionGroup var summary: SummaryOptions

  func validate() throws {
    guard (0...1_000_000).contains(limit) else {
      throw ValidationError("--limit must be 0 to 1000000.")
    }
    let isShared = try system.eventLog.isShared
    guard isShared == (data == nil) else {
      throw ValidationError(
        isShared ? "Give --data or --log, not both." : "Whose facts? Give --data DIR, or --log.")
    }
    if isShared, reports == nil {
      throw ValidationError(
        "--log needs --reports: the reports that the version in production exports.")
    }
  }

  func run() async throws {
    let interruptions = try Interruptions()
    let line = summary.line
    let place = FileManager.default.temporaryDirectory.appending(path: "saldo-rehearse-\(UUID())")
    try InputPaths.makeFolder(place.path)
    defer { try? FileManager.default.removeItem(at: place) }
    let books = place.appending(path: "books").path
    try InputPaths.makeFolder(books)

    // What there is now comes first: what arrives meanwhile shows as rows only after.
    let before: String
    if let reports {
      before = reports
    } else {
      before = place.appending(path: "before").path
      var export = options.export(of: data ?? "")
      export.rules = nil
      _ = try await ReportRun(export: export, folder: before, line: line).run(until: interruptions)
    }
    let facts = try await interruptions.during {
      try await rehearse(in: books) { line.show("\($0) facts taken") }
    }
    let after = place.appending(path: "after").path
    _ = try await ReportRun(export: options.export(of: books), folder: after, line: line)
      .run(until: interruptions)
    let differences = try ReportDifference.all(before: before, after: after, limit: limit)
    line.clear()

    for difference in differences where !difference.isEmpty { Self.show(difference) }
    var figures = FigureList()
    figures.add("facts", facts)
    figures.add("rules", Int(RulesVersion.current))
    figures.add("rows only before", differences.reduce(0) { $0 + $1.before.count })
    figures.add("rows only after", differences.reduce(0) { $0 + $1.after.count })
    try summary.show(figures)
    if differences.contains(where: { !$0.isEmpty }) { throw ExitCode(1) }
  }

  /// Makes the books; answers how many facts there were.
  private func rehearse(
    in books: String, _ progress: @escaping @Sendable (Int) -> Void
  ) async throws -> Int {
    let logger = LogOptions.logger(.warning)
    guard case .kafka(let servers) = try system.eventLog.address else {
      return try await Rehearsal(
        of: data ?? "", in: books, settings: try system.settings, logger: logger
      ).run(progress: progress)
    }
    let name = "saldo.rehearse-\(UUID())"
    let log = try system.eventLog.open(servers, instance: nil, logger)
    do {
      var settings = LocalSystem.Settings()
      settings.pairingDays = system.pairingDays
      settings.batch.records = system.batchSize
      let rehearsal = try await Rehearsal(
        of: log, as: name, in: books, settings: settings, logger: logger)
      let count = try await rehearsal.run(progress: progress)
      await log.close()
      return count
    } catch {
      await log.close()
      guard let error = error as? EventLogError else { throw error }
      throw ArgumentError(
        "kafka://\(servers)", "\(error)\(system.eventLog.advice(error, servers))")
    }
  }

  private static func show(_ difference: ReportDifference) {
    let note = difference.note.map { " (\($0))" } ?? ""
    Standard.output(
      "\(difference.name)\(note): \(difference.before.count) rows only before, "
        + "\(difference.after.count) only after")
    for (sign, rows) in [("-", difference.before), ("+", difference.after)] {
      for row in rows.first { Standard.output(VisibleText.line("  \(sign) \(row)")) }
      if rows.count > rows.first.count, !rows.first.isEmpty {
        Standard.output("  \(sign) and \(rows.count - rows.first.count) more")
      }
    }
  }
}

import ArgumentParser
import EventLog
import Ledger
import Logging
import ReportingRules
import ReportingService
import SaldoComposition
import ServiceRuntime

/// `saldo process`: from files to reports, and done.
struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Loads files into the books, and writes the reports.",
    discussion: """
      File formats are recognised by content: events (JSON, in any sequence or in arrays), \
      SAT's Data Stage (ZIP), partes.csv, and spreadsheets (CSV) of companies, plants, parts, \
      bills and stock movements. Files may come in any order. Running the command again with \
      the same files changes nothing. Further files continue from what the data folder holds, \
      and so does a run after one that was interrupted.

      Examples:
        saldo process events.ndjson --data books --export reports
        saldo process extract.zip partes.csv --data books --export reports
        saldo process plants.csv parts.csv bills.csv --data books --export reports
        saldo process files/* --data books --export reports --partitions 4
        saldo process files/* --data books --export reports --format xlsx
        saldo process files/* --log kafka://127.0.0.1:9092 --create-topics --data books \\
          --export reports

      With --log kafka://HOST:PORT the services of this process share the cluster's partitions \
      with those that run elsewhere, and the reports cover all partitions.

      Exit codes: 0 when every fact is in the books; 1 when some wait or were rejected (the \
      reports are written; pendientes.csv says which and why), or when something that came in \
      is not accounted for (conservacion.csv says what); 2 when something cannot be read or \
      written; 130 or 143 when interrupted.
      """)

  @Argument(help: ArgumentHelp("The files to load.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("The folder of the books; created if missing.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("The folder to write the reports to.", valueName: "dir"))
  var export: String

  @OptionGroup var system: SystemOptions
  @OptionGroup var reports: ReportOptions
  @OptionGroup var summary: SummaryOptions

  func run() async throws {
    let sizes = try InputPaths.check(files)
    try InputPaths.makeFolder(data)
    try InputPaths.makeFolder(export)
    let interruptions = try Interruptions()
    let clock = ContinuousClock()
    let start = clock.now
    let line = summary.line

    let logger = LogOptions.logger(.warning)
    let loaded = try await load(files, sizes, line, until: interruptions, logger)
    let toWrite: ReportExport
    let written: ExportSummary
    do {
      (toWrite, written) = try await report(line, until: interruptions, logger)
    } catch ReportingError.damaged {
      // Others may be, too. A marked store is built again from its log when it is opened next.
      for folder in Set([data, data + "/read-models"]) {
        for name in DataFiles.databases(in: folder) {
          _ = DataFiles.markedDamage(of: name, in: folder)
        }
      }
      _ = try await load([], [], line, until: interruptions, logger)
      (toWrite, written) = try await report(line, until: interruptions, logger)
    }
    let totals = try ReportTotals.read(dataDirectory: toWrite.dataDirectory, asOf: reports.al)
    let elapsed = Elapsed(start.duration(to: clock.now))
    line.clear()
    for note in loaded.notes { Standard.error("saldo: \(note)") }

    var figures = FigureList()
    figures.add("events taken", loaded.events)
    figures.add(totals)
    figures.add("seconds", elapsed.seconds)
    figures.add("events a second", elapsed.rate(of: loaded.events))
    figures.add(written)
    let left = totals.waiting + totals.rejected
    try summary.show(
      figures, alarms: written.alarms,
      pending: left > 0
        ? Pending(
          count: left, rows: PendingRows(toWrite, limit: 5).rows,
          file: ReportFile.pending.fileName(as: reports.format)) : nil)
    if left > 0 || !written.alarms.isEmpty { throw ExitCode(1) }
  }

  /// Loads files into the books, and waits until everything that is in the log has been applied.
  private func load(
    _ files: [String], _ sizes: [Int64], _ line: ProgressLine, until interruptions: Interruptions,
    _ logger: Logger
  ) async throws -> FileRun.Result {
    let opening = SystemOpening(
      options: system, data: data, services: ServiceName.allCases, logger: logger)
    let local = try await interruptions.during { try await opening.open() }
    do {
      let loaded = try await FileRun(system: local, files: files, sizes: sizes, line: line)
        .run(until: interruptions)
      await local.close()
      return loaded
    } catch {
      line.clear()
      await local.close()
      throw error
    }
  }

  private func report(
    _ line: ProgressLine, until interruptions: Interruptions, _ logger: Logger
  ) async throws -> (export: ReportExport, written: ExportSummary) {
    let books = try await readable(until: interruptions, logger)
    let toWrite = reports.export(of: books, isSettled: true)
    let written = try await ReportRun(
      export: toWrite, folder: export, format: reports.format, line: line
    ).run(until: interruptions)
    return (toWrite, written)
  }

  /// The folder with the read models of every partition: of a cluster, this process's services have
  /// only their own.
  private func readable(until interruptions: Interruptions, _ logger: Logger) async throws -> String
  {
    guard case .kafka(let servers) = try system.eventLog.address else { return data }
    let folder = data + "/read-models"
    try InputPaths.makeFolder(folder)
    let reader = ReaderRun(
      options: system.eventLog, servers: servers, data: folder, logger: logger)
    try await interruptions.during { try await reader.run() }
    return folder
  }
}

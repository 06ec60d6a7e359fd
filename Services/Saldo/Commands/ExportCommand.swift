import ArgumentParser
import ReportingService
import SaldoComposition
import ServiceRuntime

/// `saldo export`: the reports as the books stand now.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the reports from a data folder, even while the services run on it.",
    discussion: """
      Each report is one file; all of them show the books at the same moment. Reports of an \
      earlier export in the same folder are replaced once the new ones are complete; those of \
      another format stay. --format xlsx writes workbooks with numbers and dates as such; json \
      writes an array of objects.

      With --al DAY the books are those of that day: without anything dated later, and with \
      time limits, days and states as they were then. Which documents count, the catalogue and \
      what waits are as known now.

      With --log kafka://HOST:PORT the data folder belongs to the export, not to a service: it \
      holds read models that follow the cluster's topics up to where they end when the command \
      starts. The first run reads everything, later runs what has been added.

      Examples:
        saldo export --data books --out reports
        saldo export --data books --out reports --due-soon-days 90
        saldo export --data books --out march --al 2026-03-31 --format xlsx
        saldo export --log kafka://127.0.0.1:9092 --settle --data reader --out reports

      Exit codes: 0 when the reports are written; 1 when they are, but something that came in \
      is not accounted for (conservacion.csv says what); 2 when something cannot be read or \
      written, or the services have not caught up in time; 130 or 143 when interrupted.
      """)

  @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("The folder to write the reports to.", valueName: "dir"))
  var out: String

  @OptionGroup var eventLog: EventLogOptions

  @Flag(help: "First wait until every service on the cluster has applied everything.")
  var settle = false

  @Option(help: ArgumentHelp("How long to wait for that.", valueName: "seconds"))
  var settleTimeout = 600

  @OptionGroup var reports: ReportOptions
  @OptionGroup var summary: SummaryOptions

  func validate() throws {
    if settle, try !eventLog.isShared {
      throw ValidationError("--settle needs --log kafka://HOST:PORT.")
    }
    guard (0...604_800).contains(settleTimeout) else {
      throw ValidationError("--settle-timeout must be 0 to 604800.")
    }
  }

  func run() async throws {
    let line = summary.line
    let interruptions = try Interruptions()
    if case .kafka(let servers) = try eventLog.address {
      try InputPaths.makeFolder(data)
      let reader = ReaderRun(
        options: eventLog, servers: servers, data: data, logger: LogOptions.logger(.warning))
      let limit: Duration? = settle ? .seconds(settleTimeout) : nil
      try await interruptions.during { try await reader.run(settling: limit) }
    }
    let written = try await ReportRun(
      export: reports.export(of: data), folder: out, format: reports.format, line: line
    ).run(until: interruptions)
    line.clear()
    var figures = FigureList()
    figures.add(try ReportTotals.read(dataDirectory: data, asOf: reports.al))
    figures.add(written)
    try summary.show(figures, alarms: written.alarms)
    if !written.alarms.isEmpty { throw ExitCode(1) }
  }
}

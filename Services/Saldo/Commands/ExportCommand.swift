import ArgumentParser
import ReportingService
import SaldoComposition
import ServiceRuntime

/// `saldo export`: the reports as the books stand, or stood.
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

      With --conocido INSTANT the books are those that the ledger had posted by then, whatever \
      came since. An export prints its corte, the name of its moment; --corte TOKEN writes the \
      same files again, to the byte, as long as the log is there. The books of an earlier moment \
      are built from the log, once, in DIR/moments, which keeps the last few and may be deleted.

      With --contra MOMENT the files, contra-saldos.csv and so on, hold the rows that differ \
      from that moment. What MOMENT does not name stays the same: --al 2026-06-30 --contra \
      al:2026-03-31 is what changed between the two days, as known now; --contra \
      conocido:2026-06-30T18:00:00-06:00 is what became known since then.

      With --log kafka://HOST:PORT the data folder belongs to the export, not to a service: it \
      holds read models that follow the cluster's topics up to where they end when the command \
      starts. The first run reads everything, later runs what has been added.

      Examples:
        saldo export --data books --out reports
        saldo export --data books --out reports --due-soon-days 90
        saldo export --data books --out march --al 2026-03-31 --format xlsx
        saldo export --data books --out then --conocido 2026-03-31T18:00:00-06:00
        saldo export --data books --out changes --contra conocido:2026-03-31T18:00:00-06:00
        saldo export --log kafka://127.0.0.1:9092 --settle --data reader --out reports

      Exit codes: 0 when the reports are written; 1 when they are, but something that came in \
      is not accounted for (conservacion.csv says what); 2 when something cannot be read or \
      written, a corte is of another log, or the services have not caught up in time; 130 or \
      143 when interrupted.
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

  @OptionGroup var moment: MomentOptions
  @OptionGroup var reports: ReportOptions
  @OptionGroup var summary: SummaryOptions

  func validate() throws {
    if settle, try !eventLog.isShared {
      throw ValidationError("--settle needs --log kafka://HOST:PORT.")
    }
    if moment.needLog, try eventLog.isShared {
      throw ValidationError(
        "--conocido, --corte and --contra of those read the log of the data folder, and over a "
          + "cluster there is none.")
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
      export: moment.applied(to: reports.export(of: data)), folder: out, format: reports.format,
      line: line
    ).run(until: interruptions)
    line.clear()
    var figures = FigureList()
    figures.add(written.totals)
    figures.add(written)
    try summary.show(figures, alarms: written.alarms)
    if !written.alarms.isEmpty { throw ExitCode(1) }
  }
}

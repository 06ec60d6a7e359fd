import ArgumentParser
import ReportingService

/// `saldo export`: the reports as the books stand now.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Writes the reports out of a data folder, also while the services run on it.",
    discussion: """
      Each report is one CSV file; all of them are of one moment. Reports of an earlier export in \
      the same folder are replaced once the new ones are whole.

      Examples:
        saldo export --data books --out reports
        saldo export --data books --out reports --due-soon-days 90

      Exit codes: 0; 1 when of some part what came in is not accounted for (conservacion.csv says \
      which); 2 when something cannot be read or written.
      """)

  @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
  var data: String

  @Option(help: ArgumentHelp("The folder to write the reports to.", valueName: "dir"))
  var out: String

  @OptionGroup var reports: ReportOptions

  func run() async throws {
    let line = ProgressLine()
    let written = try await ReportRun(export: reports.export(of: data), folder: out, line: line)
      .run()
    line.clear()
    var figures = FigureList()
    figures.add(try ReportTotals.read(dataDirectory: data))
    figures.add(written)
    figures.show()
    written.alarms.forEach(Standard.show)
    if !written.alarms.isEmpty { throw ExitCode(1) }
  }
}

import ArgumentParser
import Foundation
import SaldoSample

/// `saldo sample`: a company's files, made up.
struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Makes up a company and writes its files, for tests and demonstrations.",
    discussion: """
      Writes catalogo.ndjson (companies, plants, parts, bills of materials) and, for each \
      company, the Data Stage (ZIP), partes.csv and movimientos.ndjson (stock movements, moves, \
      destructions and their notices). The same options give the same bytes. A movement is a \
      stock event, a lot that comes in, or one component that goes out.

      Examples:
        saldo sample --out files --seed 1 --plants 2 --parts 100 \\
          --days 90 --movements-per-day 200
        saldo sample --out files --seed 7 --plants 6 --parts 2000 \\
          --days 365 --movements-per-day 30000 --companies 3

      Exit codes: 0 when the files are written; 2 when they cannot be written.
      """)

  @Option(help: ArgumentHelp("The folder to write to.", valueName: "dir"))
  var out: String

  @Option(help: ArgumentHelp("The seed of all random choices.", valueName: "number"))
  var seed: UInt64

  @Option(help: ArgumentHelp("How many plants, of all companies together.", valueName: "number"))
  var plants: Int

  @Option(
    help: ArgumentHelp("How many part numbers, at least 4.", valueName: "number"))
  var parts: Int

  @Option(help: ArgumentHelp("How many calendar days.", valueName: "number"))
  var days: Int

  @Option(
    help: ArgumentHelp("How many movements a day, of all plants together.", valueName: "number"))
  var movementsPerDay: Int

  @Option(
    help: ArgumentHelp(
      "How many companies; they also transfer to each other.", valueName: "number"))
  var companies = 1

  @Option(
    help: ArgumentHelp(
      "Of a thousand stock events, how many are moves between plants of one company, some of "
        + "them in chains, some of goods that are not there, and not all received whole.",
      valueName: "number"))
  var movedPerMille = 0

  @Option(
    help: ArgumentHelp(
      "For a thousand stock events, how many times goods go to a sub-manufacturer or come back.",
      valueName: "number"))
  var submanufacturePerMille = 0

  @Option(
    help: ArgumentHelp(
      "Of a thousand documents, how many dispose of scrap by F4 (DE) or V9 (DN), or give notice "
        + "of a destruction that an act follows; a few ask for more scrap than there is.",
      valueName: "number"))
  var disposedPerMille = 0

  func run() throws {
    var plan = SamplePlan(
      seed: seed, plants: plants, parts: parts, days: days, movementsPerDay: movementsPerDay,
      companies: companies)
    plan.movedPerMille = movedPerMille
    plan.submanufacturePerMille = submanufacturePerMille
    plan.disposedPerMille = disposedPerMille
    let line = ProgressLine()
    let summary: SampleSummary
    do {
      summary = try SampleCompany.write(plan, to: out) { line.show("\($0) movements written") }
    } catch SampleError.file(let path, let code) {
      throw ArgumentError(path, String(cString: strerror(code)))
    } catch SampleError.plan(let field, let reason) {
      throw ArgumentError(Self.option(field), reason)
    }
    line.clear()
    var figures = FigureList()
    figures.add("movements", summary.movements)
    figures.add("events", summary.events)
    for (type, count) in summary.eventsByType.sorted(by: { $0.key < $1.key }) {
      figures.add("  \(type)", count)
    }
    figures.add("pedimentos", summary.pedimentos)
    figures.add("lines", summary.lines)
    figures.add("late or repeated", summary.late)
    figures.add("files", summary.files.count)
    for path in summary.files { figures.add("  \(path)", "\(Self.size(path)) bytes") }
    figures.show()
  }

  /// A field of the plan as its option.
  private static func option(_ field: String) -> String {
    "--" + field.map { $0.isUppercase ? "-\($0.lowercased())" : "\($0)" }.joined()
  }

  private static func size(_ path: String) -> Int64 {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : 0
  }
}

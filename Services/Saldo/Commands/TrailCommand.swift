import ArgumentParser
import Foundation
import Ledger
import ReportingRules
import ReportingService
import SaldoComposition
import ServiceRuntime

/// `saldo trail`: from an exported line to its entries and back, with the events that said so.
struct TrailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trail",
    abstract: "Shows what an exit drew on, or what drew on an entry, and the events behind it.",
    discussion: """
      With --exit it goes from a pedimento of export or an act of destruction to what it took: the \
      postings, the lots, the pedimentos of entry, the bill of materials, and the events that said \
      so. With --entry it goes from an import to everything that drew on it. Both follow moves \
      between plants and virtual transfers that are paired. What does not fit into --limit rows of \
      a table is left out and told.

      Examples:
        saldo trail --exit 262434566000002 --line 1 --part CABLE --data books
        saldo trail --entry 262434566000001 --line 1 --data books --json
        saldo trail --entry 262434566000001 --data books --al 2026-03-31

      Exit codes: 0; 1 where something did not fit and is left out; 2 where the books have no such \
      document, or there are no books.
      """)

  @Option(
    help: ArgumentHelp("The exit: a pedimento or an act of destruction.", valueName: "document"))
  var exit: String?

  @Option(help: ArgumentHelp("The entry: a pedimento.", valueName: "pedimento"))
  var entry: String?

  @Option(help: ArgumentHelp("Only this line of the document.", valueName: "line"))
  var line: Int32?

  @Option(
    help: ArgumentHelp(
      "Only this part; of an exit of products the product or the component.", valueName: "part"))
  var part: String?

  @Option(help: ArgumentHelp("Only what begins at this plant.", valueName: "plant"))
  var plant: String?

  @Option(help: ArgumentHelp("The folder of the books.", valueName: "dir"))
  var data: String

  @Option(
    help: ArgumentHelp(
      "The day, YYYY-MM-DD, as of which the books are read. (default: as they stand)",
      valueName: "day"),
    transform: ReportOptions.parseDay)
  var al: CalendarDate?

  @Option(
    help: ArgumentHelp("How many rows a table has at most, up to 10000.", valueName: "rows"))
  var limit = TrailQuestion.limit

  @Flag(help: "Print the trail as one JSON object, for programs.")
  var json = false

  func validate() throws {
    guard (exit == nil) != (entry == nil) else {
      throw ValidationError("Give --exit or --entry.")
    }
    guard (1...TrailQuestion.greatestLimit).contains(limit) else {
      throw ValidationError("--limit must be 1 to \(TrailQuestion.greatestLimit).")
    }
  }

  func run() throws {
    let name = exit ?? entry ?? ""
    let question = TrailQuestion(
      exit == nil ? .entry : .exit, of: name, line: line, part: part, plant: plant, limit: limit)
    let trail = try TrailBook(dataDirectory: data).trail(question, asOf: al)
    guard !trail.isEmpty else {
      throw ArgumentError(
        name, "the books have no such \(exit == nil ? "entry" : "exit"), or nothing came of it")
    }
    if json {
      Standard.write(String(decoding: trail.json, as: UTF8.self), to: STDOUT_FILENO)
    } else {
      TrailText.lines(trail).forEach(Standard.output)
    }
    if trail.isCut { throw ExitCode(1) }
  }
}

/// A trail for people: each table that has rows, without the columns that are empty throughout.
enum TrailText {
  static func lines(_ trail: Trail) -> [String] {
    TrailTable.allCases.flatMap { table -> [String] in
      let rows = trail[table].map { $0.map(plain) }
      guard !rows.isEmpty else { return [] }
      let shown = table.columns.indices.filter { column in rows.contains { !$0[column].isEmpty } }
      let cells = [shown.map { table.columns[$0].name }] + rows.map { row in shown.map { row[$0] } }
      let widths = shown.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
      let isNumber = shown.map { [.decimal, .integer].contains(table.columns[$0].kind) }
      let lines = cells.map { row in
        row.indices.map { column in
          let gap = String(repeating: " ", count: widths[column] - row[column].count)
          return isNumber[column] ? gap + row[column] : row[column] + gap
        }.joined(separator: "  ").trimmingTrailingSpaces
      }
      return ["\(table.rawValue) (\(rows.count))"] + lines.map { "  " + $0 } + [""]
    }
  }

  /// A cell in which nothing speaks to the terminal.
  private static func plain(_ cell: String) -> String {
    String(
      String.UnicodeScalarView(
        cell.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }
}

import Foundation
import ReportingRules

/// The manual's page about columns.
enum ColumnsPage {
  static var text: String {
    var lines = [
      "# Columns", "", "What stands in each column of each report.", "", "## Overview", "",
      "Rows are sorted, as text, by the columns that have a number. A cell that is empty says that",
      "there is no such thing, or that nobody has told it. Numbers are in the unit that the row",
      "names in `unidad`, in Mexican pesos (MXN) or in days (dias). `computed` is what the program",
      "makes out of several facts.", "",
      "This page is made of the table in `Services/Reporting/Rules/Columns`, as the headers of the",
      "files are; field lists beyond those that the law names are practice, and not its wording.",
    ]
    for file in ReportFile.allCases {
      lines += section(file.rawValue, file.explanation, file.columns, order: file.order)
    }
    lines += ["", "## Trails", "", "A trail has these tables, in one object of JSON."]
    for table in TrailTable.allCases {
      lines += section("trail: \(table.rawValue)", table.explanation, table.columns)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func section(
    _ name: String, _ explanation: (spanish: String, english: String), _ columns: [ReportColumn],
    order: [String] = []
  ) -> [String] {
    var lines = [
      "", "## \(name)", "", "\(explanation.spanish) \(explanation.english)",
      "", "| column | | holds | in | español | English | from | law |",
      "|---|---|---|---|---|---|---|---|",
    ]
    for column in columns {
      let place = order.firstIndex(of: column.name).map { "\($0 + 1)" } ?? ""
      let from = column.source.components(separatedBy: " | ").joined(separator: "; ")
      let cells = [
        "`\(column.name)`", place, column.kind.rawValue, column.unit?.rawValue ?? "",
        column.spanish, column.english, from, column.law ?? "",
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines
  }
}

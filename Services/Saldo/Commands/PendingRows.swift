import Ledger
import ReportingService

/// How many facts are not in the books, and the first of them.
struct Pending {
  var count: Int64
  var rows: [PendingRows.Row]
  /// The report that has all of them.
  var file: String
}

extension Standard {
  /// Says which facts are not in the books.
  static func show(_ pending: Pending) {
    output("not in the books, \(pending.count) in all (\(pending.file) has them):")
    for row in pending.rows {
      let place = row.place.isEmpty ? "" : row.place + ": "
      let id = row.id.isEmpty ? "" : " (id \(row.id))"
      output(VisibleText.line("  \(place)\(row.reason)\(id)"))
    }
  }
}

/// The first rows of the report of facts that wait or were rejected, for the summary.
struct PendingRows {
  /// A row: where it stands in a file, as far as it does, what is wrong, and its id.
  struct Row: Encodable, Sendable {
    var place: String
    var reason: String
    var id: String

    /// For programs.
    var json: String {
      JSONText.object([("place", place), ("reason", reason), ("id", id)])
    }
  }

  let rows: [Row]

  /// The first rows of `pendientes.csv` as an export writes it.
  init(_ export: ReportExport, limit: Int) throws {
    // Rows are shorter than that; of longer ones fewer are shown.
    let text = try export.beginning(of: .pending, bytes: max(64 << 10, limit << 10))
    let table = Self.rows(text, limit: limit + 1)
    let header = table.first ?? []
    rows = table.dropFirst().filter { $0.count == header.count }.map { row in
      func cell(_ name: String) -> String { header.firstIndex(of: name).map { row[$0] } ?? "" }
      let line = cell("renglon").isEmpty ? "" : ", line \(cell("renglon"))"
      return Row(
        place: cell("archivo").isEmpty ? "" : cell("archivo") + line, reason: cell("motivo"),
        id: cell("id"))
    }
  }

  /// The whole rows of the beginning of a table (RFC 4180).
  private static func rows(_ text: String, limit: Int) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = String.UnicodeScalarView()
    var isQuoted = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        // Of a doubled quote the second one opens again, with the quote as text.
        isQuoted.toggle()
        if isQuoted && !cell.isEmpty { cell.append(scalar) }
      case "," where !isQuoted:
        row.append(String(cell))
        cell.removeAll()
      case "\n" where !isQuoted:
        rows.append(row + [String(cell)])
        (row, cell) = ([], String.UnicodeScalarView())
        if rows.count == limit { return rows }
      default: cell.append(scalar)
      }
    }
    return rows
  }
}

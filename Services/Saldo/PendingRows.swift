import Foundation

/// The first rows of the report of facts that wait or were rejected, for the summary.
struct PendingRows {
  /// Each row's `id` and `motivo`.
  let rows: [(id: String, reason: String)]

  private static let bytes = 64 << 10

  /// Reads the first rows of `pendientes.csv` in a folder of reports.
  init(folder: String, limit: Int) throws {
    let handle = try FileHandle(forReadingFrom: URL(filePath: folder + "/pendientes.csv"))
    defer { try? handle.close() }
    let text = String(decoding: try handle.read(upToCount: Self.bytes) ?? Data(), as: UTF8.self)
    let table = Self.rows(text, limit: limit + 1)
    guard let header = table.first, let id = header.firstIndex(of: "id"),
      let reason = header.firstIndex(of: "motivo")
    else {
      rows = []
      return
    }
    rows = table.dropFirst().filter { $0.count == header.count }.map { ($0[id], $0[reason]) }
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

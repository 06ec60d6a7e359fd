/// A reader of comma-separated values (RFC 4180): quoted cells may hold commas,
/// quotes and newlines.
public enum CSV {
  /// The cells of some columns of a table, in the order that is asked for, without the header;
  /// of a column that is not there every cell is "no such column".
  public static func cells(_ columns: [String], of text: String) -> [[String]] {
    let rows = rows(text)
    let places = columns.map { rows.first?.firstIndex(of: $0) }
    return rows.dropFirst().map { row in places.map { $0.map { row[$0] } ?? "no such column" } }
  }

  /// The rows of the text, the header row included; a line's end may be `\n` or `\r\n`.
  public static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = String.UnicodeScalarView()
    var quoted = false
    func endCell() {
      row.append(String(cell))
      cell.removeAll()
    }
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      switch scalar {
      case "\"" where quoted && next == "\"":
        cell.append(scalar)
        next = scalars.next()
      case "\"": quoted.toggle()
      case "," where !quoted: endCell()
      case "\r" where !quoted && next == "\n": continue
      case "\n" where !quoted:
        endCell()
        rows.append(row)
        row = []
      default: cell.append(scalar)
      }
    }
    if !row.isEmpty || !cell.isEmpty {
      endCell()
      rows.append(row)
    }
    return rows
  }
}

import Foundation

/// A workbook as somebody reads it who knows nothing of the one that wrote it: ZIP by libzip, XML
/// by Foundation.
public struct WorkbookReader {
  /// A cell of a sheet.
  public enum Cell: Equatable, Sendable {
    case text(String)
    case number(String)
    /// A day, `YYYY-MM-DD`.
    case day(String)
    case empty

    /// What a person reads.
    public var shown: String {
      switch self {
      case .text(let text), .number(let text), .day(let text): text
      case .empty: ""
      }
    }
  }

  /// A sheet.
  public struct Sheet: Sendable {
    public var name: String
    public var rows: [[Cell]]
    /// Rows that stay in sight.
    public var frozenRows: Int
  }

  public let sheets: [Sheet]

  /// Reads a file.
  public init(path: String) throws {
    let members = try ZIPMembers(path: path).bytes
    func part(_ name: String) throws -> [Element] {
      guard let bytes = members[name] else { throw ZIPMembers.Failure(what: "no \(name)") }
      return try Element.all(in: bytes)
    }
    // Every part says what it is, one by one or by its name's end.
    let types = try part("[Content_Types].xml")
    for name in members.keys where name != "[Content_Types].xml" {
      let isNamed = types.contains { element in
        element.attributes["PartName"] == "/" + name
          || element.attributes["Extension"].map { name.hasSuffix("." + $0) } ?? false
      }
      guard isNamed else { throw ZIPMembers.Failure(what: "\(name) is of no type") }
    }
    let book = try part("xl/workbook.xml")
    let targets = try part("xl/_rels/workbook.xml.rels").reduce(into: [String: String]()) {
      if let id = $1.attributes["Id"] { $0[id] = $1.attributes["Target"] }
    }
    let formats = try part("xl/styles.xml")
    let days = Set(
      formats.filter {
        $0.name == "numFmt" && $0.attributes["formatCode"]?.contains("yyyy") == true
      }
      .compactMap { $0.attributes["numFmtId"] })
    let styles = formats.filter { $0.path.contains("cellXfs") && $0.name == "xf" }
    let dayStyles = Set(
      styles.enumerated().filter { days.contains($1.attributes["numFmtId"] ?? "") }
        .map { "\($0.offset)" })
    sheets = try book.filter { $0.name == "sheet" }.map { sheet in
      let target = targets[sheet.attributes["r:id"] ?? ""] ?? "?"
      return try Self.sheet(sheet.attributes["name"] ?? "", try part("xl/" + target), dayStyles)
    }
  }

  private static func sheet(
    _ name: String, _ elements: [Element], _ dayStyles: Set<String>
  ) throws -> Sheet {
    var sheet = Sheet(name: name, rows: [], frozenRows: 0)
    for element in elements {
      switch element.name {
      case "pane" where element.attributes["state"] == "frozen":
        sheet.frozenRows = Int(element.attributes["ySplit"] ?? "") ?? 0
      case "row":
        let number = Int(element.attributes["r"] ?? "") ?? 0
        guard number == sheet.rows.count + 1 else {
          throw ZIPMembers.Failure(what: "row \(number) after \(sheet.rows.count)")
        }
        sheet.rows.append([])
      case "c":
        let place = element.attributes["r"] ?? ""
        guard place == Self.place(sheet.rows.count, at: place) else {
          throw ZIPMembers.Failure(what: "cell \(place) in row \(sheet.rows.count)")
        }
        let column = Self.column(place)
        let row = sheet.rows.count - 1
        guard column >= sheet.rows[row].count else {
          throw ZIPMembers.Failure(what: "cell \(place) twice, or out of order")
        }
        while sheet.rows[row].count < column { sheet.rows[row].append(.empty) }
        sheet.rows[row].append(Self.cell(element, dayStyles))
      default: break
      }
    }
    return sheet
  }

  private static func cell(_ element: Element, _ dayStyles: Set<String>) -> Cell {
    if element.attributes["t"] == "inlineStr" { return .text(unescaped(element.text)) }
    if dayStyles.contains(element.attributes["s"] ?? ""), let serial = Int(element.text) {
      return .day(day(serial))
    }
    return .number(element.text)
  }

  /// The day that a workbook counts so, from 1899-12-30.
  private static func day(_ serial: Int) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? .current
    let first = calendar.date(from: DateComponents(year: 1899, month: 12, day: 30)) ?? .distantPast
    let date = calendar.date(byAdding: .day, value: serial, to: first) ?? .distantPast
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    func digits(_ number: Int?, _ count: Int) -> String {
      let text = "\(number ?? 0)"
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return "\(digits(parts.year, 4))-\(digits(parts.month, 2))-\(digits(parts.day, 2))"
  }

  private static func column(_ place: String) -> Int {
    place.prefix { $0.isLetter }.unicodeScalars.reduce(0) { $0 * 26 + Int($1.value) - 64 } - 1
  }

  private static func place(_ row: Int, at place: String) -> String {
    "\(place.prefix { $0.isLetter })\(row)"
  }

  /// Turns `_xHHHH_` into what it stands for.
  private static func unescaped(_ text: String) -> String {
    text.replacing(/_x([0-9A-Fa-f]{4})_/) { match in
      UInt32(match.1, radix: 16).flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? "?"
    }
  }
}

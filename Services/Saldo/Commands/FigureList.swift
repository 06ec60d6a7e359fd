import ReportingService

/// Figures with their names, in two columns.
struct FigureList {
  private var rows: [(name: String, value: String)] = []
  private var texts: [(name: String, value: String)] = []
  private var files: [(name: String, rows: Int)] = []

  /// Adds a figure: a number, as it is written.
  mutating func add(_ name: String, _ value: some CustomStringConvertible) {
    rows.append((name, value.description))
  }

  /// Adds what the books hold.
  mutating func add(_ totals: ReportTotals) {
    add("postings", totals.postings)
    add("lots open", totals.lotsOpen)
    add("scrap lots owed", totals.scrapOwed)
    add("shortages", totals.shortages)
    add("waiting", totals.waiting)
    add("rejected", totals.rejected)
  }

  /// Adds the files of an export.
  mutating func add(_ export: ExportSummary) {
    add("parts in transit", export.inTransit)
    add("alarms", export.alarms.count)
    if let head = export.head {
      add("received by then", head.received)
      add("posted later", head.postedLater)
    }
    texts.append(("corte", export.corte.token))
    files += export.files.map { ($0.name, Int($0.rows)) }
  }

  /// Prints them to standard output, for people.
  func show() {
    let lines = rows + texts + files.map { ($0.name, "\($0.rows) rows") }
    let width = lines.map(\.name.count).max() ?? 0
    for line in lines {
      let gap = String(repeating: " ", count: width - line.name.count)
      Standard.output("\(line.name)\(gap)  \(line.value)")
    }
  }

  /// The same as one JSON object, for programs: `"events taken"` is `eventsTaken` there.
  func json(_ alarms: [Alarm], _ pending: Pending?) -> String {
    var members = rows.map { "\(JSONText.of(Self.member($0.name))):\($0.value)" }
    members += texts.map { "\(JSONText.of(Self.member($0.name))):\(JSONText.of($0.value))" }
    let files = files.map { "\(JSONText.of($0.name)):\($0.rows)" }
    if !files.isEmpty { members.append("\"files\":{\(files.joined(separator: ","))}") }
    if !alarms.isEmpty {
      members.append("\"alarmed\":[\(alarms.map(\.json).joined(separator: ","))]")
    }
    if let pending {
      members.append("\"pending\":[\(pending.rows.map(\.json).joined(separator: ","))]")
    }
    return "{\(members.joined(separator: ","))}"
  }

  private static func member(_ name: String) -> String {
    let words = name.split(separator: " ")
    return (words.prefix(1) + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() })
      .joined()
  }
}

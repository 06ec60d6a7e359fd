import EventLogTesting
import ReportingRules

/// A question about a report, and which rows it means: worked out of the whole file, row by row.
struct ListQuestion: CustomStringConvertible {
  let file: ReportFile
  /// Parameters and what they ask of a cell.
  private(set) var parameters: [(name: String, value: String)] = []
  private var conditions: [(column: Int, holds: (String) -> Bool)] = []
  private var order: (column: ReportColumn, index: Int, isDescending: Bool)?

  init(_ file: ReportFile) { self.file = file }

  /// A question about what some of the rows have, or none.
  init(_ file: ReportFile, about rows: [[String]], _ random: inout SeededGenerator) {
    self.init(file)
    let names = file.columns.map(\.name)
    let asked = (0..<random.below(4)).map { _ in file.filters[random.below(file.filters.count)] }
    // Its name says how rows are sorted, too.
    for name in Set(asked).sorted() where name != "orden" {
      guard let index = names.firstIndex(of: name) else { continue }
      var value = rows.isEmpty ? "x" : rows[random.below(rows.count)][index]
      if random.below(12) == 0 { value += "0" }
      if name == "fraccion", random.below(3) > 0 {
        ask(name, prefix: String(value.prefix(random.below(8))))
      } else {
        ask(name, value)
      }
    }
    if let day = file.mainDay, let index = names.firstIndex(of: day), !rows.isEmpty {
      let days = [0, 1].map { _ in rows[random.below(rows.count)][index] }.filter { !$0.isEmpty }
        .sorted()
      if random.below(4) == 0, let from = days.first { ask("desde", from: from, index) }
      if random.below(4) == 0, let to = days.last { ask("hasta", to: to, index) }
    }
    if random.below(3) > 0 {
      sort(file.sorts[random.below(file.sorts.count)], isDescending: random.below(2) == 0)
    }
  }

  var description: String {
    parameters.map { "\($0.name)=\(Self.escaped($0.value))" }.joined(separator: "&")
  }

  mutating func ask(_ name: String, _ value: String) {
    parameters.append((name, value))
    add(name) { $0 == value }
  }

  mutating func ask(_ name: String, prefix: String) {
    parameters.append((name, prefix + "*"))
    add(name) { $0.hasPrefix(prefix) || prefix.isEmpty }
  }

  private mutating func ask(_ name: String, from day: String, _ index: Int) {
    parameters.append((name, day))
    conditions.append((index, { $0 >= day }))
  }

  private mutating func ask(_ name: String, to day: String, _ index: Int) {
    parameters.append((name, day))
    conditions.append((index, { !$0.isEmpty && $0 <= day }))
  }

  private mutating func add(_ name: String, _ holds: @escaping (String) -> Bool) {
    guard let index = file.columns.firstIndex(where: { $0.name == name }) else { return }
    conditions.append((index, holds))
  }

  mutating func sort(_ name: String, isDescending: Bool) {
    guard let index = file.columns.firstIndex(where: { $0.name == name }) else { return }
    parameters.append(("orden", (isDescending ? "-" : "") + name))
    order = (file.columns[index], index, isDescending)
  }

  /// The rows that it means, in their order.
  func answer(in rows: [[String]]) -> [[String]] {
    let wanted = rows.filter { row in conditions.allSatisfy { $0.holds(row[$0.column]) } }
    guard let order else { return wanted }
    return wanted.enumerated().sorted { a, b in
      let (one, other) = (a.element[order.index], b.element[order.index])
      let (first, second) = order.isDescending ? (other, one) : (one, other)
      if Self.precedes(first, second, order.column.kind) { return true }
      if Self.precedes(second, first, order.column.kind) { return false }
      return a.offset < b.offset
    }.map(\.element)
  }

  private static func precedes(_ a: String, _ b: String, _ kind: ReportColumn.Kind) -> Bool {
    guard kind == .decimal || kind == .integer else {
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    // What is empty comes first.
    if a.isEmpty || b.isEmpty { return a.isEmpty && !b.isEmpty }
    return millionths(a) < millionths(b)
  }

  /// The sums of the report's totals over rows: of pesos one, of quantities one for each unit.
  func totals(of rows: [[String]]) -> [String: String] {
    let names = file.columns.map(\.name)
    let unit = names.firstIndex(of: "unidad")
    var sums: [String: Int128] = [:]
    for column in file.totals {
      guard let index = names.firstIndex(of: column.name) else { continue }
      if column.unit == .pesos { sums["\(column.name) MXN"] = 0 }
      for row in rows {
        let key = column.unit == .pesos ? "MXN" : unit.map { row[$0] } ?? ""
        sums["\(column.name) \(key)", default: 0] += Self.millionths(row[index])
      }
    }
    return sums.mapValues(Self.text)
  }

  private static func millionths(_ text: String) -> Int128 {
    if text.isEmpty { return 0 }
    let digits = text.drop { $0 == "-" }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let whole = Int128(
      String(parts[0]) + fraction + String(repeating: "0", count: 6 - fraction.count))
    return (whole ?? 0) * (text.hasPrefix("-") ? -1 : 1)
  }

  private static func text(_ millionths: Int128) -> String {
    let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var fraction = String(String(1_000_000 + rest).dropFirst())
    while fraction.last == "0" { fraction.removeLast() }
    return (millionths < 0 ? "-" : "") + "\(whole)" + (fraction.isEmpty ? "" : "." + fraction)
  }

  private static func escaped(_ text: String) -> String {
    text.utf8.map { byte in
      let scalar = UnicodeScalar(byte)
      if byte < 128, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        return String(scalar)
      }
      return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

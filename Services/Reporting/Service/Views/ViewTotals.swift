import ReportingRules

/// How many rows there are, and the sums of their quantities by unit and of their pesos.
struct ViewTotals {
  private(set) var rows = 0
  /// By unit, a sum for each of the report's totals.
  private var sums: [[UInt8]: [DecimalSum]] = [:]
  private let columns: [ReportColumn]
  private let indexes: [Int]
  private let unit: Int?

  init(_ file: ReportFile) {
    let names = file.columns.map(\.name)
    columns = file.totals
    indexes = columns.compactMap { names.firstIndex(of: $0.name) }
    unit = names.firstIndex(of: "unidad")
  }

  /// Adds a row.
  mutating func add(_ row: HeldRow) {
    rows += 1
    if columns.isEmpty { return }
    let unit = self.unit.map { Array(row[$0]) } ?? []
    let (zero, indexes) = (zero, indexes)
    for (place, index) in indexes.enumerated() {
      sums[unit, default: zero][place].add(row[index])
    }
  }

  private var zero: [DecimalSum] { Array(repeating: DecimalSum(), count: columns.count) }

  /// A sum of a column.
  struct Total: Sendable, Equatable {
    var column: String
    /// The unit that is summed: `MXN`, or what rows name; empty where they name none.
    var unit: String
    /// Nil where a cell is no number.
    var sum: String?
  }

  /// The sums: in the order of the columns, those of a column in the order of its units.
  var totals: [Total] {
    let units = sums.keys.sorted { $0.lexicographicallyPrecedes($1) }
    return columns.enumerated().flatMap { place, column -> [Total] in
      if column.unit == .pesos {
        var sum = DecimalSum()
        for sums in sums.values { sum.add(sums[place]) }
        return [Total(column: column.name, unit: "MXN", sum: sum.text)]
      }
      return units.compactMap { unit in
        sums[unit].map {
          Total(
            column: column.name, unit: String(decoding: unit, as: UTF8.self), sum: $0[place].text)
        }
      }
    }
  }

  // MARK: As they are kept

  /// By unit, the sums as texts.
  var kept: [(unit: [UInt8], sums: String)] {
    sums.map { unit, sums in (unit, sums.map { $0.text ?? "?" }.joined(separator: " ")) }
  }

  /// Adds so many rows, and sums as they are kept.
  mutating func add(rows: Int, _ kept: [(unit: [UInt8], sums: String)]) {
    self.rows += rows
    for (unit, texts) in kept {
      var all = sums[unit] ?? zero
      for (place, text) in texts.split(separator: " ").enumerated() where place < all.count {
        all[place].add(Array(text.utf8)[...])
      }
      sums[unit] = all
    }
  }
}

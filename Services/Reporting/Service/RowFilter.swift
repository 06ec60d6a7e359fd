import ReportingRules

/// Which rows of a report are wanted: those with these cells, of companies that may be seen.
public struct RowFilter: Sendable {
  /// What must be true of a row's cells, by the place of their column.
  private(set) var conditions: [Int: CellCondition] = [:]
  private var company: Int?
  private var sees: (@Sendable (String) -> Bool)?

  /// All rows.
  public init() {}

  /// The rows of a report with these cells, which are compared as text, to the byte.
  ///
  /// - Parameters:
  ///   - cells: by the names of their columns; names that are none are passed over.
  ///   - sees: whether a company's rows may be seen, by its RFC, which is empty where it is not
  ///     known; nil for all.
  public init(
    _ file: ReportFile, cells: [String: String], sees: (@Sendable (String) -> Bool)? = nil
  ) {
    self.init(
      file, conditions: cells.mapValues { .equals(Array($0.utf8)) }, sees: sees)
  }

  /// The rows of a report of whose cells this is true.
  ///
  /// - Parameter conditions: by the names of their columns; names that are none are passed over.
  init(
    _ file: ReportFile, conditions: [String: CellCondition],
    sees: (@Sendable (String) -> Bool)? = nil
  ) {
    for (index, column) in file.columns.enumerated() {
      if let condition = conditions[column.name] { self.conditions[index] = condition }
      if column.name == "rfc" { company = index }
    }
    self.sees = sees
  }

  /// Whether every row is wanted.
  var isOpen: Bool { conditions.isEmpty && sees == nil }

  /// The same of companies alone that may be seen, out of those that there are: what stands of a
  /// company is a condition like others then, and there is none where all of them are wanted.
  ///
  /// - Parameter companies: the company of each of a report's rows.
  func ofCompanies(_ companies: [[UInt8]]) -> RowFilter {
    guard let column = company else { return self }
    var wanted = companies
    if let condition = conditions[column] { wanted.removeAll { !condition.holds($0[...]) } }
    if let sees { wanted.removeAll { !sees(String(decoding: $0, as: UTF8.self)) } }
    var filter = self
    filter.sees = nil
    filter.conditions[column] = wanted.count == companies.count ? nil : .oneOf(wanted)
    return filter
  }

  /// Whether a row is wanted.
  func wants(_ row: HeldRow) -> Bool {
    guard conditions.allSatisfy({ $0.value.holds(row[$0.key]) }) else { return false }
    guard let sees else { return true }
    guard let company else { return false }
    return sees(String(decoding: row[company], as: UTF8.self))
  }
}

/// What must be true of a cell.
indirect enum CellCondition: Sendable, Equatable {
  /// It is this, to the byte.
  case equals([UInt8])
  /// It is one of these.
  case oneOf([[UInt8]])
  /// It begins so.
  case prefix([UInt8])
  /// It is a day from one to another, both included, as far as they are said.
  case days(from: [UInt8]?, to: [UInt8]?)
  /// Both are true of it.
  case both(CellCondition, CellCondition)

  /// Whether it is true of a cell.
  func holds(_ cell: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .equals(let wanted): return cell.elementsEqual(wanted)
    case .oneOf(let wanted): return wanted.contains { cell.elementsEqual($0) }
    case .prefix(let start): return cell.starts(with: start)
    case .both(let one, let other): return one.holds(cell) && other.holds(cell)
    case .days(let from, let to):
      if cell.isEmpty { return false }
      if let from, cell.lexicographicallyPrecedes(from) { return false }
      if let to, to.lexicographicallyPrecedes(cell) { return false }
      return true
    }
  }

  /// The same text for the same condition.
  var text: String {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    switch self {
    case .equals(let cell): return "=" + text(cell)
    case .oneOf(let cells): return "~" + cells.map { "\($0.count) \(text($0))" }.joined()
    case .prefix(let start): return "^" + text(start)
    case .both(let one, let other): return one.text + " " + other.text
    case .days(let from, let to): return "\(text(from ?? [])):\(text(to ?? []))"
    }
  }
}

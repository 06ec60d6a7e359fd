import ReportingRules

/// Which rows of a report are wanted: those with these cells, of companies that may be seen.
public struct RowFilter: Sendable {
  /// The cells that a row must have, by the place of their column.
  private var cells: [Int: [UInt8]] = [:]
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
    for (index, column) in file.columns.enumerated() {
      if let cell = cells[column.name] { self.cells[index] = Array(cell.utf8) }
      if column.name == "rfc" { company = index }
    }
    self.sees = sees
  }

  /// Whether every row is wanted.
  var isOpen: Bool { cells.isEmpty && sees == nil }

  /// Whether a row is wanted.
  func wants(_ row: HeldRow) -> Bool {
    guard cells.allSatisfy({ row[$0.key].elementsEqual($0.value) }) else { return false }
    guard let sees else { return true }
    guard let company else { return false }
    return sees(String(decoding: row[company], as: UTF8.self))
  }
}

/// The cells of a row until it is known whether it is wanted.
struct HeldRow {
  /// The cells, one behind the other.
  private(set) var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var areTexts: [Bool] = []

  /// How many cells there are.
  var count: Int { ends.count }

  /// A cell's bytes; none where there is no such cell.
  subscript(index: Int) -> ArraySlice<UInt8> {
    index < ends.count ? bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] : []
  }

  /// Whether a cell was given as text, and not as a number or a day.
  func isText(_ index: Int) -> Bool { areTexts[index] }

  /// Adds a cell.
  mutating func append(_ cell: UnsafeRawBufferPointer, isText: Bool) {
    bytes.append(contentsOf: cell)
    ends.append(bytes.count)
    areTexts.append(isText)
  }

  /// Forgets the cells and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    areTexts.removeAll(keepingCapacity: true)
  }
}

/// Rows are the same where they read the same.
extension HeldRow: Equatable {
  static func == (a: HeldRow, b: HeldRow) -> Bool { a.bytes == b.bytes && a.ends == b.ends }
}

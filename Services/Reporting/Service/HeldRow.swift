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

  /// How long the cells are, with those that are not filled yet.
  var length: Int { ends.last ?? 0 }

  /// Adds a cell of which it is known how long it is, before all cells are filled at once.
  mutating func appendEnd(length: Int, isText: Bool) {
    ends.append(self.length + length)
    areTexts.append(isText)
  }

  /// Fills cells that were added so.
  mutating func fill(_ cells: UnsafeRawBufferPointer) { bytes.append(contentsOf: cells) }

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

import ReportingRules

/// The difference of two moments of a report, row by row: rows of both in the report's order, the
/// later ones as they are made, held against the earlier ones.
///
/// Rows that have the same cells in the columns that give the order belong together. Where both
/// moments have the same row it is left out, each as often as the other has it.
final class RowContrast {
  private let name: String
  private let keys: [Int]
  private let spool: RowSpool
  /// The later rows at hand, all with one key.
  private var group: [HeldRow] = []
  private let write: (ContrastSide, HeldRow) throws -> Void

  /// - Parameters:
  ///   - spool: the earlier rows.
  ///   - write: takes the rows of the difference, in order.
  init(
    _ file: ReportFile, against spool: RowSpool,
    _ write: @escaping (ContrastSide, HeldRow) throws -> Void
  ) throws {
    name = file.rawValue
    let names = file.columns.map(\.name)
    keys = file.order.compactMap { names.firstIndex(of: $0) }
    (self.spool, self.write) = (spool, write)
    try spool.rewind()
  }

  /// Takes the next of the later rows.
  func add(_ row: HeldRow) throws {
    if let first = group.first, try order(first, row) != 0 { try close() }
    group.append(row)
  }

  /// Ends it: there is no later row any more.
  func finish() throws {
    try close()
    while let row = spool.next {
      try write(.onlyBefore, row)
      try spool.step()
    }
  }

  /// Writes what is before the group, and the group.
  private func close() throws {
    guard let first = group.first else { return }
    defer { group = [] }
    var earlier: [HeldRow] = []
    while let row = spool.next {
      let place = try order(row, first, isSorted: false)
      if place > 0 { break }
      if place < 0 { try write(.onlyBefore, row) } else { earlier.append(row) }
      try spool.step()
      if let next = spool.next { _ = try self.order(row, next) }
    }
    var later = group
    earlier.removeAll { row in
      guard let same = later.firstIndex(of: row) else { return false }
      later.remove(at: same)
      return true
    }
    for (old, new) in zip(earlier, later) {
      try write(.before, old)
      try write(.after, new)
    }
    for row in earlier.dropFirst(later.count) { try write(.onlyBefore, row) }
    for row in later.dropFirst(earlier.count) { try write(.onlyAfter, row) }
  }

  /// Below zero, zero or above: how two rows are ordered.
  ///
  /// - Parameter isSorted: whether the first must not come after the second.
  private func order(_ a: HeldRow, _ b: HeldRow, isSorted: Bool = true) throws -> Int {
    for key in keys {
      let (one, other) = (a[key], b[key])
      if one.elementsEqual(other) { continue }
      let isBefore = one.lexicographicallyPrecedes(other)
      guard isBefore || !isSorted else {
        throw ReportingError.failed("the rows of \(name) are not in the order that they are to be")
      }
      return isBefore ? -1 : 1
    }
    return 0
  }
}

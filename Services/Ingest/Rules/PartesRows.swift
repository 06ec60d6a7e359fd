import Ledger
import Messages

/// The rows of partes.csv about one pedimento as they stand: each once, and without those that are
/// taken back.
public struct PartesRows: Sendable {
  /// A row of partes.csv.
  public struct Row: Sendable {
    /// Its place among the facts of the document.
    public var fact: Int
    /// Of its event.
    public var source: String
    /// Of its event.
    public var id: String
    /// What it says.
    public var row: PartesRow

    /// A row of partes.csv.
    public init(fact: Int, source: String, id: String, row: PartesRow) {
      self.fact = fact
      self.source = source
      self.id = id
      self.row = row
    }
  }

  /// The rows that count, in the order of their files, whatever the order of arrival: which row
  /// exceeds its partida must not depend on when it came.
  public private(set) var counting: [Row] = []
  /// Rows that take back one that is not known.
  public private(set) var unmatched: [Row] = []

  /// What is left of rows in the order of arrival. Of one that is there several times, as it stands
  /// in several files, the first place counts.
  public init(_ rows: [Row]) {
    struct Name: Hashable {
      var source: String
      var id: String
    }
    var first: [Name: Row] = [:]
    for row in rows {
      let name = Name(source: row.source, id: row.id)
      if let known = first[name], known.row.row <= row.row.row { continue }
      first[name] = row
    }
    let order = first.values.sorted { a, b in
      if a.row.row != b.row.row { return a.row.row < b.row.row }
      let ids = CodePoints.compare(a.id, b.id)
      return ids != 0 ? ids < 0 : CodePoints.precedes(a.source, b.source)
    }
    takeBack(in: order)
  }

  /// Rows that take others back go with those that they take back: each one with the same cells,
  /// wherever it stands.
  private mutating func takeBack(in order: [Row]) {
    guard order.contains(where: \.row.withdraws) else {
      counting = order
      return
    }
    struct Kind: Hashable {
      var line: Int32
      var part: String
    }
    // Those that can be taken back, the first last.
    var open: [Kind: [Row]] = [:]
    for row in order.reversed() where !row.row.withdraws {
      open[Kind(line: row.row.line, part: row.row.part), default: []].append(row)
    }
    var gone: Set<Int> = []
    for row in order where row.row.withdraws {
      let kind = Kind(line: row.row.line, part: row.row.part)
      if let place = open[kind]?.lastIndex(where: { $0.row.hasSameCells(as: row.row) }),
        let other = open[kind]?.remove(at: place)
      {
        gone.insert(other.fact)
      } else {
        unmatched.append(row)
      }
    }
    counting = order.filter { !$0.row.withdraws && !gone.contains($0.fact) }
  }
}

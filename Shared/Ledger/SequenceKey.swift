/// Where a fact stands in the total order of a book's facts (Rules.md#R5.1).
///
/// Compared by date, rank, document (by code point), line and component. If one line asks for
/// a part several times, the product decides, and demands that name no entry come first.
public struct SequenceKey: Hashable, Sendable {
  /// `paidOn` (the root's, for a rectification), `occurredAt`'s date or `destroyedOn`.
  public var date: CalendarDate
  /// Entries before moves before exits and acts.
  public var rank: Rank
  /// Position of the component in the explosion; 0 for a line that is not exploded.
  public var component: Int32
  /// The document's own line.
  public var line: Int32
  /// The pedimento, the move's document or the act.
  public var document: String
  /// The finished product that was exploded; empty for any other line.
  public var product: String
  /// Whether it names the entries that it draws on.
  public var directed: Bool

  /// A key of all its parts.
  public init(
    date: CalendarDate, rank: Rank, document: String, line: Int32, component: Int32 = 0,
    product: String = "", directed: Bool = false
  ) {
    self.date = date
    self.rank = rank
    self.document = document
    self.line = line
    self.component = component
    self.product = product
    self.directed = directed
  }
}

/// What kind of fact comes first on one day (Rules.md#R5.1).
public enum Rank: UInt8, Hashable, Comparable, Codable, Sendable {
  case entry = 0
  case move = 1
  case exit = 2

  @inlinable
  public static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
}

extension SequenceKey: Comparable {
  /// By code point, like the order: Swift's own equality of strings is by canonical equivalence.
  public static func == (a: SequenceKey, b: SequenceKey) -> Bool {
    a.date == b.date && a.rank == b.rank && a.line == b.line && a.component == b.component
      && a.document.utf8.elementsEqual(b.document.utf8)
      && a.product.utf8.elementsEqual(b.product.utf8) && a.directed == b.directed
  }

  @inlinable
  public static func < (a: SequenceKey, b: SequenceKey) -> Bool {
    if a.date.days != b.date.days { return a.date.days < b.date.days }
    if a.rank.rawValue != b.rank.rawValue { return a.rank.rawValue < b.rank.rawValue }
    return precedesWithinRank(a, b)
  }

  @usableFromInline
  static func precedesWithinRank(_ a: SequenceKey, _ b: SequenceKey) -> Bool {
    let documents = CodePoints.compare(a.document, b.document)
    if documents != 0 { return documents < 0 }
    if a.line != b.line { return a.line < b.line }
    if a.component != b.component { return a.component < b.component }
    let products = CodePoints.compare(a.product, b.product)
    return products != 0 ? products < 0 : !a.directed && b.directed
  }
}

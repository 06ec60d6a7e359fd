import Ledger

/// An account of a plant and part beside the book of what it has on hand.
///
/// It has a book of its own, with the same key in the log, so that both are in one partition.
public enum Account: String, Sendable, Codable, CaseIterable {
  /// Scrap (desperdicio) that discharges left and that is owed a disposal.
  case scrap
}

/// The demand that left scrap: where it stands in the book that it drew on.
public struct DischargeReference: Hashable, Sendable, Codable {
  /// Place of the part in the explosion.
  public var component: Int32
  /// The day of the demand.
  public var date: CalendarDate
  /// Whether the demand named the entries that it drew on.
  public var directed: Bool
  /// The pedimento or act.
  public var document: String
  /// The document's own line.
  public var line: Int32
  /// The finished product that was exploded; empty for any other line.
  public var product: String

  /// The demand at a place of a book.
  public init(_ key: SequenceKey) {
    component = key.component
    date = key.date
    directed = key.directed
    document = key.document
    line = key.line
    product = key.product
  }

  /// From when on the scrap can be disposed of: behind the demand that left it.
  public var key: SequenceKey {
    SequenceKey(
      date: date, rank: .exit, document: document, line: line, component: component,
      product: product, directed: directed)
  }
}

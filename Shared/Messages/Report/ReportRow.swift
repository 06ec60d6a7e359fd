/// A flat row for readers outside (BI): no lists, no nesting, decimals as text.
///
/// A row is named by ``row``, forever and on every rebuild. Of one name the row with the greatest
/// ``version`` counts, so a reader that replaces by name and version may take rows twice and in any
/// order.
public protocol ReportRow: Codable, Sendable {
  /// Which kind of row it is and how it is laid out; a change of the layout changes the name.
  static var schemaName: String { get }
  /// Its name, unique among the rows of its topic.
  var row: String { get }
  /// Counts up with each change of the row.
  var version: Int64 { get }
}

/// The `schema` member of a row: a single word, checked where the row is read.
public struct RowSchema<Row: ReportRow>: Sendable, Equatable, Codable {
  /// The schema of a row.
  public init() {}

  /// Reads the word.
  ///
  /// - Throws: `DecodingError` where it is another row's.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let found = try container.decode(String.self)
    guard found == Row.schemaName else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(found)\" is not \(Row.schemaName)")
    }
  }

  /// Writes the word.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Row.schemaName)
  }
}

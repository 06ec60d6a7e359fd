/// The statements of a connection by their texts.
///
/// A text is long, and looked up once a message. But literals lie where they lie: a statement is
/// first looked for by the place of its text in memory, where one look tells whether the text that
/// lies there is the same one.
struct StatementCache {
  private var byText: [String: Statement] = [:]
  private var byPlace: [Statement?] = Array(repeating: nil, count: places)

  private static let places = 256
  /// Statements are few, unless texts are made up as one goes: then the old ones are forgotten.
  private static let limit = 500

  mutating func find(_ sql: String) -> Statement? {
    let place = Self.place(of: sql)
    if let statement = byPlace[place], statement.sql == sql { return statement }
    guard let statement = byText[sql] else { return nil }
    byPlace[place] = statement
    return statement
  }

  mutating func keep(_ statement: Statement) {
    if byText.count >= Self.limit { removeAll() }
    byText[statement.sql] = statement
  }

  mutating func removeAll() { self = StatementCache() }

  private static func place(of text: String) -> Int {
    let address = text.utf8.withContiguousStorageIfAvailable { UInt(bitPattern: $0.baseAddress) }
    guard let address else { return 0 }
    return Int(truncatingIfNeeded: (address >> 4 ^ address >> 12) % UInt(places))
  }
}

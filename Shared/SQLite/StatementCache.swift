/// The statements of a connection by their texts.
///
/// A text is long, and looked up once a message. But literals lie where they lie: a statement is
/// first looked for by the place of its text in memory, where one look tells whether the text that
/// lies there is the same one.
struct StatementCache {
  /// Those that were used of late, and those that were before: see ``keep(_:)``.
  private var recent: [Text: Statement] = [:]
  private var older: [Text: Statement] = [:]
  private var byPlace: [Statement?] = Array(repeating: nil, count: places)

  private static let places = 256
  /// How many are kept as recent. Statements are few, unless texts are made up as one goes.
  private static let limit = 250

  mutating func find(_ sql: String) -> Statement? {
    let text = Text(sql)
    let place = text.place
    if let statement = byPlace[place], Text(statement.sql) == text { return statement }
    guard let statement = recent[text] ?? older[text] else { return nil }
    keep(statement)
    byPlace[place] = statement
    return statement
  }

  /// Keeps a statement as a recent one. Once those are many, they become the older ones, and what
  /// was not used since the last time is forgotten.
  mutating func keep(_ statement: Statement) {
    if recent.count >= Self.limit {
      older = recent
      recent.removeAll(keepingCapacity: true)
    }
    recent[Text(statement.sql)] = statement
  }

  mutating func removeAll() { self = StatementCache() }

  /// A text as its bytes: to `String`, "é" is the same in one piece and in two, and to SQLite it is
  /// not.
  private struct Text: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (a: Text, b: Text) -> Bool {
      var (a, b) = (a.text, b.text)
      return a.withUTF8 { a in
        b.withUTF8 { b in
          // One look if both are the same literal.
          a.count == b.count && (a.baseAddress == b.baseAddress || a.elementsEqual(b))
        }
      }
    }

    func hash(into hasher: inout Hasher) {
      var text = text
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Where its statement is looked for first.
    var place: Int {
      let address = text.utf8.withContiguousStorageIfAvailable { UInt(bitPattern: $0.baseAddress) }
      guard let address else { return 0 }
      return Int(truncatingIfNeeded: (address >> 4 ^ address >> 12) % UInt(StatementCache.places))
    }
  }
}

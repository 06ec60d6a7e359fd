import Messages
import SQLite
import Store

/// What the documents stage knows by the names of facts: what each said that came, in which row of
/// a file it stands, and where it is kept.
struct FactNames {
  /// The content that came first under a name, and rows of files.
  private var known: FingerprintMap
  private var places: FingerprintMap
  private let keys = FingerprintKeys()
  /// The name that was asked about last, which is asked about several times.
  private var last: (name: FactName, key: UInt128)?

  /// Tells what is kept under a fact's own key from its row of a file.
  private static let rowNumber: Int64 = 1

  static let migrations = [
    FingerprintMap.migration("known_fact"), FingerprintMap.migration("place_of_fact"),
  ]

  /// The store's connection outlives this value and is used by its task alone.
  ///
  /// - Throws: what the store reports.
  init(_ db: Connection) throws {
    known = try FingerprintMap(db, name: "known_fact")
    places = try FingerprintMap(db, name: "place_of_fact")
  }

  /// The fingerprint of the content that came before under a name; where none did, notes this one
  /// and answers nil.
  mutating func earlier(_ fact: FactName, fingerprint: UInt64) throws -> UInt64? {
    let key = try key(of: fact)
    if let first = try known.value(of: key) { return first }
    known.insert(key, fingerprint)
    return nil
  }

  /// In which row of a file a fact stands; nil if it is no row's.
  func row(of fact: FactName) throws -> Int32? {
    let row = try known.value(of: keys.key(fact.source, fact.id, Self.rowNumber))
    return row.map { Int32(truncatingIfNeeded: $0) }
  }

  mutating func note(row: Int32, of fact: FactName) throws {
    known.insert(
      try keys.key(fact.source, fact.id, Self.rowNumber), UInt64(UInt32(bitPattern: row)))
  }

  /// Where a fact is kept, as the storage wrote it down.
  mutating func place(of fact: FactName) throws -> UInt64? {
    try places.value(of: key(of: fact))
  }

  mutating func note(_ fact: FactName, at place: UInt64) throws {
    places.insert(try key(of: fact), place)
  }

  mutating func save() throws {
    try known.save()
    try places.save()
  }

  private mutating func key(of fact: FactName) throws -> UInt128 {
    if let last, last.name == fact { return last.key }
    let key = try keys.key(fact.source, fact.id)
    last = (fact, key)
    return key
  }
}

import Messages
import SQLite
import Store

/// What the documents stage knows by the names of facts: what each said that came, in which row of
/// a file it stands, and where it is kept.
struct FactNames {
  /// The content that came first under a name, and rows of files.
  private var known: FingerprintMap
  private var places: FingerprintMap
  /// Those of a store that an earlier version began, whose keys have 64 bits.
  private let earlierKnown: FingerprintMap?
  private let earlierPlaces: FingerprintMap?
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
    earlierKnown = try FingerprintMap(earlier: db, name: "known")
    earlierPlaces = try FingerprintMap(earlier: db, name: "place")
  }

  /// Moves what a still older store has in a table to the map of earlier versions: keys that lie
  /// anywhere in a table touch a page each.
  static func takeOverIdentities(_ db: Connection) throws {
    guard try db.scalar("SELECT EXISTS (SELECT 1 FROM identity)") == true else { return }
    try db.savepoint {
      try FingerprintMap.addEarlier(db, name: "known") { add in
        try db.query("SELECT id, fingerprint FROM identity") { row in
          add(try UInt64(bitPattern: row[0]), try UInt64(bitPattern: row[1]))
        }
      }
      try db.run("DELETE FROM identity")
    }
  }

  /// The fingerprint of the content that came before under a name; where none did, notes this one
  /// and answers nil.
  mutating func earlier(_ fact: FactName, fingerprint: UInt64) throws -> UInt64? {
    if let first = try first(of: fact) { return first }
    known.insert(try key(of: fact), fingerprint)
    return nil
  }

  /// The fingerprint of the content that came first under a name.
  mutating func first(of fact: FactName) throws -> UInt64? {
    if let first = try known.value(of: key(of: fact)) { return first }
    return try earlierKnown?.value(of: FingerprintMap.earlierKey(fact.fingerprint))
  }

  mutating func row(of fact: FactName) throws -> Int32? {
    let key = try keys.key(fact.source, fact.id, Self.rowNumber)
    var row = try known.value(of: key)
    if row == nil, let earlierKnown {
      let earlier = Fingerprint.of("place\n" + fact.source + "\n" + fact.id)
      row = try earlierKnown.value(of: FingerprintMap.earlierKey(earlier))
    }
    return row.map { Int32(truncatingIfNeeded: $0) }
  }

  mutating func note(row: Int32, of fact: FactName) throws {
    known.insert(
      try keys.key(fact.source, fact.id, Self.rowNumber), UInt64(UInt32(bitPattern: row)))
  }

  /// Where a fact is kept, as the storage wrote it down.
  mutating func place(of fact: FactName) throws -> UInt64? {
    if let place = try places.value(of: key(of: fact)) { return place }
    return try earlierPlaces?.value(of: FingerprintMap.earlierKey(fact.fingerprint))
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

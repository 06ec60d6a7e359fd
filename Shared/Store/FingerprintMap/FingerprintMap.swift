import SQLite

/// A map from fingerprints (``FingerprintKeys``) to words of 64 bits that outgrows memory: what was
/// noted of late is at hand, the rest lies in the store, in sorted runs that are written once and
/// merged as they grow.
///
/// Keys are only ever added, and may get another value: the last counts. A run has a filter in
/// memory, of some twelve bits a key, so that a new key is known to be new without reading
/// (``FingerprintFilter``); a known one costs a row for each run that may have it, mostly one. It
/// answers exactly, whatever the filters say.
///
/// All that is written is part of the step's transaction: ``save()`` adds a row with what is new,
/// and from time to time makes a run of such rows, and one run of several of a size. Keys must be
/// spread evenly over all bits, as fingerprints are: otherwise it is right, and slow.
public struct FingerprintMap {
  /// When something is written out and merged.
  public struct Limits: Sendable {
    /// How many entries are at hand at the end of a step at most; with more they become a run.
    public var atHand: Int
    /// How many runs of a size are merged into one of the next.
    public var fanOut: Int

    /// Limits; at least two runs are merged.
    public init(atHand: Int = 16_384, fanOut: Int = 4) {
      self.atHand = max(1, atHand)
      self.fanOut = max(2, fanOut)
    }
  }

  private var atHand = FingerprintSlots()
  /// What was added since the last save: entries one after the other.
  private var added: [UInt64] = []
  /// How many entries were noted since the last run, a key as often as it got a value.
  private var noted = 0
  /// The oldest first: of a key in several, what the last of them says counts.
  private var runs: [FingerprintRun] = []
  private let tables: FingerprintTables
  private let limits: Limits

  /// The tables of a map of this name.
  public static func migration(_ name: String) -> StoreMigration {
    StoreMigration("map \(name)", FingerprintTables.schema(name))
  }

  /// The map of this name, as the store has it.
  ///
  /// - Parameter db: the store's connection, which outlives the map and is used by its task alone.
  /// - Throws: ``StoreError`` or what SQLite reports.
  public init(_ db: Connection, name: String, limits: Limits = Limits()) throws {
    self.limits = limits
    tables = FingerprintTables(db, name: name)
    try tables.readRecent {
      atHand.insert($0, $1)
      noted += 1
    }
    runs = try tables.runs()
  }

  /// The value of a key; nil if there is none.
  ///
  /// - Throws: ``StoreError`` or what SQLite reports.
  public func value(of key: UInt128) throws -> UInt64? {
    if let value = atHand.value(of: key) { return value }
    for index in runs.indices.reversed() where runs[index].filter.mayHave(key) {
      if let value = try tables.value(of: key, in: runs[index]) { return value }
    }
    return nil
  }

  /// Adds a key, or gives it another value.
  public mutating func insert(_ key: UInt128, _ value: UInt64) {
    atHand.insert(key, value)
    noted += 1
    FingerprintLayout.append(key, value, to: &added)
  }

  /// Writes what was added since the last call.
  ///
  /// - Throws: ``StoreError`` or what SQLite reports; the map is not to be used after that.
  public mutating func save() throws {
    guard !added.isEmpty else { return }
    if noted > limits.atHand {
      var entries = [FingerprintEntries(sorted: atHand.sorted())]
      runs.append(try tables.write(&entries, count: atHand.count, level: 1))
      try tables.forgetRecent()
      atHand.removeAll()
      noted = 0
      try merge()
    } else {
      try tables.addRecent(added)
    }
    added.removeAll(keepingCapacity: true)
  }

  /// How many keys each run has at most, the oldest run first.
  public var runCounts: [Int] { runs.map(\.count) }

  private mutating func merge() throws {
    var level: Int64 = 1
    while true {
      let full = runs.filter { $0.level == level }
      guard full.count >= limits.fanOut else { return }
      var sources = full.map { FingerprintEntries(run: $0, in: tables) }
      let count = full.reduce(0) { $0 + $1.count }
      let merged = try tables.write(&sources, count: count, level: level + 1)
      for run in full { try tables.remove(run) }
      // No run is newer than these: those of lower levels have just become one of them.
      runs.removeAll { $0.level == level }
      runs.append(merged)
      level += 1
    }
  }
}

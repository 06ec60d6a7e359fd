import SQLite

/// The rows of a ``FingerprintMap``: what is recent, the runs with their filters, their buckets.
struct FingerprintTables {
  private let db: Connection
  private let name: String
  private let selectBucket: String

  static func schema(_ name: String) -> String {
    """
    CREATE TABLE \(name)_recent (id INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
    CREATE TABLE \(name)_run (
      id INTEGER PRIMARY KEY,
      level INTEGER NOT NULL CHECK (level > 0),
      count INTEGER NOT NULL CHECK (count > 0),
      filter BLOB NOT NULL
    ) STRICT;
    CREATE TABLE \(name)_bucket (id INTEGER PRIMARY KEY, entries BLOB NOT NULL) STRICT;
    """
  }

  init(_ db: Connection, name: String) {
    self.db = db
    self.name = name
    selectBucket = "SELECT entries FROM \(name)_bucket WHERE id = ?"
  }

  func addRecent(_ words: [UInt64]) throws {
    try bind(words) { bytes in
      try db.run("INSERT INTO \(name)_recent (entries) VALUES (?)", bytes)
    }
  }

  func readRecent(_ body: (UInt128, UInt64) -> Void) throws {
    try db.query("SELECT entries FROM \(name)_recent ORDER BY id") { row in
      let words = try row.withUnsafeBytes(0) { try Self.words($0, of: FingerprintLayout.words) }
      for index in stride(from: 0, to: words.count, by: FingerprintLayout.words) {
        body(
          FingerprintLayout.key(at: index, of: words), words[index + FingerprintLayout.words - 1])
      }
    }
  }

  func forgetRecent() throws {
    try db.run("DELETE FROM \(name)_recent")
  }

  func runs() throws -> [FingerprintRun] {
    try db.all("SELECT id, level, count, filter FROM \(name)_run ORDER BY id") { row in
      let words = try row.withUnsafeBytes(3) { try Self.words($0, of: 1) }
      guard let filter = FingerprintFilter(words: words) else {
        throw StoreError.failed("\(name): the filter of a run is damaged")
      }
      return FingerprintRun(
        id: try row[0], level: try row[1], count: try row[2], filter: filter)
    }
  }

  func value(of key: UInt128, in run: FingerprintRun) throws -> UInt64? {
    try db.statement(selectBucket).bind(run.row(run.bucket(of: key))).first { row in
      try row.withUnsafeBytes(0) { find(key, in: $0) }
    } ?? nil
  }

  /// The entries of a bucket; nothing where no key begins as it does.
  func bucket(_ bucket: Int64, of run: FingerprintRun) throws -> [UInt64] {
    try db.statement(selectBucket).bind(run.row(bucket)).first { row in
      try row.withUnsafeBytes(0) { try Self.words($0, of: FingerprintLayout.words) }
    } ?? []
  }

  /// Writes a run of what several sources have, the oldest first: of a key in several, the value of
  /// the last counts.
  ///
  /// - Parameter count: how many keys there are, one in several sources as often.
  func write(
    _ sources: inout [FingerprintEntries], count: Int, level: Int64
  ) throws -> FingerprintRun {
    let next = "SELECT coalesce(max(id), 0) + 1 FROM \(name)_run"
    var run = FingerprintRun(
      id: try db.scalar(next) ?? 1, level: level, count: count,
      filter: FingerprintFilter(keys: count))
    var (bucket, words): (Int64, [UInt64]) = (0, [])
    while let (key, value) = try Self.least(&sources) {
      if run.bucket(of: key) != bucket {
        try write(words, to: run.row(bucket))
        words.removeAll(keepingCapacity: true)
        bucket = run.bucket(of: key)
      }
      FingerprintLayout.append(key, value, to: &words)
      run.filter.insert(key)
    }
    try write(words, to: run.row(bucket))
    try bind(run.filter.words) { bytes in
      try db.run(
        "INSERT INTO \(name)_run (id, level, count, filter) VALUES (?, ?, ?, ?)",
        run.id, run.level, run.count, bytes)
    }
    return run
  }

  func remove(_ run: FingerprintRun) throws {
    try db.run(
      "DELETE FROM \(name)_bucket WHERE id BETWEEN ? AND ?", run.row(0), run.row(run.buckets - 1))
    try db.run("DELETE FROM \(name)_run WHERE id = ?", run.id)
  }

  private func write(_ words: [UInt64], to row: Int64) throws {
    guard !words.isEmpty else { return }
    try bind(words) { bytes in
      try db.run("INSERT INTO \(name)_bucket (id, entries) VALUES (?, ?)", row, bytes)
    }
  }

  private static func least(
    _ sources: inout [FingerprintEntries]
  ) throws -> (key: UInt128, value: UInt64)? {
    var least: (key: UInt128, source: Int)?
    for index in sources.indices {
      guard let key = try sources[index].next() else { continue }
      guard let known = least, key >= known.key else {
        least = (key, index)
        continue
      }
      guard key == known.key else { continue }
      // An older source has the key too.
      _ = sources[known.source].take()
      least = (key, index)
    }
    return least.map { sources[$0.source].take() }
  }

  private func find(_ key: UInt128, in bytes: UnsafeRawBufferPointer) -> UInt64? {
    let words = FingerprintLayout.words
    var (low, high) = (0, bytes.count / (8 * words))
    while low < high {
      let middle = (low + high) / 2
      let found = UInt128(
        high: Self.word(bytes, middle * words), low: Self.word(bytes, middle * words + 1))
      if found == key { return Self.word(bytes, middle * words + words - 1) }
      if found < key { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
  }

  private static func words(_ bytes: UnsafeRawBufferPointer, of group: Int) throws -> [UInt64] {
    guard bytes.count % (8 * group) == 0 else {
      throw StoreError.failed("a row of fingerprints is cut short")
    }
    return (0..<bytes.count / 8).map { word(bytes, $0) }
  }

  private func bind(
    _ words: [UInt64], _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try words.map(\.littleEndian).withUnsafeBytes(body)
  }
}

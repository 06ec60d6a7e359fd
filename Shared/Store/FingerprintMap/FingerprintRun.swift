/// Keys and values that were written once, in ascending order of the keys.
///
/// They lie in buckets of a few hundred, a row each: a bucket has the keys that begin with the same
/// bits, so a key's bucket is found without an index.
struct FingerprintRun {
  var id: Int64
  /// How often what is in it was merged; those that are written out of memory are of level 1.
  var level: Int64
  /// How many keys there are at most: those of what was merged, which may have had some in common.
  var count: Int
  var filter: FingerprintFilter

  private static let bucketSize = 512

  /// How many buckets there are: a power of two, so that half a bucket to a whole one is used.
  var buckets: Int64 { 1 << Int64(Self.bits(count)) }

  /// The bucket of a key, from 0.
  func bucket(of key: UInt128) -> Int64 { Int64(key.high >> UInt64(64 - Self.bits(count))) }

  /// The row of a bucket.
  func row(_ bucket: Int64) -> Int64 { id << 32 | bucket }

  private static func bits(_ count: Int) -> Int {
    var bits = 0
    while count > bucketSize << bits { bits += 1 }
    return bits
  }
}

/// Keys and values in ascending order, read bit by bit: out of memory or out of a run.
struct FingerprintEntries {
  private var words: [UInt64]
  private var position = 0
  private var source: (run: FingerprintRun, next: Int64, tables: FingerprintTables)?

  /// What is in memory: entries one after the other.
  init(sorted words: [UInt64]) {
    self.words = words
  }

  /// What is in a run.
  init(run: FingerprintRun, in tables: FingerprintTables) {
    words = []
    source = (run, 0, tables)
  }

  /// The key that comes next; nil at the end.
  mutating func next() throws -> UInt128? {
    while position == words.count {
      guard let source, source.next < source.run.buckets else { return nil }
      words = try source.tables.bucket(source.next, of: source.run)
      position = 0
      self.source?.next += 1
    }
    return FingerprintLayout.key(at: position, of: words)
  }

  /// Takes the entry whose key is next.
  mutating func take() -> (key: UInt128, value: UInt64) {
    defer { position += FingerprintLayout.words }
    return (
      FingerprintLayout.key(at: position, of: words),
      words[position + FingerprintLayout.words - 1]
    )
  }
}

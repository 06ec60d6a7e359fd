import EventLogTesting
import SQLite
import Testing

@testable import Store

@Suite struct FingerprintMapTests {
  private struct GivenUp: Error {}

  private static let name = "seen"

  private func db() throws -> Connection {
    let db = try Connection()
    try db.execute(FingerprintMap.migration(Self.name).sql)
    return db
  }

  private func map(
    _ db: Connection, atHand: Int = 16_384, fanOut: Int = 4
  ) throws -> FingerprintMap {
    try FingerprintMap(
      db, name: Self.name, limits: FingerprintMap.Limits(atHand: atHand, fanOut: fanOut))
  }

  /// Against a dictionary: batches of every size, some rolled back, and reopened at any moment.
  @Test(arguments: UInt64(0)..<24)
  func saysWhatADictionarySays(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (atHand, fanOut) = ([1, 3, 16, 200][random.below(4)], 2 + random.below(3))
    let db = try db()
    var expected: [UInt128: UInt64] = [:]
    var map = try self.map(db, atHand: atHand, fanOut: fanOut)
    for _ in 0..<40 {
      let isRolledBack = random.below(5) == 0
      var added: [UInt128: UInt64] = [:]
      let size = random.below(60)
      do {
        try db.transaction {
          for _ in 0..<size {
            let key = key(&random)
            let known = expected[key] ?? added[key]
            #expect(try map.value(of: key) == known)
            guard known == nil else { continue }
            added[key] = random.next()
            map.insert(key, added[key] ?? 0)
          }
          try map.save()
          if isRolledBack { throw GivenUp() }
        }
      } catch is GivenUp {}
      if !isRolledBack { expected.merge(added) { $1 } }
      if isRolledBack || random.below(3) == 0 {
        map = try self.map(db, atHand: atHand, fanOut: fanOut)
      }
    }
    #expect(expected.count > 100)
    for (key, value) in expected {
      #expect(try map.value(of: key) == value)
      #expect(try map.value(of: key &+ 1) == expected[key &+ 1])
    }
    let rows = try db.scalar("SELECT sum(length(entries)) / 24 FROM seen_bucket", as: Int.self) ?? 0
    let recent = try db.scalar("SELECT sum(length(entries)) / 24 FROM seen_recent", as: Int.self)
    #expect(rows + (recent ?? 0) == expected.count, "nothing is there twice, nor left behind")
  }

  /// Values that change, at hand and in runs, while runs are merged and the map is reopened.
  @Test(arguments: UInt64(0)..<24)
  func theLastValueOfAKeyCounts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let (atHand, fanOut) = ([1, 3, 16, 200][random.below(4)], 2 + random.below(3))
    let db = try db()
    var expected: [UInt128: UInt64] = [:]
    var map = try self.map(db, atHand: atHand, fanOut: fanOut)
    for _ in 0..<60 {
      let size = random.below(40)
      try db.transaction {
        for _ in 0..<size {
          let key = random.below(3) == 0 ? UInt128(random.below(5)) : key(&random)
          #expect(try map.value(of: key) == expected[key])
          expected[key] = random.next()
          map.insert(key, expected[key] ?? 0)
          #expect(try map.value(of: key) == expected[key])
        }
        try map.save()
      }
      if random.below(3) == 0 {
        map = try self.map(db, atHand: atHand, fanOut: fanOut)
      }
    }
    for (key, value) in expected { #expect(try map.value(of: key) == value) }
  }

  /// One key that changes all the time takes no more room than many that come once.
  @Test func whatIsAtHandIsBoundedHoweverFewTheKeys() throws {
    let db = try db()
    try db.transaction {
      var map = try map(db, atHand: 100, fanOut: 4)
      for value in 0..<UInt64(20_000) {
        map.insert(7, value)
        if value % 10 == 9 { try map.save() }
      }
      let rows = try db.scalar("SELECT sum(length(entries)) / 24 FROM seen_recent", as: Int.self)
      #expect((rows ?? 0) <= 100)
      #expect(map.runCounts.count <= 12)
      #expect(try map.value(of: 7) == 19_999)
    }
  }

  /// Keys at both ends of the range, in one another's buckets, and spread out.
  private func key(_ random: inout SeededGenerator) -> UInt128 {
    switch random.below(5) {
    case 0: UInt128(random.below(40))
    case 1: .max - UInt128(random.below(40))
    case 2: 1 << 127 | UInt128(random.below(200))
    // Of some the first half is the same, and of some the other.
    case 3: UInt128(high: UInt64(random.below(9)), low: UInt64(random.below(9)))
    default: Self.spread(&random)
    }
  }

  private static func spread(_ random: inout SeededGenerator) -> UInt128 {
    UInt128(high: random.next(), low: random.next())
  }

  @Test func runsAreFewAndLarge() throws {
    let db = try db()
    try db.transaction {
      var map = try map(db, atHand: 100, fanOut: 4)
      var random = SeededGenerator(seed: 1)
      var keys: [UInt128] = []
      for _ in 0..<300 {
        for _ in 0..<101 {
          keys.append(Self.spread(&random))
          map.insert(keys[keys.count - 1], UInt64(keys.count))
        }
        try map.save()
        #expect(map.runCounts.count <= 12)
        #expect(map.runCounts.reduce(0, +) == keys.count)
      }
      #expect(map.runCounts.max() == 101 * 256)
      for (index, key) in keys.enumerated() {
        #expect(try map.value(of: key) == UInt64(index + 1))
      }
    }
  }

  @Test func aFilterMissesNoKeyAndLetsFewOthersThrough() {
    for count in [1, 7, 1_000, 40_000] {
      var random = SeededGenerator(seed: UInt64(count))
      var filter = FingerprintFilter(keys: count)
      let keys = (0..<count).map { _ in Self.spread(&random) }
      for key in keys { filter.insert(key) }
      #expect(keys.allSatisfy(filter.mayHave))
      let passed = (0..<100_000).count { _ in filter.mayHave(Self.spread(&random)) }
      #expect(passed < 1_500, "\(count) keys: \(passed) of 100,000 others")
    }
  }

  /// What is put together is not what is told apart.
  @Test func namesThatReadAlikeHaveKeysOfTheirOwn() throws {
    let keys = FingerprintKeys()
    let all = try [
      keys.key("ab", "c"), keys.key("a", "bc"), keys.key("", "abc"), keys.key("abc", ""),
      keys.key("ab", "c", 1), keys.key("ab", "c", -1), keys.key("c", "ab"),
    ]
    #expect(Set(all).count == all.count)
    #expect(try keys.key("ab", "c") == all[0])
    // `printf '\0\0\0\0\0\0\0\0\2\0\0\0abc' | sha256sum`
    #expect(String(all[0], radix: 16) == "21b46f7a93a5facba9e21106c3068baf")
  }

  @Test func damagedRowsAreErrors() throws {
    for (table, column) in [("seen_recent", "entries"), ("seen_run", "filter")] {
      let db = try db()
      try db.transaction {
        var map = try map(db, atHand: 2)
        for key in UInt64(1)...3 { map.insert(UInt128(key), key) }
        try map.save()
        map.insert(4, 4)
        try map.save()
        try db.execute("UPDATE \(table) SET \(column) = x'0102'")
      }
      #expect(throws: StoreError.self) { try map(db) }
    }
  }
}

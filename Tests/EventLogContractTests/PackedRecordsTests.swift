import EventLog
import EventLogTesting
import Testing

@Suite struct PackedRecordsTests {
  /// The layout is on disk: this test may gain cases but none of its bytes may change.
  @Test func theLayoutIsFixed() {
    var records = PackedRecords()
    records.append(
      Record(
        key: [0xaa, 0xbb], value: [0xcc], headers: [Record.Header(name: "h", value: [0xdd])],
        timestamp: 0x0102), input: 0x0304, ordinal: 5)
    records.append(Record(key: [], value: nil, timestamp: -1))
    #expect(
      records.bytes == [
        2, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 5, 0, 0, 0,
        4, 3, 0, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0,
        0xaa, 0xbb, 0xcc, 1, 0, 0x68, 1, 0, 0, 0, 0xdd,
        0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255,
      ])
    #expect(records.count == 2)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func whatIsPackedIsUnpacked(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let made = (0..<200).map { _ in Self.record(&generator) }
    let packed = PackedRecords(made)
    let unpacked = try PackedRecords(bytes: packed.bytes, count: made.count)
    #expect(unpacked == packed)
    for skipped in [0, 1, 77, 199, 200] {
      var found: [Record] = []
      var copied = PackedRecords()
      unpacked.forEach(skipping: skipped) {
        found.append($0.record)
        copied.append(copying: $0)
      }
      #expect(found == Array(made[skipped...]), "seed \(seed)")
      #expect(copied == PackedRecords(found), "seed \(seed)")
    }
  }

  /// Cut anywhere, and with any byte of a length changed, bytes are refused or are whole records:
  /// reading what was accepted never leaves the buffer.
  @Test func damagedBytesAreRefusedOrHarmless() {
    var generator = SeededGenerator(seed: 99)
    let packed = PackedRecords((0..<4).map { _ in Self.record(&generator) })
    for length in 0..<packed.bytes.count {
      #expect(throws: EventLogError.self) {
        try PackedRecords(bytes: Array(packed.bytes[..<length]), count: 4)
      }
    }
    #expect(throws: EventLogError.self) { try PackedRecords(bytes: packed.bytes, count: 3) }
    for index in packed.bytes.indices {
      for bit in 0..<8 {
        var bytes = packed.bytes
        bytes[index] ^= 1 << bit
        guard let changed = try? PackedRecords(bytes: bytes, count: 4) else { continue }
        var count = 0
        changed.forEach { count += $0.record.key.count >= 0 ? 1 : 0 }
        #expect(count == 4)
      }
    }
  }

  @Test func aValueThatCannotBeWrittenLeavesNoTrace() {
    struct Refused: Error {}
    var records = PackedRecords.numbered(0..<1)
    let before = records
    #expect(throws: Refused.self) {
      try [UInt8]("k".utf8).withUnsafeBytes { key in
        try records.append(key: key, timestamp: 1) { buffer in
          buffer.append(contentsOf: [1, 2, 3])
          throw Refused()
        }
      }
    }
    #expect(records == before)
    [UInt8]("k1".utf8).withUnsafeBytes { key in
      records.append(key: key, timestamp: 0) { $0.append(contentsOf: "v1".utf8) }
    }
    #expect(records == .numbered(0..<2))
  }

  private static func record(_ generator: inout SeededGenerator) -> Record {
    func bytes(_ bound: Int) -> [UInt8] {
      (0..<generator.below(bound)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }
    let headers = (0..<generator.below(3)).map { _ in
      Record.Header(name: "h\(generator.below(1_000))", value: bytes(9))
    }
    return Record(
      key: bytes(12), value: generator.happens(perMille: 100) ? nil : bytes(50), headers: headers,
      timestamp: Int64(bitPattern: generator.next()))
  }
}

import EventLog
import EventLogTesting
import Testing

@testable import EventLogKafka

@Suite struct RecordMarkTests {
  private static let source = TopicPartition("saldo.movements", 7)

  /// It stands in topics that are kept forever: this test may gain cases but none of its bytes may
  /// change.
  @Test func theLayoutIsFixed() {
    let source = TopicPartition("ab", 0x0405)
    #expect(
      Self.bytes(timestamp: -2, input: 0x0102, ordinal: 3, source: source) == [
        0b111, 2, 1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 254, 255, 255, 255, 255, 255, 255, 255,
        5, 4, 0, 0, 0x61, 0x62,
      ])
    #expect(
      Self.bytes(timestamp: 5, input: 0x0102, ordinal: 3, source: nil) == [
        0b001, 2, 1, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0,
      ])
    #expect(Self.bytes(timestamp: 0) == [0b010, 0, 0, 0, 0, 0, 0, 0, 0])
  }

  /// The version of the rules stands behind what links a record, and before its source.
  @Test func theRulesHaveTheirPlace() throws {
    var records = PackedRecords()
    records.append(Record(key: [], value: [], timestamp: 5), input: 1, ordinal: 2)
    let link = SourceLink(epoch: 3, rules: 0x0405, previous: .nothing)
    let source = RecordMark.bytes(of: TopicPartition("t", 6))
    var bytes: [UInt8] = []
    records.forEach { RecordMark.write($0, source: source, link: link, into: &bytes) }
    #expect(
      bytes == [
        0b110_1101, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 5, 4, 0, 0,
        6, 0, 0, 0, 0x74,
      ])
    bytes.withUnsafeBytes { #expect(RecordMark($0)?.link == link) }
  }

  @Test func aProducersRecordThatKafkaHoldsNeedsNone() {
    #expect(Self.bytes(timestamp: 1).isEmpty)
    #expect(Self.bytes(timestamp: 253_402_300_799_999).isEmpty)
  }

  @Test(arguments: [.min, -1, 0, 253_402_300_800_000, .max] as [Int64])
  func aTimeThatKafkaDoesNotHoldStandsInTheMark(_ timestamp: Int64) {
    #expect(!RecordMark.isPlain(timestamp: timestamp))
    let bytes = Self.bytes(timestamp: timestamp)
    bytes.withUnsafeBytes { #expect(RecordMark($0)?.timestamp == timestamp) }
  }

  /// The first input and the first output are told from a producer's record by the source.
  @Test func theFirstOutputOfTheFirstInputIsMarked() {
    let bytes = Self.bytes(timestamp: 1, source: Self.source)
    bytes.withUnsafeBytes { bytes in
      let mark = RecordMark(bytes)
      #expect(mark?.input == 0 && mark?.ordinal == 0 && mark?.timestamp == nil)
      #expect(mark.flatMap { RecordMark.source($0.source) } == Self.source)
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func whatIsWrittenIsRead(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func draw() -> Int64 {
      generator.below(3) == 0 ? 0 : Int64(bitPattern: generator.next() >> generator.below(64))
    }
    let names = ["t", "saldo.ledger", "año", String(repeating: "x", count: 249)]
    let source =
      generator.below(3) == 0
      ? nil : TopicPartition(names[generator.below(names.count)], Int32(generator.below(1 << 20)))
    let (input, timestamp) = (draw(), draw())
    let ordinal = UInt32(truncatingIfNeeded: draw())
    let bytes = Self.bytes(timestamp: timestamp, input: input, ordinal: ordinal, source: source)
    guard !bytes.isEmpty else {
      #expect(input == 0 && ordinal == 0 && source == nil)
      #expect(RecordMark.isPlain(timestamp: timestamp))
      return
    }
    try bytes.withUnsafeBytes { bytes in
      let mark = try #require(RecordMark(bytes), "seed \(seed)")
      #expect(mark.input == input && mark.ordinal == ordinal, "seed \(seed)")
      #expect(
        mark.timestamp == (RecordMark.isPlain(timestamp: timestamp) ? nil : timestamp),
        "seed \(seed)")
      #expect(RecordMark.source(mark.source) == source, "seed \(seed)")
    }
  }

  /// Cut short it is no mark, up to where only the topic's name is cut.
  @Test func halfAMarkIsNone() {
    let whole = Self.bytes(timestamp: -2, input: 9, ordinal: 3, source: Self.source)
    let withoutName = whole.count - Self.source.topic.utf8.count
    for length in 0...withoutName {
      Array(whole[..<length]).withUnsafeBytes { #expect(RecordMark($0) == nil, "\(length) bytes") }
    }
    whole.withUnsafeBytes { #expect(RecordMark($0) != nil) }
  }

  /// Somebody else may use a header of that name for something else.
  @Test(
    arguments: [
      [], [8], [0x80, 1, 2, 3], [0, 1], [1, 2, 3], [2, 0, 0, 0, 0, 0, 0, 0, 0, 0], [4],
      [4, 1, 0, 0, 0], Array("erp-7".utf8),
    ] as [[UInt8]])
  func anotherHeadersValueIsNone(_ value: [UInt8]) {
    value.withUnsafeBytes { #expect(RecordMark($0) == nil) }
  }

  @Test func aMarkMaySayNothing() {
    ([0] as [UInt8]).withUnsafeBytes { bytes in
      let mark = RecordMark(bytes)
      #expect(mark != nil && mark?.input == 0 && mark?.timestamp == nil)
      #expect(mark.map { RecordMark.source($0.source) == nil } ?? false)
    }
  }

  /// The header's value for a record.
  private static func bytes(
    timestamp: Int64, input: Int64 = 0, ordinal: UInt32 = 0, source: TopicPartition? = nil
  ) -> [UInt8] {
    var records = PackedRecords()
    records.append(
      Record(key: [1], value: [2], timestamp: timestamp), input: input, ordinal: ordinal)
    // What stood there before must not show.
    var bytes: [UInt8] = [42, 42]
    records.forEach { RecordMark.write($0, source: RecordMark.bytes(of: source), into: &bytes) }
    return bytes
  }
}

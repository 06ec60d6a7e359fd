import EventLog
import EventLogTesting
import Testing

@testable import EventLogKafka

/// What is handed to librdkafka and what is made of what it hands out.
@Suite(.timeLimit(.minutes(10))) struct RecordPackerTests {
  private static let source = TopicPartition("saldo.movements", 3)

  @Test(arguments: 0..<5 as Range<UInt64>)
  func whatIsSentIsPacked(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let runs = (0..<30).map { _ in
      let source =
        generator.below(3) == 0
        ? nil : TopicPartition("t\(generator.below(2))", Int32(generator.below(3)))
      return (source, (0..<1 + generator.below(20)).map { _ in Self.entry(&generator, source) })
    }
    let sent = try SentMessages(runs.map { ($0.0, PackedRecords($0.1)) })
    let packer = RecordPacker(from: 0)
    var chunks: [PartitionBuffer.Chunk] = []
    for message in sent.messages {
      packer.add(message)
      // Whenever the member's thread has a moment.
      if generator.below(50) == 0 { chunks += packer.take() }
    }
    chunks += packer.take()
    Self.check(chunks, runs, "seed \(seed)")
    #expect(packer.next == Int64(sent.messages.count) && packer.take().isEmpty)
  }

  /// Somebody else's header may have the mark's name, and even look like one.
  @Test func anotherHeaderOfTheMarksNameIsKept() throws {
    let name = "saldo-source"
    let looksLikeAMark = [UInt8](arrayLiteral: 1) + Array(repeating: 9, count: 12)
    let headers = [
      [Record.Header(name: name, value: looksLikeAMark)],
      [Record.Header(name: name, value: Array("erp".utf8)), Record.Header(name: "a", value: [])],
      [Record.Header(name: "a", value: [1]), Record.Header(name: name, value: [])],
    ]
    let entries = headers.map { headers in
      Entry(record: Record(key: [1], value: [2], headers: headers, timestamp: 77))
    }
    let runs: [(TopicPartition?, [Entry])] = [(nil, entries), (Self.source, entries)]
    let sent = try SentMessages(runs.map { ($0.0, PackedRecords($0.1)) })
    Self.check(Self.packed(sent, 0..<6), runs, "headers")
  }

  @Test func aChunkHasOneSource() throws {
    let entries = (0..<4).map { Entry.numbered($0) }
    let sent = try SentMessages([
      (nil, PackedRecords(entries)), (Self.source, PackedRecords(entries)),
      (TopicPartition("saldo.movements", 4), PackedRecords(entries)),
      (Self.source, PackedRecords(entries)),
    ])
    let segments = Self.packed(sent, 0..<16).compactMap(\.segment)
    #expect(
      segments.map(\.source) == [
        nil, Self.source, TopicPartition("saldo.movements", 4), Self.source,
      ])
    #expect(segments.map(\.baseOffset) == [0, 4, 8, 12])
  }

  @Test func aChunkIsBounded() throws {
    let small = (0..<600).map { Entry.numbered($0) }
    let large = (0..<6).map { Entry.numbered($0, size: 50_000) }
    let sent = try SentMessages([(nil, PackedRecords(small)), (Self.source, PackedRecords(large))])
    let counts = Self.packed(sent, 0..<606).map { $0.segment?.records.count ?? 0 }
    // So many records, or so many bytes that the next one is the first of another.
    #expect(counts == [250, 250, 100, 3, 3])
  }

  @Test func whatWasAddedIsNotAddedAgain() throws {
    let sent = try SentMessages([(nil, PackedRecords((0..<9).map { Entry.numbered($0) }))])
    let packer = RecordPacker(from: 0)
    for offset in [0, 1, 2, 3, 1, 2, 3, 4, 4, 0, 5] { packer.add(sent.messages[offset]) }
    let first = packer.take()
    for offset in [3, 5, 6] { packer.add(sent.messages[offset]) }
    #expect(Self.offsets(first) == [0, 1, 2, 3, 4, 5] && Self.offsets(packer.take()) == [6])
  }

  @Test func whatLiesBeforeTheStartIsLeftOut() throws {
    let sent = try SentMessages([(nil, PackedRecords((0..<9).map { Entry.numbered($0) }))])
    let packer = RecordPacker(from: 4)
    for message in sent.messages { packer.add(message) }
    #expect(Self.offsets(packer.take()) == [4, 5, 6, 7, 8])
  }

  @Test func aChunkHasNoGap() throws {
    let sent = try SentMessages([(nil, PackedRecords((0..<9).map { Entry.numbered($0) }))])
    let chunks = Self.packed(sent, [0, 1, 4, 5, 8])
    #expect(chunks.compactMap(\.segment?.baseOffset) == [0, 4, 8])
    #expect(chunks.map(\.end) == [2, 6, 9])
    #expect(Self.offsets(chunks) == [0, 1, 4, 5, 8])
  }

  /// Offsets that hold nothing, as marks of transactions, are passed on as such.
  @Test func offsetsWithoutRecordsAreAChunkOfTheirOwn() throws {
    let sent = try SentMessages([(nil, PackedRecords((0..<9).map { Entry.numbered($0) }))])
    let packer = RecordPacker(from: 0)
    for offset in 0..<3 { packer.add(sent.messages[offset]) }
    packer.skip(to: 6)
    packer.skip(to: 2)
    for offset in [3, 6, 7] { packer.add(sent.messages[offset]) }
    let chunks = packer.take()
    #expect(chunks.map(\.end) == [3, 6, 8] && Self.offsets(chunks) == [0, 1, 2, 6, 7])
    #expect(chunks.map { $0.segment == nil } == [false, true, false])
  }

  // MARK: -

  private static func packed(
    _ sent: SentMessages, _ offsets: some Sequence<Int>
  ) -> [PartitionBuffer.Chunk] {
    let packer = RecordPacker(from: 0)
    for offset in offsets { packer.add(sent.messages[offset]) }
    return packer.take()
  }

  /// The offsets of records, each of which has its own for a key.
  private static func offsets(_ chunks: [PartitionBuffer.Chunk]) -> [Int64] {
    chunks.compactMap(\.segment).flatMap { segment in
      Entry.all(in: segment.records).enumerated().map { index, entry in
        let offset = segment.baseOffset + Int64(index)
        return entry.record.key == Array("\(offset)".utf8) ? offset : -1
      }
    }
  }

  /// Compares chunks with all that was sent, each record by the offset that it has.
  private static func check(
    _ chunks: [PartitionBuffer.Chunk], _ runs: [(TopicPartition?, [Entry])], _ comment: Comment
  ) {
    let sent = runs.flatMap { run in run.1.map { (run.0, $0) } }
    #expect(chunks.reduce(0) { $0 + ($1.segment?.records.count ?? 0) } == sent.count, comment)
    for segment in chunks.compactMap(\.segment) {
      for (index, entry) in Entry.all(in: segment.records).enumerated() {
        let (source, expected) = sent[Int(segment.baseOffset) + index]
        #expect(segment.source == source, comment)
        #expect(entry == expected, comment)
      }
    }
  }

  private static func entry(
    _ generator: inout SeededGenerator, _ source: TopicPartition?
  ) -> Entry {
    func bytes(_ bound: Int) -> [UInt8] {
      (0..<generator.below(bound)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    }
    let headers = (0..<generator.below(3)).map { _ in
      Record.Header(name: "ce_\(generator.below(9))", value: bytes(5))
    }
    let times = [1, 1_764_000_000_000, 0, -5, .max, .min] as [Int64]
    var entry = Entry(
      record: Record(
        key: bytes(4), value: generator.below(5) == 0 ? nil : bytes(30), headers: headers,
        timestamp: times[generator.below(times.count)]))
    if source != nil {
      entry.input = Int64(generator.below(1_000))
      entry.ordinal = UInt32(generator.below(3))
    }
    return entry
  }
}

/// A record with what is said of where it comes from.
struct Entry: Equatable {
  var record: Record
  var input: Int64 = 0
  var ordinal: UInt32 = 0

  /// A record whose key is a number.
  static func numbered(_ number: Int, size: Int = 1) -> Entry {
    Entry(
      record: Record(
        key: Array("\(number)".utf8), value: Array(repeating: 7, count: size), timestamp: 1))
  }

  static func all(in records: PackedRecords) -> [Entry] {
    var entries: [Entry] = []
    records.forEach {
      entries.append(Entry(record: $0.record, input: $0.input, ordinal: $0.ordinal))
    }
    return entries
  }
}

extension PackedRecords {
  init(_ entries: [Entry]) {
    self.init()
    for entry in entries { append(entry.record, input: entry.input, ordinal: entry.ordinal) }
  }
}

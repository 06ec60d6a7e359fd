import EventLog
import EventLogTesting
import Testing

@Suite("Contract: what is appended is read") struct ReadContractTests {
  static let target = TopicPartition("movements", 0)

  @Test(arguments: Adapter.allCases)
  func recordsComeInOrderAtConsecutiveOffsets(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log, reader in
      var next = 0
      for count in [1, 5, 0, 2, 30, 1] {
        try await log.append(.numbered(next..<next + count), to: Self.target)
        next += count
        #expect(try await log.end(of: Self.target) == Int64(next))
      }
      let read = try await reader.readAll(0, upTo: Int64(next))
      #expect(read.map(\.offset) == Array(0..<Int64(next)))
      #expect(read.map(\.record) == (0..<next).map { .numbered($0) })
    }
  }

  @Test(arguments: Adapter.allCases)
  func batchesOfOneCallKeepTheirOrder(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log, reader in
      let batches = [0..<3, 3..<4, 4..<9].map {
        OutgoingBatch(target: Self.target, records: .numbered($0))
      }
      try await log.append(batches, source: nil)
      let read = try await reader.readAll(0, upTo: 9)
      #expect(read.map(\.record) == (0..<9).map { .numbered($0) })
    }
  }

  /// Whoever has to know a few records before anything else joins no group for it.
  @Test(arguments: Adapter.allCases)
  func aPartitionIsReadWholeBesideItsReaders(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log, reader in
      #expect(try await log.records(of: Self.target) == [])
      for first in stride(from: 0, to: 900, by: 300) {
        try await log.append(.numbered(first..<first + 300), to: Self.target)
        let expected = (0..<first + 300).map { Record.numbered($0) }
        #expect(try await log.records(of: Self.target) == expected)
      }
      #expect(try await reader.readAll(0, upTo: 900).count == 900)
      await #expect(throws: EventLogError.self) {
        try await log.records(of: TopicPartition(Self.target.topic, 99))
      }
    }
  }

  @Test(arguments: Adapter.allCases)
  func readingStartsAnywhere(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log, reader in
      for first in stride(from: 0, to: 20, by: 5) {
        try await log.append(.numbered(first..<first + 5), to: Self.target)
      }
      for first in 0..<20 {
        let read = try await reader.readAll(0, from: Int64(first), upTo: 20)
        #expect(read.map(\.record) == (first..<20).map { .numbered($0) })
        #expect(read.first?.offset == Int64(first))
      }
    }
  }

  @Test(arguments: Adapter.allCases)
  func readsKeepToTheirLimitsButForOneStoredBatch(_ adapter: Adapter) async throws {
    let seed: UInt64 = 20_240_611
    var generator = SeededGenerator(seed: seed)
    try await Self.withLog(adapter) { log, reader in
      var end = 0
      for _ in 0..<40 {
        let count = 1 + generator.below(10)
        try await log.append(.numbered(end..<end + count), to: Self.target)
        end += count
      }
      for records in [1, 3, 10, 25, 1_000] {
        var offset: Int64 = Int64(generator.below(end))
        while offset < end {
          let limit = ReadLimit(records: records)
          let taken = try await reader.take(0, from: offset, limit: limit)
          let batch = try #require(taken)
          #expect(!batch.isEmpty && batch.count < records + 10, "seed \(seed)")
          let expected = (Int(offset)..<Int(offset) + batch.count).map { Record.numbered($0) }
          #expect(batch.delivered.map(\.record) == expected, "seed \(seed)")
          offset = batch.nextOffset
        }
      }
      let small = try await reader.take(0, from: 0, limit: ReadLimit(records: 1_000, bytes: 1))
      #expect((1...10).contains(try #require(small).count))
    }
  }

  @Test(arguments: Adapter.allCases)
  func everythingAboutARecordSurvives(_ adapter: Adapter) async throws {
    let source = TopicPartition("inbound", 7)
    var records = PackedRecords()
    let made: [(Record, Int64, UInt32)] = [
      (Record(key: [], value: [], timestamp: 0), 0, 0),
      (Record(key: Array("clave".utf8), value: nil, timestamp: -1), 5, 1),
      (
        Record(
          key: [0, 255, 10], value: [1, 0, 2],
          headers: [
            Record.Header(name: "ce_id", value: Array("17-4".utf8)),
            Record.Header(name: "", value: []),
            Record.Header(name: "ñandú", value: [0, 0]),
          ], timestamp: .max), .max, .max
      ),
      (Record(key: [], value: nil, headers: [], timestamp: .min), .min, 3),
    ]
    for (record, input, ordinal) in made {
      records.append(record, input: input, ordinal: ordinal)
    }
    try await Self.withLog(adapter) { log, reader in
      let batch = OutgoingBatch(target: Self.target, records: records)
      try await log.append([batch], source: source)
      try await log.append([batch], source: nil)
      let read = try await reader.readAll(0, upTo: 8)
      for (index, delivered) in read.enumerated() {
        let (record, input, ordinal) = made[index % 4]
        #expect(
          delivered
            == Delivered(
              offset: Int64(index), source: index < 4 ? source : nil, input: input,
              ordinal: ordinal, record: record))
      }
    }
  }

  @Test(arguments: Adapter.allCases)
  func aLargeRecordIsGivenWhole(_ adapter: Adapter) async throws {
    let value = (0..<5 << 20).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 8)) }
    let large = Record(key: [1], value: value, timestamp: 1)
    try await Self.withLog(adapter) { log, reader in
      try await log.append(PackedRecords([.numbered(0), large]), to: Self.target)
      try await log.append(.numbered(2..<3), to: Self.target)
      let read = try await reader.readAll(0, upTo: 3, limit: ReadLimit(records: 10, bytes: 1_000))
      #expect(read.map { $0.record == large } == [false, true, false])
    }
  }

  /// More than a reader holds at once: it stops, and goes on where it stopped.
  @Test(arguments: Adapter.refusing)
  func aSlowReaderGetsEverythingInOrder(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log, reader in
      let value = [UInt8](repeating: 7, count: 256 << 10)
      let count = 40
      for number in 0..<count {
        let record = Record(key: Array("\(number)".utf8), value: value, timestamp: 0)
        try await log.append(PackedRecords([record]), to: Self.target)
      }
      let read = try await reader.readAll(
        0, upTo: Int64(count), limit: ReadLimit(records: 1, bytes: 1))
      #expect(read.map(\.record.key) == (0..<count).map { Array("\($0)".utf8) })
    }
  }

  @Test(arguments: Adapter.allCases)
  func aReadFromBeyondTheEndIsRefused(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log, reader in
      try await log.append(.numbered(0..<3), to: Self.target)
      for offset in [Int64(-1), 4] {
        await #expect(throws: EventLogError.self) {
          try await reader.take(0, from: offset, limit: ReadLimit())
        }
      }
    }
  }

  @Test(arguments: Adapter.allCases)
  func parallelAppendsLoseNothing(_ adapter: Adapter) async throws {
    let partitions: Int32 = 5
    let writers = 8
    let rounds = 15
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: "busy", partitions: partitions)])
      try await withThrowingTaskGroup { group in
        for writer in 0..<writers {
          group.addTask {
            for round in 0..<rounds {
              let batches = (0..<partitions).map { partition in
                var records = PackedRecords()
                for ordinal in 0..<UInt32(3) {
                  records.append(.numbered(writer), input: Int64(round), ordinal: ordinal)
                }
                return OutgoingBatch(target: TopicPartition("busy", partition), records: records)
              }
              try await log.append(batches, source: TopicPartition("from", Int32(writer)))
            }
          }
        }
        try await group.waitForAll()
      }
      let reader = try await log.soleReader(of: "busy")
      for partition in 0..<partitions {
        let end = Int64(writers * rounds * 3)
        #expect(try await log.end(of: TopicPartition("busy", partition)) == end)
        let read = try await reader.readAll(partition, upTo: end)
        for writer in 0..<writers {
          let own = read.filter { $0.source?.partition == Int32(writer) }
          let expected = (0..<rounds).flatMap { round in
            (0..<3).map { [Int64(round), Int64($0)] }
          }
          #expect(own.map { [$0.input, Int64($0.ordinal)] } == expected)
        }
      }
    }
  }

  static func withLog(
    _ adapter: Adapter, _ body: (any EventLog, any GroupMember) async throws -> Void
  ) async throws {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: target.topic, partitions: 1)])
      try await body(log, try await log.soleReader(of: target.topic))
    }
  }
}

import Brokers
import EventLog
import EventLogEmbedded
import EventLogTesting
import Foundation
import Testing

/// The logs that are held to the contract.
enum Adapter: String, CaseIterable, CustomTestStringConvertible {
  case embedded
  /// With so small a memory that nearly every read goes to the files.
  case embeddedFromFiles
  case testing
  /// Apache Kafka, where there is one.
  case kafka
  /// The broker that stands in for it, with the eager assignor.
  case kafkaStandIn
  /// Kafka on librdkafka's mock of a cluster.
  case kafkaOnMock

  /// Those whose groups live in this process, and share partitions out one by one.
  static let local: [Adapter] = [.embedded, .embeddedFromFiles, .testing]

  /// Without a broker, those that need none; where tests must not be left out, all.
  static let allCases: [Adapter] = refusing + [.kafkaOnMock]

  /// Those that refuse what they do not have: the mock of a cluster makes any topic that is named.
  static let refusing: [Adapter] =
    local + [.kafka] + (TestCluster.isStandInWanted ? [.kafkaStandIn] : [])

  var testDescription: String { rawValue }

  /// Runs `body` on a new log, and closes and removes it.
  func withLog<Result>(_ body: (any EventLog) async throws -> Result) async throws -> Result {
    switch self {
    case .testing: return try await Self.closing(TestingLog(), body)
    case .kafka:
      guard TestCluster.hasKafka else {
        LeftOut.say(Test.current?.name ?? "a test", KafkaHome.missing)
        try Test.cancel("\(KafkaHome.missing)")
      }
      return try await Self.closing(KafkaAdapter.on(TestCluster.kafka()), body)
    case .kafkaStandIn:
      return try await Self.closing(KafkaAdapter.on(TestCluster.standIn()), body)
    case .kafkaOnMock: return try await Self.closing(KafkaAdapter.onMock(), body)
    case .embedded:
      return try await TemporaryFolder.with {
        try await Self.closing(EmbeddedLog(directory: $0), body)
      }
    case .embeddedFromFiles:
      return try await TemporaryFolder.with {
        try await Self.closing(EmbeddedLog(directory: $0, recentBytes: 0), body)
      }
    }
  }

  private static func closing<Result>(
    _ log: any EventLog, _ body: (any EventLog) async throws -> Result
  ) async throws -> Result {
    do {
      let result = try await body(log)
      await log.close()
      return result
    } catch {
      await log.close()
      throw error
    }
  }
}

/// A folder that is gone once the test is over.
enum TemporaryFolder {
  static func with<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "saldo-log-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }
}

extension Record {
  /// A record that tells itself from others by a number.
  static func numbered(_ number: Int) -> Record {
    Record(key: Array("k\(number)".utf8), value: Array("v\(number)".utf8), timestamp: 0)
  }
}

extension PackedRecords {
  init(_ records: [Record]) {
    self.init()
    for record in records { append(record) }
  }

  /// Records with the numbers of a range.
  static func numbered(_ numbers: Range<Int>) -> PackedRecords {
    PackedRecords(numbers.map { Record.numbered($0) })
  }
}

/// A record with all that the log says of it.
struct Delivered: Equatable {
  var offset: Int64
  var source: TopicPartition?
  var input: Int64
  var ordinal: UInt32
  var record: Record
}

extension ReadBatch {
  /// The records that were asked for.
  var delivered: [Delivered] {
    segments.flatMap { segment in
      var records: [Delivered] = []
      var offset = segment.baseOffset + Int64(segment.skipped)
      segment.records.forEach(skipping: segment.skipped) { view in
        records.append(
          Delivered(
            offset: offset, source: segment.source, input: view.input, ordinal: view.ordinal,
            record: view.record))
        offset += 1
      }
      return records
    }
  }
}

extension EventLog {
  /// Makes a topic and appends to it as a producer does.
  func append(_ records: PackedRecords, to partition: TopicPartition) async throws {
    try await append([OutgoingBatch(target: partition, records: records)], source: nil)
  }

  /// A member that owns all partitions of a topic.
  func soleReader(of topic: String) async throws -> any GroupMember {
    let member = try await join(group: "readers", topic: topic, member: "sole")
    let all = Set(0..<(try await partitions(of: topic)))
    while let owned = try await member.nextAssignment(), owned != all {}
    return member
  }
}

extension GroupMember {
  /// Everything from an offset up to another.
  func readAll(
    _ partition: Int32, from first: Int64 = 0, upTo end: Int64, limit: ReadLimit = ReadLimit()
  ) async throws -> [Delivered] {
    var delivered: [Delivered] = []
    var offset = first
    while offset < end {
      let taken = try await take(partition, from: offset, limit: limit)
      let batch = try #require(taken, "the partition was lost")
      #expect(batch.nextOffset == offset + Int64(batch.count))
      delivered += batch.delivered
      offset = batch.nextOffset
    }
    return delivered
  }
}

/// Expects nothing. The macro alone cannot compare what is awaited with nil.
func expectNil<Value>(
  _ value: Value?, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(value == nil, sourceLocation: sourceLocation)
}

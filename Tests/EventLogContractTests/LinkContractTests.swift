import EventLog
import Testing

/// How records follow what their source sent before comes through every log.
@Suite("Contract: links", .timeLimit(.minutes(20))) struct LinkContractTests {
  private static let target = TopicPartition("linked", 0)
  private static let source = TopicPartition("inputs", 2)

  private static func batch(
    _ inputs: ClosedRange<Int64>, _ link: SourceLink?
  ) -> OutgoingBatch {
    var records = PackedRecords()
    for input in inputs {
      records.append(
        Record(key: Array("\(input)".utf8), value: [1], timestamp: 1), input: input, ordinal: 2)
    }
    return OutgoingBatch(target: target, records: records, link: link)
  }

  /// What each record follows, by its input, wherever a log cuts what it gives.
  private static func follows(_ batch: ReadBatch) -> [String] {
    batch.segments.flatMap { segment in
      var link = segment.link
      var lines: [String] = []
      segment.records.forEach { record in
        lines.append("\(record.input) \(link.map { "\($0.epoch) \($0.previous)" } ?? "-")")
        link?.previous = .record(input: record.input, ordinal: record.ordinal)
      }
      return Array(lines.dropFirst(segment.skipped))
    }
  }

  @Test(arguments: Adapter.allCases)
  func whatARecordFollowsIsTold(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: Self.target.topic, partitions: 1)])
      let epoch = UInt64.max - 5
      let sent: [(ClosedRange<Int64>, SourceLink?, TopicPartition?)] = [
        (1...3, SourceLink(epoch: epoch, previous: .nothing), Self.source),
        (7...8, SourceLink(epoch: epoch, previous: .record(input: 3, ordinal: 2)), Self.source),
        // Sent again, as after a crash.
        (7...8, SourceLink(epoch: epoch, previous: .record(input: 3, ordinal: 2)), Self.source),
        (1...1, SourceLink(epoch: 0, previous: .unknown), Self.source),
        (1...2, nil, nil),
        // One is missing before it.
        (12...13, SourceLink(epoch: epoch, previous: .record(input: 9, ordinal: 0)), Self.source),
      ]
      for (inputs, link, source) in sent {
        try await log.append([Self.batch(inputs, link)], source: source)
      }
      let reader = try await log.soleReader(of: Self.target.topic)
      var lines: [String] = []
      var offset: Int64 = 0
      while lines.count < 12 {
        let taken = try await reader.take(0, from: offset, limit: ReadLimit(records: 2))
        let batch = try #require(taken)
        lines += Self.follows(batch)
        offset = batch.nextOffset
      }
      func after(_ input: Int64, _ previous: SourceLink.Previous) -> String {
        "\(input) \(epoch) \(previous)"
      }
      func record(_ input: Int64, _ ordinal: UInt32 = 2) -> SourceLink.Previous {
        .record(input: input, ordinal: ordinal)
      }
      #expect(
        lines == [
          after(1, .nothing), after(2, record(1)), after(3, record(2)), after(7, record(3)),
          after(8, record(7)), after(7, record(3)), after(8, record(7)),
          "1 0 \(SourceLink.Previous.unknown)", "1 -", "2 -", after(12, record(9, 0)),
          after(13, record(12)),
        ])
    }
  }
}

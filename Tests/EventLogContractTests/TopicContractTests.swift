import EventLog
import Testing

@Suite("Contract: topics") struct TopicContractTests {
  @Test(arguments: Adapter.allCases)
  func creatingAgainChangesNothing(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      let topics = [
        TopicSpecification(name: "movements", partitions: 3),
        TopicSpecification(name: "catalog", partitions: 2, compacted: true),
      ]
      try await log.create(topics)
      try await log.append(.numbered(0..<2), to: TopicPartition("movements", 1))
      try await log.create(topics + [TopicSpecification(name: "ledger", partitions: 1)])

      #expect(try await log.partitions(of: "movements") == 3)
      #expect(try await log.partitions(of: "catalog") == 2)
      #expect(try await log.partitions(of: "ledger") == 1)
      #expect(try await log.end(of: TopicPartition("movements", 1)) == 2)
    }
  }

  @Test(arguments: Adapter.refusing)
  func anotherNumberOfPartitionsIsRefused(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: "movements", partitions: 3)])
      await #expect(
        throws: EventLogError.topicMismatch(topic: "movements", expected: 4, found: 3)
      ) {
        try await log.create([
          TopicSpecification(name: "other", partitions: 1),
          TopicSpecification(name: "movements", partitions: 4),
        ])
      }
      await #expect(throws: EventLogError.unknownTopic("other")) {
        try await log.partitions(of: "other")
      }
    }
  }

  @Test(arguments: Adapter.refusing)
  func unknownTopicsAndPartitionsAreRefused(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: "known", partitions: 1)])
      let nowhere = TopicPartition("nowhere", 0)
      let unknown = EventLogError.unknownTopic("nowhere")
      await #expect(throws: unknown) { try await log.partitions(of: "nowhere") }
      await #expect(throws: unknown) { try await log.end(of: nowhere) }
      await #expect(throws: unknown) { try await log.append(.numbered(0..<1), to: nowhere) }
      await #expect(throws: unknown) {
        try await log.join(group: "g", topic: "nowhere", member: "m")
      }
      for partition in [Int32(-1), 1] {
        await #expect(throws: EventLogError.self) {
          try await log.end(of: TopicPartition("known", partition))
        }
      }
      // One unknown target, and nothing of the call is appended.
      await #expect(throws: unknown) {
        try await log.append(
          [
            OutgoingBatch(target: TopicPartition("known", 0), records: .numbered(0..<1)),
            OutgoingBatch(target: nowhere, records: .numbered(0..<1)),
          ], source: nil)
      }
      #expect(try await log.end(of: TopicPartition("known", 0)) == 0)
    }
  }

  @Test(arguments: Adapter.allCases)
  func nothingWorksOnceClosed(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      let target = TopicPartition("movements", 0)
      let topic = TopicSpecification(name: target.topic, partitions: 1)
      try await log.create([topic])
      await log.close()
      let closed = EventLogError.closed
      await #expect(throws: closed) { try await log.create([topic]) }
      await #expect(throws: closed) { try await log.partitions(of: target.topic) }
      await #expect(throws: closed) { try await log.end(of: target) }
      await #expect(throws: closed) { try await log.append(.numbered(0..<1), to: target) }
      await #expect(throws: closed) {
        try await log.join(group: "g", topic: target.topic, member: "m")
      }
    }
  }
}

import EventLog
import Testing

@Suite("Contract: how far groups are", .timeLimit(.minutes(10))) struct AppliedContractTests {
  @Test(arguments: Adapter.allCases)
  func whatMembersSayIsToldToEveryone(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: "movements", partitions: 3)])
      #expect(try await log.applied(group: "readers", topic: "movements") == [nil, nil, nil])

      let reader = try await log.soleReader(of: "movements")
      try await log.append(.numbered(0..<3), to: TopicPartition("movements", 1))
      await reader.applied(1, upTo: 2)
      await reader.applied(2, upTo: 0)
      await reader.applied(1, upTo: 3)
      try await Self.wait(until: [nil, 3, 0], in: log)
      #expect(try await log.applied(group: "others", topic: "movements") == [nil, nil, nil])

      // It is the group's, not the member's.
      await reader.leave()
      try await Self.wait(until: [nil, 3, 0], in: log)
    }
  }

  @Test(arguments: Adapter.allCases)
  func whoDoesNotOwnAPartitionSaysNothingOfIt(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: "movements", partitions: 2)])
      let reader = try await log.soleReader(of: "movements")
      await reader.applied(7, upTo: 1)
      await reader.applied(0, upTo: 1)
      try await Self.wait(until: [1, nil], in: log)
      await reader.leave()
      await reader.applied(1, upTo: 1)
      try await Self.wait(until: [1, nil], in: log)
    }
  }

  @Test(arguments: Adapter.refusing)
  func anUnknownTopicIsRefused(_ adapter: Adapter) async throws {
    try await adapter.withLog { log in
      await #expect(throws: EventLogError.unknownTopic("nowhere")) {
        try await log.applied(group: "readers", topic: "nowhere")
      }
      await log.close()
      await #expect(throws: EventLogError.closed) {
        try await log.applied(group: "readers", topic: "nowhere")
      }
    }
  }

  /// A hint may lag behind.
  private static func wait(until expected: [Int64?], in log: any EventLog) async throws {
    while try await log.applied(group: "readers", topic: "movements") != expected {
      await Task.yield()
    }
  }
}

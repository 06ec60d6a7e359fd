import EventLog
import Testing

@Suite("Contract: waiting for records", .timeLimit(.minutes(10))) struct WaitContractTests {
  static let target = TopicPartition("movements", 1)

  @Test(arguments: Adapter.allCases)
  func anAppendWakesWhoWaits(_ adapter: Adapter) async throws {
    try await Self.withReader(adapter) { log, reader in
      for round in 0..<50 {
        async let taken = reader.take(1, from: Int64(round), limit: ReadLimit())
        // Sometimes the append comes before the wait and sometimes after: both must do.
        if round.isMultiple(of: 2) { await Task.yield() }
        try await log.append(.numbered(round..<round + 1), to: Self.target)
        #expect(try await taken?.delivered.map(\.record) == [.numbered(round)])
      }
    }
  }

  @Test(arguments: Adapter.allCases)
  func manyReadersAreAllWoken(_ adapter: Adapter) async throws {
    try await Self.withReader(adapter) { log, reader in
      try await withThrowingTaskGroup { group in
        for _ in 0..<20 {
          group.addTask { try await reader.take(1, from: 0, limit: ReadLimit())?.count }
        }
        try await log.append(.numbered(0..<2), to: Self.target)
        for try await count in group { #expect(count == 2) }
      }
    }
  }

  @Test(arguments: Adapter.allCases)
  func anAppendElsewhereDoesNot(_ adapter: Adapter) async throws {
    try await Self.withReader(adapter) { log, reader in
      async let taken = reader.take(1, from: 0, limit: ReadLimit())
      try await log.append(.numbered(7..<8), to: TopicPartition(Self.target.topic, 0))
      try await log.append(.numbered(8..<9), to: Self.target)
      #expect(try await taken?.delivered.map(\.record) == [.numbered(8)])
    }
  }

  @Test(arguments: Adapter.allCases)
  func cancellingEndsTheWait(_ adapter: Adapter) async throws {
    try await Self.withReader(adapter) { log, reader in
      for yields in 0..<6 {
        let wait = Task { try await reader.take(1, from: 0, limit: ReadLimit()) }
        for _ in 0..<yields { await Task.yield() }
        wait.cancel()
        await #expect(throws: CancellationError.self) { try await wait.value }
      }
      let assignment = Task { try await reader.nextAssignment() }
      await Task.yield()
      assignment.cancel()
      await #expect(throws: CancellationError.self) { try await assignment.value }
      // The member is as good as before.
      try await log.append(.numbered(0..<1), to: Self.target)
      #expect(try await reader.take(1, from: 0, limit: ReadLimit())?.count == 1)
    }
  }

  @Test(arguments: Adapter.allCases, [true, false])
  func leavingAndClosingEndTheWait(_ adapter: Adapter, _ isLeaving: Bool) async throws {
    try await Self.withReader(adapter) { log, reader in
      let wait = Task { try await reader.take(1, from: 0, limit: ReadLimit()) }
      let assignment = Task { try await reader.nextAssignment() }
      await Task.yield()
      if isLeaving { await reader.leave() } else { await log.close() }
      expectNil(try await wait.value)
      expectNil(try await assignment.value)
      expectNil(try await reader.take(1, from: 0, limit: ReadLimit()))
      expectNil(try await reader.nextAssignment())
    }
  }

  private static func withReader(
    _ adapter: Adapter, _ body: (any EventLog, any GroupMember) async throws -> Void
  ) async throws {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: target.topic, partitions: 2)])
      try await body(log, try await log.soleReader(of: target.topic))
    }
  }
}

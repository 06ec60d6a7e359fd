import EventLog
import Testing

@Suite("Contract: groups", .timeLimit(.minutes(20))) struct GroupContractTests {
  static let topic = "movements"
  static let partitions: Int32 = 5

  /// Whoever loses a partition closes its store before anybody else opens it.
  @Test(arguments: Adapter.allCases)
  func partitionsAreSharedAndNeverOpenTwice(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log in
      let stores = OpenStores()
      func follow(_ name: String) async throws -> Follower {
        Follower(
          try await log.join(group: "g", topic: Self.topic, member: name), name, stores: stores,
          partitions: Self.partitions)
      }
      let first = try await follow("first")
      try await stores.wait { $0["first"]?.count == 5 }
      let second = try await follow("second")
      try await stores.wait {
        let counts = [$0["first"]?.count ?? 0, $0["second"]?.count ?? 0]
        return counts.sorted() == [2, 3]
      }
      try await first.leave()
      try await stores.wait { $0["second"]?.count == 5 }
      try await second.leave()
      #expect(stores.clashes == [])
    }
  }

  @Test(arguments: Adapter.local)
  func aPartitionMovesOnceItIsReleased(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log in
      let first = try await log.join(group: "g", topic: Self.topic, member: "first")
      #expect(try await first.nextAssignment() == Set(0..<5))

      let second = try await log.join(group: "g", topic: Self.topic, member: "second")
      let kept = try #require(try await first.nextAssignment())
      let moving = Set(0..<Self.partitions).subtracting(kept)
      #expect(kept.count == 3 && moving.count == 2)
      #expect(try await second.nextAssignment() == [])

      var owned: Set<Int32> = []
      for partition in moving.sorted() {
        expectNil(try await first.take(partition, from: 0, limit: ReadLimit()))
        expectNil(try await second.take(partition, from: 0, limit: ReadLimit()))
        await first.released(partition)
        owned.insert(partition)
        #expect(try await second.nextAssignment() == owned)
      }
      for partition in owned {
        try await log.append(.numbered(0..<1), to: TopicPartition(Self.topic, partition))
        #expect(try await second.take(partition, from: 0, limit: ReadLimit())?.count == 1)
      }
    }
  }

  @Test(arguments: Adapter.local)
  func whoStaysGetsWhatALeaverHeld(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log in
      let first = try await log.join(group: "g", topic: Self.topic, member: "first")
      #expect(try await first.nextAssignment()?.count == 5)
      let second = try await log.join(group: "g", topic: Self.topic, member: "second")
      // The first leaves with partitions that it has lost but not released.
      await first.leave()
      #expect(try await second.nextAssignment() == Set(0..<5))
      expectNil(try await first.nextAssignment())

      let again = try await log.join(group: "g", topic: Self.topic, member: "first")
      #expect(try await second.nextAssignment()?.count == 3)
      await again.leave()
      // What the second lost stays lost until it says that its stores are closed.
      for partition in 0..<Self.partitions { await second.released(partition) }
      while let owned = try await second.nextAssignment(), owned.count < 5 {}
      expectNil(try await first.take(0, from: 0, limit: ReadLimit()))
    }
  }

  @Test(arguments: Adapter.allCases)
  func revocationEndsAWait(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log in
      let first = try await log.join(group: "g", topic: Self.topic, member: "first")
      let waits = (0..<Self.partitions).map { partition in
        Task { (partition, try await first.take(partition, from: 0, limit: ReadLimit()) == nil) }
      }
      await Task.yield()
      #expect(try await first.nextAssignment()?.count == 5)
      let second = try await log.join(group: "g", topic: Self.topic, member: "second")
      let kept = try #require(try await first.nextAssignment())
      for partition in kept {
        try await log.append(.numbered(0..<1), to: TopicPartition(Self.topic, partition))
      }
      for wait in waits {
        let (partition, isNil) = try await wait.value
        #expect(isNil == !kept.contains(partition))
      }
      await second.leave()
    }
  }

  @Test(arguments: Adapter.allCases)
  func whatWasReadAheadIsNotGivenAfterARevocation(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log in
      let first = try await log.join(group: "g", topic: Self.topic, member: "first")
      #expect(try await first.nextAssignment()?.count == 5)
      for partition in 0..<Self.partitions {
        let target = TopicPartition(Self.topic, partition)
        try await log.append(.numbered(0..<4), to: target)
        let taken = try await first.take(partition, from: 0, limit: ReadLimit(records: 1))
        #expect(try #require(taken).count >= 1)
      }
      let second = try await log.join(group: "g", topic: Self.topic, member: "second")
      let kept = try #require(try await first.nextAssignment())
      for partition in Set(0..<Self.partitions).subtracting(kept) {
        expectNil(try await first.take(partition, from: 1, limit: ReadLimit()))
      }
      await second.leave()
    }
  }

  @Test(arguments: Adapter.allCases)
  func groupsAndTopicsDoNotDisturbEachOther(_ adapter: Adapter) async throws {
    try await Self.withLog(adapter) { log in
      try await log.create([TopicSpecification(name: "other", partitions: 2)])
      let one = try await log.join(group: "g", topic: Self.topic, member: "m")
      let two = try await log.join(group: "h", topic: Self.topic, member: "m")
      let three = try await log.join(group: "g", topic: "other", member: "m")
      #expect(try await one.nextAssignment() == Set(0..<5))
      #expect(try await two.nextAssignment() == Set(0..<5))
      #expect(try await three.nextAssignment() == [0, 1])
    }
  }

  static func withLog(_ adapter: Adapter, _ body: (any EventLog) async throws -> Void) async throws
  {
    try await adapter.withLog { log in
      try await log.create([TopicSpecification(name: topic, partitions: partitions)])
      try await body(log)
    }
  }
}

import Brokers
import EventLog
import EventLogKafka
import Testing

/// Appends while brokers refuse, fail and cannot be reached.
@Suite(.timeLimit(.minutes(10))) struct AppendOnMockTests {
  /// The leader is another, too few copies, no answer in time, a broken disk: Kafka's numbers of
  /// errors that pass.
  private static let passing: [Int16] = [6, 19, 7, 56, 20, 5]

  @Test func requestsThatFailAreSentAgainAndNothingTwice() async throws {
    try await OnMock.with { mock in
      try await mock.append(0..<1)
      try mock.cluster.fail(.produce, with: Self.passing)
      for number in 1..<10 { try await mock.append(number..<number + 1) }
      #expect(try await mock.log.end(of: TopicPartition(OnMock.topic, 0)) == 10)
      let reader = try await mock.soleReader()
      #expect(try await reader.numbers(10) == Array(0..<10))
    }
  }

  /// An append of more than librdkafka has room for goes in pieces. One request at a time: the mock
  /// does not mind their order, as a broker does.
  @Test func moreThanThereIsRoomForIsWrittenOnceAndInOrder() async throws {
    let tight = [
      "queue.buffering.max.messages": "20", "batch.num.messages": "7",
      "max.in.flight.requests.per.connection": "1",
    ]
    try await OnMock.with(partitions: 2, tight) { mock in
      try mock.cluster.fail(.produce, with: Self.passing)
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        for partition: Int32 in 0..<2 {
          tasks.addTask { try await mock.append(0..<400, to: partition) }
        }
        try await tasks.waitForAll()
      }
      let reader = try await mock.soleReader(partitions: 2)
      for partition: Int32 in 0..<2 {
        #expect(try await reader.numbers(400, of: partition) == Array(0..<400))
        #expect(try await mock.log.end(of: TopicPartition(OnMock.topic, partition)) == 400)
      }
    }
  }

  /// What is refused for good is told to who sent it; the next append finds a new producer. That
  /// nothing is written behind it, only a real broker can show: the mock minds no order.
  @Test func aRefusalIsTheErrorOfItsAppendAndEndsTheProducer() async throws {
    try await OnMock.with { mock in
      try await mock.append(0..<1)
      let policyViolation: Int16 = 44
      try mock.cluster.fail(.produce, with: [policyViolation])
      let error = await #expect(throws: EventLogError.self) { try await mock.append(1..<2) }
      #expect(error == .rejected("movements/0 could not be written: Broker: Policy violation"))
      try await mock.append(1..<2)
      let reader = try await mock.soleReader()
      #expect(try await reader.numbers(2) == [0, 1])
      try await mock.waitForLine(with: "producer is replaced")
    }
  }

  /// The producer and the broker disagree about what was written: another producer begins anew.
  @Test func aProducerThatCannotGoOnIsReplaced() async throws {
    try await OnMock.with { mock in
      try await mock.append(0..<1)
      let outOfOrder: Int16 = 45
      try mock.cluster.fail(.produce, with: [outOfOrder])
      let error = await #expect(throws: EventLogError.self) { try await mock.append(1..<2) }
      let text = error.map { "\($0)" } ?? ""
      #expect(text.hasPrefix("the Kafka producer can go on no more: "), "\(text)")
      #expect(text.contains("out of order sequence number"), "\(text)")
      #expect(text.contains("ProduceRequest for movements"), "\(text)")
      try await mock.append(1..<2)
    }
  }

  @Test func aRecordThatIsTooLargeIsRefusedWithWhatToDo() async throws {
    try await OnMock.with(["message.max.bytes": "2000"]) { mock in
      var records = PackedRecords()
      records.append(
        Record(key: [1], value: Array(repeating: 7, count: 5_000), timestamp: 1))
      let target = TopicPartition(OnMock.topic, 0)
      let error = await #expect(throws: EventLogError.self) {
        try await mock.log.append([OutgoingBatch(target: target, records: records)], source: nil)
      }
      let text = error.map { "\($0)" } ?? ""
      #expect(text.contains("movements/0 is larger") && text.contains("raise message.max.bytes"))
      try await mock.append(0..<1)
    }
  }

  // MARK: A broker that cannot be reached

  @Test func anAppendWaitsForTheBroker() async throws {
    try await OnMock.with { mock in
      try await mock.append(0..<1)
      try mock.cluster.set(broker: 1, up: false)
      async let appended: Void = mock.append(1..<3)
      try await mock.waitForLine(with: "Connect to ipv4#")
      try mock.cluster.set(broker: 1, up: true)
      try await appended
      let reader = try await mock.soleReader()
      #expect(try await reader.numbers(3) == [0, 1, 2])
      #expect(try await mock.log.end(of: TopicPartition(OnMock.topic, 0)) == 3)
    }
  }

  /// Nobody is held up by an append that he has given up: it is written when the broker is back.
  @Test func aCancelledAppendIsNotWaitedFor() async throws {
    try await OnMock.with { mock in
      try await mock.append(0..<1)
      try mock.cluster.set(broker: 1, up: false)
      let append = Task { try await mock.append(1..<2) }
      try await mock.waitForLine(with: "Connect to ipv4#")
      append.cancel()
      await #expect(throws: CancellationError.self) { try await append.value }
      try mock.cluster.set(broker: 1, up: true)
      let reader = try await mock.soleReader()
      #expect(try await reader.numbers(2) == [0, 1])
    }
  }

  @Test func closingEndsAnAppendThatWaits() async throws {
    try await OnMock.with { mock in
      try await mock.append(0..<1)
      try mock.cluster.set(broker: 1, up: false)
      let append = Task { try await mock.append(1..<2) }
      try await mock.waitForLine(with: "Connect to ipv4#")
      await mock.log.close()
      await #expect(throws: EventLogError.closed) { try await append.value }
    }
  }
}

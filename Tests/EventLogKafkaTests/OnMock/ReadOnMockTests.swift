import Brokers
import EventLog
import EventLogKafka
import Testing

/// Readers while brokers refuse, fail and cannot be reached.
@Suite(.timeLimit(.minutes(10))) struct ReadOnMockTests {
  @Test func readersGoOnWhenABrokerComesBack() async throws {
    try await OnMock.with { mock in
      let reader = try await mock.soleReader()
      for round in 0..<3 {
        async let taken = reader.numbers(5, from: Int64(5 * round))
        try await mock.append(5 * round..<5 * round + 3)
        // That ends every connection.
        try mock.cluster.set(broker: 1, up: false)
        try mock.cluster.set(broker: 1, up: true)
        try await mock.append(5 * round + 3..<5 * round + 5)
        #expect(try await taken == Array(5 * round..<5 * round + 5))
      }
    }
  }

  /// The leader is another, no answer in time, a topic that the broker has yet to hear of.
  @Test func fetchesThatFailPassNothingOver() async throws {
    try await OnMock.with(partitions: 2) { mock in
      let reader = try await mock.soleReader(partitions: 2)
      for partition: Int32 in 0..<2 { try await mock.append(0..<300, to: partition) }
      try mock.cluster.fail(.fetch, with: [6, 7, 5, 6, 7, 6])
      for partition: Int32 in 0..<2 {
        #expect(try await reader.numbers(300, of: partition) == Array(0..<300))
        // And from the middle.
        let later = try await reader.numbers(100, of: partition, from: 200)
        #expect(later == Array(200..<300))
      }
    }
  }

  /// A broker that has lost what it held is not read on from somewhere else.
  @Test func anOffsetThatTheBrokerDoesNotHoldEndsTheTakes() async throws {
    try await OnMock.with { mock in
      let reader = try await mock.soleReader()
      try await mock.append(0..<3)
      #expect(try await reader.numbers(3) == [0, 1, 2])
      let outOfRange: Int16 = 1
      try mock.cluster.fail(.fetch, with: [outOfRange, outOfRange, outOfRange])
      let error = await #expect(throws: EventLogError.self) {
        try await reader.numbers(1, from: 3)
      }
      guard case .damaged(let text)? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(text.hasPrefix("movements/0: "))
    }
  }

  /// The broker takes the member for dead: it begins anew, and reads on where it was.
  @Test func aMemberThatTheGroupHasLostComesBack() async throws {
    try await OnMock.with(partitions: 2) { mock in
      let reader = try await mock.soleReader(partitions: 2)
      try await mock.append(0..<3)
      #expect(try await reader.numbers(3) == [0, 1, 2])
      let wait = Task { try await reader.take(0, from: 3, limit: ReadLimit()) }
      let unknownMember: Int16 = 25
      try mock.cluster.fail(.heartbeat, with: [unknownMember])
      let isLost = try await wait.value == nil
      #expect(isLost)
      try await reader.waitFor([])
      for partition: Int32 in 0..<2 { await reader.released(partition) }
      try await reader.waitFor([0, 1])
      try await mock.append(3..<5)
      #expect(try await reader.numbers(2, from: 3) == [3, 4])
    }
  }

  /// How far a group is, is told to the broker until the broker has it.
  @Test func whatWasAppliedIsToldAlsoWhereTellingFails() async throws {
    try await OnMock.with { mock in
      let reader = try await mock.soleReader()
      try await mock.append(0..<3)
      // It has yet to load the group, it is not the coordinator, no answer in time.
      try mock.cluster.fail(.commit, with: [14, 16, 7, 14])
      await reader.applied(0, upTo: 3)
      try await mock.waitUntilApplied([3])
    }
  }
}

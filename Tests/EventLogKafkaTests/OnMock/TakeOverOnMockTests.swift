import EventLog
import EventLogKafka
import Foundation
import Testing

/// What becomes of the partitions of a member whose process does not leave its group, but dies or
/// stands still.
@Suite(.timeLimit(.minutes(10))) struct TakeOverOnMockTests {
  private static let partitions: Int32 = 4
  private static let all = Set(0..<partitions)

  @Test func aDeadMembersPartitionsGoToOneThatRuns() async throws {
    try await Self.withTwoMembers { mock, member, other in
      other.send(SIGKILL)
      try await member.waitFor(Self.all)
      for partition in Self.all {
        #expect(try await member.numbers(10, of: partition) == Array(0..<10))
      }
      // It is a member like any: what it says of them is the group's.
      for partition in Self.all { await member.applied(partition, upTo: 10) }
      try await mock.waitUntilApplied([10, 10, 10, 10])
    }
  }

  /// A process that stood still for longer than the group waits takes itself for the owner when it
  /// goes on. It finds out, and gets its share anew.
  @Test func aMemberThatStoodStillJoinsAnew() async throws {
    try await Self.withTwoMembers { mock, member, other in
      other.send(SIGSTOP)
      try await member.waitFor(Self.all)
      other.send(SIGCONT)
      let shares = await Self.halves(of: member, and: other)
      #expect(shares.here == Self.whole(Set(shares.here.keys)))
      #expect(shares.there == Self.whole(Self.all.subtracting(shares.here.keys)))
    }
  }

  /// What the member here and the other one have read, once each has read its half.
  ///
  /// A group that settles may share out more than once. So the member here gives back what it loses
  /// all the while, as a service does: the group would wait for it.
  private static func halves(
    of member: any GroupMember, and other: ReaderProcess
  ) async -> (here: [Int32: [Int]], there: [Int32: [Int]]) {
    let (news, report) = AsyncStream.makeStream(of: Share.self)
    return await withThrowingTaskGroup(of: Void.self) { tasks in
      defer { tasks.cancelAll() }
      tasks.addTask {
        defer { report.finish() }
        while let owned = try await member.nextAssignment() {
          report.yield(.here([:]))
          for partition in all.subtracting(owned) { await member.released(partition) }
          var read: [Int32: [Int]] = [:]
          for partition in owned {
            read[partition] = try await member.numbersUnlessLost(10, of: partition)
          }
          report.yield(.here(read))
        }
      }
      tasks.addTask {
        defer { report.finish() }
        while let share = await other.share() { report.yield(.there(share)) }
      }
      var (here, there): ([Int32: [Int]], [Int32: [Int]]) = ([:], [:])
      for await share in news {
        switch share {
        case .here(let read): here = read
        case .there(let read): there = read
        }
        if here.count == 2, there.count == 2, Set(here.keys).isDisjoint(with: there.keys) {
          return (here, there)
        }
      }
      Issue.record("a member ended")
      return (here, there)
    }
  }

  /// What a member has read of the partitions that it holds.
  private enum Share: Sendable {
    case here([Int32: [Int]])
    case there([Int32: [Int]])
  }

  /// All that there is of partitions.
  private static func whole(_ partitions: Set<Int32>) -> [Int32: [Int]] {
    Dictionary(uniqueKeysWithValues: partitions.map { ($0, Array(0..<10)) })
  }

  /// A member here and one in a process of its own, which have half of the partitions each.
  private static func withTwoMembers(
    _ body: (OnMock, any GroupMember, ReaderProcess) async throws -> Void
  ) async throws {
    try await OnMock.with(partitions: partitions) { mock in
      for partition in all { try await mock.append(0..<10, to: partition) }
      let other = try ReaderProcess(mock, count: 10)
      #expect(try await other.taken(of: all) == whole(all))
      let member = try await mock.log.join(group: "readers", topic: OnMock.topic, member: "here")
      let own = try await member.waitForPartitions { $0.count == 2 }
      _ = try await other.taken(of: all.subtracting(own))
      try await body(mock, member, other)
    }
  }
}

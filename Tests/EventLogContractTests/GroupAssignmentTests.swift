import EventLog
import EventLogTesting
import Testing

@Suite struct GroupAssignmentTests {
  /// Members come, go, lose and release partitions in any order.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func ownershipIsExclusiveEvenAndMovesOnRelease(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let partitions = Int32(1 + generator.below(13))
    var group = GroupAssignment(partitions: partitions)
    /// What each member's process has open: it opens what it owns and closes before it releases.
    var open: [UInt64: Set<Int32>] = [:]
    var names = 0

    for _ in 0..<300 {
      let members = open.keys.sorted()
      switch generator.below(10) {
      case 0 where members.count < 6:
        names += 1
        if let (id, _) = group.join("m\(names)") { open[id] = [] }
      case 1 where !members.isEmpty:
        let leaver = members[generator.below(members.count)]
        _ = group.leave(leaver)
        open[leaver] = nil
      case 2:
        _ = group.revoke(Int32(generator.below(Int(partitions))))
      default:
        guard let member = members.first(where: { _ in generator.below(2) == 0 }) else { continue }
        let owned = group.assignment(of: member)?.owned ?? []
        for closed in (open[member] ?? []).subtracting(owned).sorted() {
          open[member]?.remove(closed)
          _ = group.released(closed, by: member)
        }
      }
      for member in open.keys {
        open[member]?.formUnion(group.assignment(of: member)?.owned ?? [])
      }
      let held = open.values.flatMap { $0 }
      #expect(held.count == Set(held).count, "two have one partition open; seed \(seed)")
    }
    Self.settle(&group, &open)
    let counts = open.keys.map { group.assignment(of: $0)?.owned.count ?? 0 }
    if let most = counts.max(), let least = counts.min() {
      #expect(counts.reduce(0, +) == Int(partitions) && most - least <= 1, "seed \(seed)")
    }
  }

  @Test func aNameIsTakenOnlyWhileItsMemberStays() throws {
    var group = GroupAssignment(partitions: 2)
    let joined = group.join("m")
    let first = try #require(joined).id
    let twice = group.join("m")
    #expect(twice == nil)
    _ = group.leave(first)
    let rejoined = group.join("m")
    let second = try #require(rejoined).id
    // The one that left speaks for nobody.
    #expect(group.tenure(of: 0, by: first) == nil && group.assignment(of: first) == nil)
    #expect(group.tenure(of: 0, by: second) != nil)
  }

  @Test func aPartitionThatCameBackIsAnotherTenure() throws {
    var group = GroupAssignment(partitions: 1)
    let joined = group.join("m")
    let member = try #require(joined).id
    let before = group.tenure(of: 0, by: member)
    let version = group.assignment(of: member)?.version
    let revoked = group.revoke(0)
    #expect(revoked)
    #expect(group.tenure(of: 0, by: member) == nil)
    let revokedAgain = group.revoke(0)
    #expect(!revokedAgain)
    _ = group.released(0, by: member)
    #expect(group.tenure(of: 0, by: member) != before)
    #expect(group.assignment(of: member)?.owned == [0])
    #expect(group.assignment(of: member)?.version != version)
  }

  private static func settle(_ group: inout GroupAssignment, _ open: inout [UInt64: Set<Int32>]) {
    for _ in 0..<3 {
      for member in open.keys.sorted() {
        let owned = group.assignment(of: member)?.owned ?? []
        for closed in (open[member] ?? []).subtracting(owned).sorted() {
          _ = group.released(closed, by: member)
        }
        open[member] = group.assignment(of: member)?.owned
      }
    }
  }
}

/// Which member of a group owns which partition of a topic.
///
/// Partitions are shared evenly and stay where they are as far as that allows. One that moves is
/// first taken from its owner, and given on only once the owner has released it.
package struct GroupAssignment: Sendable {
  private struct Member {
    var id: UInt64
    var name: String
    var owned: Set<Int32> = []
    var version: UInt64 = 0
  }

  private let partitions: Int32
  private var members: [Member] = []
  private var revoking: [Int32: UInt64] = [:]
  private var tenures: [Int32: UInt64] = [:]
  private var lastTenure: UInt64 = 0
  private var lastMember: UInt64 = 0

  /// A group without members over a topic's partitions.
  package init(partitions: Int32) { self.partitions = partitions }

  /// What a member owns, and how often that has changed; nil if there is no such member.
  package func assignment(of id: UInt64) -> (owned: Set<Int32>, version: UInt64)? {
    members.first { $0.id == id }.map { ($0.owned, $0.version) }
  }

  /// Names the time during which a member owns a partition: no two are equal. Nil if it is not
  /// the owner.
  package func tenure(of partition: Int32, by id: UInt64) -> UInt64? {
    guard let member = members.first(where: { $0.id == id }), member.owned.contains(partition)
    else { return nil }
    return tenures[partition]
  }

  /// Adds a member; returns its identity, which no later member gets, and the partitions that
  /// others lose. Nil if the name is taken.
  package mutating func join(_ name: String) -> (id: UInt64, lost: [Int32])? {
    guard !members.contains(where: { $0.name == name }) else { return nil }
    lastMember += 1
    members.append(Member(id: lastMember, name: name))
    return (lastMember, rebalance())
  }

  /// Takes a member out with all that it held; returns the partitions that anyone loses.
  package mutating func leave(_ id: UInt64) -> [Int32] {
    guard let index = members.firstIndex(where: { $0.id == id }) else { return [] }
    let lost = members.remove(at: index).owned
    for partition in lost { tenures[partition] = nil }
    revoking = revoking.filter { $0.value != id }
    return lost.sorted() + rebalance()
  }

  /// Takes a partition from its owner; returns whether it had one.
  package mutating func revoke(_ partition: Int32) -> Bool {
    guard let index = members.firstIndex(where: { $0.owned.contains(partition) }) else {
      return false
    }
    revoke(partition, from: index)
    return true
  }

  /// Gives a revoked partition on; returns the partitions that anyone loses.
  package mutating func released(_ partition: Int32, by id: UInt64) -> [Int32] {
    guard revoking[partition] == id else { return [] }
    revoking[partition] = nil
    return rebalance()
  }

  private mutating func revoke(_ partition: Int32, from index: Int) {
    members[index].owned.remove(partition)
    members[index].version += 1
    tenures[partition] = nil
    revoking[partition] = members[index].id
  }

  private mutating func rebalance() -> [Int32] {
    guard !members.isEmpty else { return [] }
    let quotas = quotas()
    var lost: [Int32] = []
    for index in members.indices {
      let surplus = members[index].owned.count - quotas[index]
      guard surplus > 0 else { continue }
      for partition in members[index].owned.sorted().suffix(surplus) {
        revoke(partition, from: index)
        lost.append(partition)
      }
    }
    for partition in 0..<partitions where tenures[partition] == nil && revoking[partition] == nil {
      give(partition, within: quotas)
    }
    return lost
  }

  /// How many partitions each member may own: those that own most keep the one left over.
  private func quotas() -> [Int] {
    let share = Int(partitions) / members.count
    let over = Int(partitions) % members.count
    let byOwned = members.indices.sorted {
      (-members[$0].owned.count, $0) < (-members[$1].owned.count, $1)
    }
    var quotas = [Int](repeating: share, count: members.count)
    for index in byOwned.prefix(over) { quotas[index] += 1 }
    return quotas
  }

  private mutating func give(_ partition: Int32, within quotas: [Int]) {
    let poorest = members.indices
      .filter { members[$0].owned.count < quotas[$0] }
      .min { (members[$0].owned.count, $0) < (members[$1].owned.count, $1) }
    guard let poorest else { return }
    lastTenure += 1
    tenures[partition] = lastTenure
    members[poorest].owned.insert(partition)
    members[poorest].version += 1
  }
}

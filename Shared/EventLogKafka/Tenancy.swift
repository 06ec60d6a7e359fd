/// Which partitions a member of a group owns, and which it lost and has yet to release.
///
/// A tenure is the time during which a member owns a partition: no two have one number.
struct Tenancy: Sendable, Equatable {
  /// The tenure of each owned partition.
  private(set) var tenures: [Int32: UInt64] = [:]
  /// What was taken away and whose stores may still be open.
  private(set) var unreleased: Set<Int32> = []
  /// Counts what the member is to be told; 0 before the first assignment.
  private(set) var version: UInt64 = 0
  private var lastTenure: UInt64 = 0

  /// The owned partitions.
  var owned: Set<Int32> { Set(tenures.keys) }

  /// Gives the member partitions, in addition to those that it has.
  mutating func assign(_ partitions: some Sequence<Int32>) {
    var isNews = version == 0
    for partition in partitions where tenures[partition] == nil {
      lastTenure += 1
      tenures[partition] = lastTenure
      unreleased.remove(partition)
      isNews = true
    }
    if isNews { version += 1 }
  }

  /// Takes partitions away; returns those that it had. Where they are `lost`, others may have them
  /// already, and nobody waits for their release.
  mutating func revoke(_ partitions: some Sequence<Int32>, lost: Bool) -> Set<Int32> {
    let taken = Set(partitions.filter { tenures.removeValue(forKey: $0) != nil })
    if lost { unreleased.subtract(partitions) } else { unreleased.formUnion(taken) }
    if !taken.isEmpty { version += 1 }
    return taken
  }

  /// Notes that the store of a partition that was taken away is closed; returns whether that was
  /// the last one.
  mutating func release(_ partition: Int32) -> Bool {
    unreleased.remove(partition) != nil && unreleased.isEmpty
  }

  /// Waits for no release any more.
  mutating func forgetUnreleased() { unreleased = [] }
}

import EventLogTesting
import Testing

@testable import EventLogKafka

@Suite struct TenancyTests {
  @Test func theFirstAssignmentIsNewsAlsoWhereItIsEmpty() {
    var tenancy = Tenancy()
    #expect(tenancy.version == 0)
    tenancy.assign([])
    #expect(tenancy.version == 1 && tenancy.owned.isEmpty)
    tenancy.assign([])
    #expect(tenancy.version == 1)
  }

  @Test func whatIsKeptKeepsItsTenure() {
    var tenancy = Tenancy()
    tenancy.assign([3, 4])
    let before = tenancy
    tenancy.assign([4])
    #expect(tenancy == before)
    tenancy.assign([4, 5])
    #expect(tenancy.owned == [3, 4, 5] && tenancy.version == before.version + 1)
    #expect(tenancy.tenures[4] == before.tenures[4])
  }

  @Test func whatIsTakenAwayIsWaitedFor() {
    var tenancy = Tenancy()
    tenancy.assign([0, 1, 2])
    let version = tenancy.version
    let taken = tenancy.revoke([1, 2, 7], lost: false)
    #expect(taken == [1, 2])
    #expect(tenancy.owned == [0] && tenancy.unreleased == [1, 2])
    #expect(tenancy.version == version + 1)
    // Neither an owned one, nor another's.
    let others = [tenancy.release(0), tenancy.release(7)]
    #expect(others == [false, false])
    let released = [tenancy.release(1), tenancy.release(1), tenancy.release(2), tenancy.release(2)]
    #expect(released == [false, false, true, false])
    #expect(tenancy.version == version + 1)
  }

  @Test func revokingWhatIsNotOwnedIsNoNews() {
    var tenancy = Tenancy()
    tenancy.assign([0])
    let before = tenancy
    let taken = tenancy.revoke([1], lost: false)
    #expect(taken.isEmpty && tenancy == before)
  }

  @Test func nobodyWaitsForWhatIsLost() {
    var tenancy = Tenancy()
    tenancy.assign([0, 1, 2])
    _ = tenancy.revoke([0], lost: false)
    let taken = tenancy.revoke([0, 1], lost: true)
    #expect(taken == [1] && tenancy.unreleased.isEmpty && tenancy.owned == [2])
  }

  @Test func givingBackAllTheSameForgets() {
    var tenancy = Tenancy()
    tenancy.assign([0])
    _ = tenancy.revoke([0], lost: false)
    tenancy.forgetUnreleased()
    let released = tenancy.release(0)
    #expect(tenancy.unreleased.isEmpty && !released)
  }

  @Test func whatComesBackIsAnotherTenure() {
    var tenancy = Tenancy()
    tenancy.assign([0, 1])
    let before = tenancy.tenures
    _ = tenancy.revoke([0, 1], lost: false)
    tenancy.assign([0])
    #expect(tenancy.tenures[0] != before[0] && tenancy.unreleased == [1])
  }

  /// Against sets: whatever happens in whatever order.
  @Test(arguments: 0..<100 as Range<UInt64>)
  func noPartitionIsInTwoTenures(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let partitions = Int32(1 + generator.below(9))
    var tenancy = Tenancy()
    var owned: [Int32: UInt64] = [:]
    var unreleased: Set<Int32> = []
    var used: Set<UInt64> = []
    for step in 0..<200 {
      let comment = Comment(rawValue: "seed \(seed), step \(step)")
      let some = (0..<partitions).filter { _ in generator.below(2) == 0 }
      let (version, before) = (tenancy.version, tenancy.owned)
      switch generator.below(5) {
      case 0:
        tenancy.assign(some)
        unreleased.subtract(some)
        for partition in some where owned[partition] == nil {
          let tenure = tenancy.tenures[partition] ?? 0
          #expect(used.insert(tenure).inserted, comment)
          owned[partition] = tenure
        }
      case 1, 2:
        let isLost = generator.below(3) == 0
        let taken = tenancy.revoke(some, lost: isLost)
        #expect(taken == Set(some.filter { owned.removeValue(forKey: $0) != nil }), comment)
        if isLost { unreleased.subtract(some) } else { unreleased.formUnion(taken) }
      case 3:
        let partition = Int32(generator.below(Int(partitions)))
        let wasLast = unreleased == [partition]
        unreleased.remove(partition)
        let isLast = tenancy.release(partition)
        #expect(isLast == wasLast, comment)
      default:
        tenancy.forgetUnreleased()
        unreleased = []
      }
      #expect(tenancy.tenures == owned, comment)
      #expect(tenancy.unreleased == unreleased, comment)
      #expect(tenancy.unreleased.isDisjoint(with: tenancy.owned), comment)
      // Told of every change, and of nothing else but the very first assignment.
      if version > 0 { #expect((tenancy.version != version) == (tenancy.owned != before), comment) }
    }
  }
}

import Testing

@testable import EventLogKafka

/// When a member leaves its group for partitions that are nobody's.
@Suite struct GrowthTests {
  @Test func whatIsNobodysTwiceIsAskedForOnce() {
    var growth = GroupConsumer.Growth()
    #expect(growth.found([2, 3]) == [])
    #expect(growth.found([2, 3]) == [2, 3])
    // Whoever has it now may be unable to go on.
    #expect(growth.found([2, 3]) == [])
    #expect(growth.found([3, 4]) == [])
    #expect(growth.found([3, 4]) == [4])
  }

  @Test func whoHasJustGotAPartitionHasYetToSaySo() {
    var growth = GroupConsumer.Growth()
    #expect(growth.found([2]) == [])
    #expect(growth.found([]) == [])
    #expect(growth.found([2]) == [])
  }
}

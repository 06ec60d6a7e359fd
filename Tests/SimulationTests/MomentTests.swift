import Harness
import SaldoSample
import Testing

/// Conservation is looked at in the middle of movements that the ledger tells in several messages:
/// a simulated run is too short to have many of them.
@Suite struct MomentTests {
  @Test func nothingIsMissingBetweenTheMessagesOfOneMovement() throws {
    var plan = SamplePlan(seed: 5, plants: 2, parts: 24, days: 40, movementsPerDay: 20)
    (plan.stockPerMille, plan.disposedPerMille) = (0, 200)
    var events: [[UInt8]] = []
    _ = try SampleCompany.events(plan) { events.append(Array($0)) }
    let cluster = try Cluster(partitions: 2)
    var faults: [String] = []
    var cuts = 0
    // In ten parts: of facts that come together, late ones are told together.
    for part in 0..<10 {
      try cluster.produce(
        Array(events[events.count * part / 10..<events.count * (part + 1) / 10]))
      var found = 0
      try cluster.settle(limit: 200, slow: "reporting") { round in
        guard round % 3 == 0, found < 2, faults.isEmpty else { return }
        let read = try cluster.valuesRead(by: "ledger", of: "reporting")
        guard !read.allSatisfy(LedgerFold.endsWhole) else { return }
        found += 1
        faults += try Moment(cluster, reports: true).faults
      }
      cuts += found
    }
    #expect(cuts >= 10)
    #expect(faults == [])
    #expect(try Moment.alarms(whenSettled: cluster) == [])
  }
}

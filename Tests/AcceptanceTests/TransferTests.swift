import Auditor
import Foundation
import Harness
import Testing

/// The virtual transfers of the scenarios, against the auditor, in any order of arrival.
@Suite struct TransferTests {
  @Test(arguments: ["virtual-transfers", "everything"])
  func agreesWithTheAuditor(_ name: String) throws {
    let scenario = try Scenario(named: name)
    let expected = Auditor.audit(events: scenario.events).transfers
    #expect(expected.contains { $0[4] == "paired" && $0[5] == "reference" })
    for (seed, partitions) in [(0, 3), (1, 1), (2, 12), (3, 3)] {
      let events = seed == 0 ? scenario.events : scenario.shuffled(seed: UInt64(seed))
      let cluster = try Cluster(partitions: Int32(partitions))
      try cluster.produce(events.map { [UInt8]($0) })
      try cluster.settle(limit: 100)
      #expect(
        TransferFold(cluster.values(of: .transfers)).rows == expected,
        "seed \(seed), \(partitions) partitions")
    }
  }

  /// Data Stage names no documents: the same pairs come about by their goods.
  @Test func customsFilesGiveTheSamePairs() throws {
    let name = "virtual-transfers"
    func pairs(_ rows: [[String]]) -> [[String]] {
      rows.filter { $0[4] == "paired" }.map { [$0[2], $0[3]] }.sorted { $0[0] < $1[0] }
    }
    let expected = pairs(Auditor.audit(events: try Scenario(named: name).events).transfers)
    let cluster = try Cluster(partitions: 3)
    try cluster.produce(try CustomsFiles.events(of: name).map { [UInt8]($0) })
    try cluster.settle(limit: 100)
    #expect(pairs(TransferFold(cluster.values(of: .transfers)).rows) == expected)
  }
}

import Auditor
import EventLog
import EventLogTesting
import Foundation
import Harness
import Messages
import Testing

/// The scenarios through the four services' cores and stores, on the testing log.
@Suite struct ProductTests {
  @Test(arguments: Scenario.names)
  func agreesFromEvents(_ name: String) throws {
    let scenario = try Scenario(named: name)
    try check(scenario, scenario.events, partitions: 3, "in the file's order")
  }

  @Test(arguments: Scenario.names)
  func agreesInAnyOrder(_ name: String) throws {
    let scenario = try Scenario(named: name)
    for (seed, partitions) in [(1, 1), (2, 3), (3, 12), (4, 3), (5, 1), (6, 3)] {
      try check(
        scenario, scenario.shuffled(seed: UInt64(seed)), partitions: Int32(partitions),
        "seed \(seed), \(partitions) partitions")
    }
  }

  @Test(arguments: Scenario.names)
  func agreesFromCustomsFiles(_ name: String) throws {
    let scenario = try Scenario(named: name)
    let events = try CustomsFiles.events(of: name)
    try check(scenario, events, partitions: 3, "sat, in the files' order")
    for seed: UInt64 in 1...4 {
      var random = SeededGenerator(seed: seed)
      try check(
        scenario, events.shuffled(using: &random), partitions: seed % 2 == 0 ? 12 : 1,
        "sat, seed \(seed)")
    }
  }

  /// Half of the events come in Kafka's binary mode first, and every event comes in both.
  @Test(arguments: Scenario.names)
  func agreesInBothModesOfCloudEvents(_ name: String) throws {
    let scenario = try Scenario(named: name)
    let events = scenario.shuffled(seed: 9).map { [UInt8]($0) }
    let cluster = try Cluster(partitions: 3)
    for round in 0..<2 {
      var batches = (0..<Int32(3)).map {
        OutgoingBatch(
          target: TopicPartition(Topic.inbound.rawValue, $0), records: PackedRecords())
      }
      for (index, event) in events.enumerated() {
        let record =
          index % 2 == round
          ? try Record(binaryMode: event, key: Array("\(index)".utf8), timestamp: 1)
          : Record(key: [], value: event, timestamp: 1)
        batches[(index + round) % 3].records.append(record)
      }
      try cluster.log.appendNow(batches.filter { !$0.records.isEmpty }, source: nil)
    }
    try cluster.settle(limit: 100)
    let rejected = cluster.values(of: .rejected).joined().map {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(!rejected.contains { $0.contains("identity.conflict") }, "a repetition is no conflict")
    try check(cluster, scenario, "in both modes")
  }

  @Test(arguments: RuleScenarios.all)
  func agreesWithWhatWasComputedByHand(_ scenario: Scenario) throws {
    try check(scenario, scenario.events, partitions: 2, "as written")
    for seed: UInt64 in 1...5 {
      try check(scenario, scenario.shuffled(seed: seed), partitions: 2, "seed \(seed)")
    }
  }

  private func check(
    _ scenario: Scenario, _ events: [Data], partitions: Int32, _ how: Comment
  ) throws {
    let cluster = try Cluster(partitions: partitions)
    try cluster.produce(events.map { [UInt8]($0) })
    try cluster.settle(limit: 100)
    try check(cluster, scenario, how)
  }

  private func check(_ cluster: Cluster, _ scenario: Scenario, _ how: Comment) throws {
    let fold = LedgerFold(cluster.values(of: .ledger))
    #expect(fold.faults.isEmpty, how)
    let got = AuditReport(
      saldos: fold.saldos, descargos: fold.descargos, faltantes: fold.faltantes)
    #expect(differences(got, scenario.expected).isEmpty, how)
    if let scrap = scenario.expectedScrap {
      #expect(fold.scrap.owed == scrap.owed, how)
      #expect(fold.scrap.disposed == scrap.disposed, how)
      #expect(fold.scrap.short == scrap.short, how)
      if !scrap.owedValues.isEmpty { #expect(fold.scrap.owedValues == scrap.owedValues, how) }
      if !scrap.disposedValues.isEmpty {
        #expect(fold.scrap.disposedValues == scrap.disposedValues, how)
      }
    }
  }
}

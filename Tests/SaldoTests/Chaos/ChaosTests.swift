import Brokers
import Foundation
import Testing

/// Real processes on three brokers of Apache Kafka where there is one, else on the broker that
/// stands in: killed and started again in an order that a seed gives, while
/// events come in: the reports must be those of an undisturbed run, byte for byte, and every stock
/// event must have come to its book. No process may end by itself.
///
/// `SALDO_CHAOS_SEED` and `SALDO_CHAOS_MINUTES` choose another run (`make chaos`).
@Suite(.serialized, .timeLimit(.minutes(10 + ChaosPlan.minutes))) struct ChaosTests {
  private static let environment = ProcessInfo.processInfo.environment
  /// The length of the run among the other tests.
  private static let seconds = KafkaHome.isThere ? 60 : 10
  private static let nodes = KafkaHome.isThere ? 3 : 1

  @Test func theReportsAreThoseOfAnUndisturbedRun() async throws {
    let seed = Self.environment["SALDO_CHAOS_SEED"].flatMap { UInt64($0) }
    let seconds = ChaosPlan.minutes == 0 ? Self.seconds : 60 * ChaosPlan.minutes
    let plan = ChaosPlan(seed: seed ?? 1, seconds: seconds, nodes: Self.nodes)
    if seed != nil { FileHandle.standardOutput.write(Data("\(plan)\n".utf8)) }
    do {
      try await carryOut(plan)
    } catch {
      Issue.record("\(plan.again)\n\(error)")
    }
  }

  private func carryOut(_ plan: ChaosPlan) async throws {
    try await Workplace.with { place in
      let load = try await ChaosLoad(place, plan)
      let broker: any StoppableBroker =
        Self.nodes == 1 ? try Broker(.noida) : try KafkaCluster(.init(nodes: Self.nodes))
      let cluster = try await ServiceCluster(place, on: broker, partitions: 4)
      let run = ChaosRun(cluster, load.loading)
      do {
        try await run.begin()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
          tasks.addTask { try await load.run(on: cluster) }
          tasks.addTask { try await run.carryOut(plan) }
          try await tasks.waitForAll()
        }
        try await cluster.export(to: "reports", settling: 600)
      } catch {
        Issue.record("\(await run.lastWords())")
        throw error
      }
      try place.expectSame("reports", as: "calm-reports", "\(plan.again)")
      let audit = try await MovementsAudit(cluster)
      let lost = Set(load.stockEvents).subtracting(audit.stockEvents.keys)
      #expect(lost.isEmpty && !load.stockEvents.isEmpty, "\(plan.again): \(lost)")
      await run.end()
    }
  }
}

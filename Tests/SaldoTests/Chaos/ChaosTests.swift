import Foundation
import Testing

/// Real processes on a real broker, killed and started again in an order that a seed gives, while
/// events come in: the reports must be those of an undisturbed run, byte for byte.
///
/// `SALDO_CHAOS_SEED` and `SALDO_CHAOS_SECONDS` choose another run (`make chaos`).
@Suite(.serialized, .timeLimit(.minutes(60))) struct ChaosTests {
  private static let environment = ProcessInfo.processInfo.environment

  @Test func theReportsAreThoseOfAnUndisturbedRun() async throws {
    let seed = Self.environment["SALDO_CHAOS_SEED"].flatMap { UInt64($0) } ?? 1
    let seconds = Self.environment["SALDO_CHAOS_SECONDS"].flatMap { Int($0) } ?? 20
    let plan = ChaosPlan(seed: seed, seconds: seconds)
    let again = "make chaos SEED=\(seed) MINUTES=\((seconds + 59) / 60) plays it again\n\(plan)"
    if Self.environment["SALDO_CHAOS_SEED"] != nil { print(plan) }
    do {
      try await Workplace.with { place in
        let load = try await ChaosLoad(place, seed: seed, chunks: max(8, seconds / 2))
        try await TestCluster.with(place, partitions: 4) { cluster in
          let run = ChaosRun(cluster)
          try await run.begin()
          try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await load.run(on: cluster) }
            tasks.addTask { try await run.carryOut(plan) }
            try await tasks.waitForAll()
          }
          try await cluster.export(to: "reports", settling: 300)
          try place.expectSame("reports", as: "calm-reports", Comment(rawValue: again))
          await run.end()
        }
      }
    } catch {
      Issue.record("\(error): \(again)")
    }
  }
}

import EventLogTesting
import Harness
import Testing

/// The whole system under everything that may go wrong, held to the auditor.
@Suite struct SimulationTests {
  @Test(.enabled(if: Seeds.replayed == nil), arguments: Seeds.runs)
  func agreesWithTheAuditor(_ seeds: Range<UInt64>) {
    for seed in seeds {
      let differences = differences(seed)
      #expect(differences.isEmpty, "seed \(seed): replay with make simulate SEED=\(seed)")
    }
  }

  @Test(.enabled(if: Seeds.replayed == nil), arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
  func aSeedGivesTheSameBytesEachTime(_ seed: UInt64) throws {
    var first = try Simulation(seed: seed)
    var second = try Simulation(seed: seed)
    _ = try first.run()
    _ = try second.run()
    #expect(first.cluster.bytes() == second.cluster.bytes(), "seed \(seed)")
  }

  @Test(.enabled(if: Seeds.replayed != nil))
  func replay() throws {
    guard let seed = Seeds.replayed else { return }
    var simulation = try Simulation(seed: seed)
    Transcript.write("seed \(seed): \(simulation.conditions)")
    for event in simulation.workload.events {
      Transcript.write(String(decoding: event, as: UTF8.self))
    }
    let differences: [String]
    do { differences = try simulation.run() } catch { differences = ["\(error)"] }
    Transcript.write("topics: \(Transcript.digest(simulation.cluster.bytes()))")
    #expect(differences.isEmpty, "seed \(seed)")
    guard !differences.isEmpty else { return }
    for difference in differences { Transcript.write(difference) }
    let (events, conditions, left) = Shrinking.smallest(simulation)
    Transcript.write("smallest: \(events.count) events, \(conditions)")
    for event in events { Transcript.write(String(decoding: event, as: UTF8.self)) }
    for difference in left { Transcript.write(difference) }
  }

  /// What a run is wrong in; an error that ends it is one thing more.
  private func differences(_ seed: UInt64) -> [String] {
    do {
      var simulation = try Simulation(seed: seed)
      return try simulation.run()
    } catch {
      return ["\(error)"]
    }
  }
}

import Harness
import Testing

/// The services' own loops under a seed that has instances die between commit and publishing, lose
/// partitions, stores and calls of the log, come back with older stores, and go on from snapshots;
/// held to the auditor. One after the other: a run has a minute to settle, and side by side with
/// hundreds it would not get its turn.
@Suite(.serialized, .timeLimit(.minutes(10))) struct LoopsTests {
  @Test(.enabled(if: Seeds.replayed == nil), arguments: Seeds.loops)
  func agreeWithTheAuditor(_ seed: UInt64) async throws {
    let run = try LoopsRun(seed: seed)
    let differences = try await differences(run)
    #expect(
      differences == [], "seed \(seed) (\(run.deeds)): try again with make simulate SEED=\(seed)")
  }

  @Test(.enabled(if: Seeds.replayed != nil))
  func replay() async throws {
    guard let seed = Seeds.replayed else { return }
    let run = try LoopsRun(seed: seed)
    let differences = try await differences(run)
    Transcript.write("loops, seed \(seed): \(run.deeds), \(run.deaths) deaths")
    for difference in differences { Transcript.write(difference) }
    #expect(differences == [], "seed \(seed)")
  }

  /// What a run is wrong in; an error that ends it is one thing more.
  private func differences(_ run: LoopsRun) async throws -> [String] {
    do {
      return try await run.run()
    } catch {
      return ["\(error)"]
    }
  }
}

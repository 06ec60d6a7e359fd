import Auditor
import Brokers
import Foundation
import Testing

/// What only Apache Kafka does: it leaves a group in rebalance until everybody has given back,
/// fences static members, and checks logins and rights.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ServicesOnKafkaTests {
  private static let books = "service=\"discharge\",stage=\"books\""

  /// A second instance of a service, which keeps snapshots as the first does, gets its half within
  /// seconds.
  @Test func anInstanceThatJoinsGetsItsShareAtOnce() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 4)
      let snapshots = ["--snapshots", place.path("snapshots")]
      let first = try await ServiceProcess("discharge", "discharge-1", on: cluster, snapshots)
      try await first.waitFor("saldo_stage_partitions", Self.books) { $0 == 4 }
      let second = try await ServiceProcess("discharge", "discharge-2", on: cluster, snapshots)
      try await second.waitFor("saldo_stage_partitions", Self.books) { $0 == 2 }
      try await first.waitFor("saldo_stage_partitions", Self.books) { $0 == 2 }
      await second.end()
      await first.end()
    }
  }

  /// What an instance had goes to the others: within the session's time limit where it is killed,
  /// and at once where one without a name leaves.
  @Test func whatAnInstanceHadGoesToTheOthers() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 4)
      let first = try await ServiceProcess("discharge", "discharge-1", on: cluster)
      for signal in [SIGKILL, SIGTERM] {
        let second = try await ServiceProcess(
          "discharge", "discharge-\(signal)", isStatic: signal == SIGKILL, on: cluster)
        try await second.waitFor("saldo_stage_partitions", Self.books) { $0 == 2 }
        try await first.waitFor("saldo_stage_partitions", Self.books) { $0 == 2 }
        let start = ContinuousClock.now
        await second.stop(signal)
        try await first.waitFor("saldo_stage_partitions", Self.books) { $0 == 4 }
        while try await first.get("health/ready").status != 200 { try Task.checkCancellation() }
        // The session's ten seconds, and what a machine takes that does other things too.
        let limit = Duration.seconds(signal == SIGKILL ? 10 : 0) + .seconds(10)
        #expect(ContinuousClock.now - start < limit, "signal \(signal)")
      }
      await first.end()
    }
  }

  /// Of two processes of one name one stays, and the other says what is wrong.
  @Test func ofTwoProcessesOfOneNameOneGivesUp() async throws {
    try needsKafka()
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 2)
      func start(_ folder: String) throws -> RunningProgram {
        try RunningProgram(
          [
            "discharge", "--data", place.path(folder), "--port", "0", "--log-level", "info",
            "--instance", "discharge-1",
          ] + cluster.options)
      }
      let programs = [try start("a"), try start("b")]
      let first = await withTaskGroup(of: SaldoProgram.Ended.self) { group in
        for program in programs { group.addTask { await program.ended() } }
        let first = await group.next()
        for program in programs { program.send(SIGTERM) }
        return first
      }
      let ended = try #require(first)
      #expect(ended.code == 2)
      #expect(ended.errors.contains("--instance) of its own"), "\(ended.errors)")
    }
  }
}

/// Leaves the test out where there is no Apache Kafka.
func needsKafka() throws {
  guard !TestCluster.hasKafka else { return }
  LeftOut.say(Test.current?.name ?? "a test", KafkaHome.missing)
  try Test.cancel("\(KafkaHome.missing)")
}

/// Leaves the test out where there is no older Kafka beside it.
func needsOlderKafka() throws {
  guard !KafkaHome.hasOlder else { return }
  LeftOut.say(Test.current?.name ?? "a test", KafkaHome.missingOlder)
  try Test.cancel("\(KafkaHome.missingOlder)")
}

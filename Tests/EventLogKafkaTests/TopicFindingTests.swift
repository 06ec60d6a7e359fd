import EventLog
import Testing

@testable import EventLogKafka

@Suite struct TopicFindingTests {
  private static let kept = TopicSpecification(name: "saldo.ledger", partitions: 12)
  private static let compacted = TopicSpecification(
    name: "saldo.balances", partitions: 12, compacted: true)

  @Test func aTopicAsItIsToBeHasNoProblems() {
    #expect(TopicFinding(wanted: Self.kept, found: Self.found()).problems == [])
    #expect(
      TopicFinding(wanted: Self.compacted, found: Self.found(policy: "compact")).problems == [])
    // How long, is no matter where the last of each key is kept anyway.
    #expect(
      TopicFinding(
        wanted: Self.compacted, found: Self.found(policy: "compact", retention: 604_800_000)
      ).problems == [])
  }

  /// Some brokers answer nothing about settings: that is no reason to refuse them.
  @Test func whatIsNotToldIsNoProblem() {
    for wanted in [Self.kept, Self.compacted] {
      let found = TopicFinding.Found(
        partitions: 12, replication: 1, cleanupPolicy: nil, retentionMilliseconds: nil,
        largestMessage: nil)
      #expect(TopicFinding(wanted: wanted, found: found).problems == [])
    }
  }

  @Test func aMissingTopicIsToBeMade() {
    #expect(TopicFinding(wanted: Self.kept, found: nil).problems == ["is missing: make it"])
  }

  @Test(arguments: [
    (kept, found(partitions: 6), "has 6 partitions, not 12", "use the same number"),
    (kept, found(policy: "compact"), "has cleanup.policy=compact", "set it to delete"),
    (
      kept, found(policy: "compact,delete"), "has cleanup.policy=compact,delete", "set it to delete"
    ),
    (compacted, found(), "has cleanup.policy=delete", "set it to compact"),
    (kept, found(retention: 604_800_000), "has retention.ms=604800000", "set it to -1"),
    (kept, found(largest: 1_048_588), "has max.message.bytes=1048588", "set it to 10485760"),
  ])
  func eachMismatchSaysWhatToDo(
    _ wanted: TopicSpecification, _ found: TopicFinding.Found, _ what: String, _ remedy: String
  ) throws {
    let problems = TopicFinding(wanted: wanted, found: found).problems
    #expect(problems.count == 1, "\(problems)")
    let problem = try #require(problems.first)
    #expect(problem.hasPrefix(what) && problem.contains(remedy), "\(problem)")
  }

  @Test func oneThatMayGrowMayHaveMore() {
    let inbound = TopicSpecification(name: "saldo.inbound", partitions: 12, mayGrow: true)
    let more = TopicFinding(wanted: inbound, found: Self.found(partitions: 13)).problems
    #expect(more.isEmpty, "\(more)")
    let fewer = TopicFinding(wanted: inbound, found: Self.found(partitions: 11)).problems
    #expect(fewer.count == 1 && fewer[0].hasPrefix("has 11 partitions, not 12"), "\(fewer)")
  }

  /// When a fact was received is the log's own time: who sends it could say anything.
  @Test func whatWouldBreakTheLawIsToldOfEachKind() {
    let inbound = TopicSpecification(name: "saldo.inbound", partitions: 12, hasLogTime: true)
    var found = Self.found()
    found.timestampType = "CreateTime"
    found.retentionBytes = 1_000
    found.leastInSync = 1
    let problems = TopicFinding(wanted: inbound, found: found).problems
    for word in ["retention.bytes=1000", "message.timestamp.type=CreateTime"] {
      #expect(problems.contains { $0.contains(word) }, "\(problems)")
    }
    #expect(problems.contains { $0.contains("min.insync.replicas=1") } == (found.replication > 2))
    #expect(
      TopicFinding(wanted: Self.kept, found: found).problems.count == problems.count - 1)
  }

  @Test func allMismatchesAreTold() {
    let found = Self.found(partitions: 1, policy: "compact", retention: 1, largest: 1)
    #expect(TopicFinding(wanted: Self.kept, found: found).problems.count == 4)
  }

  /// A topic that was made as we make topics is as it is to be.
  @Test func whatATopicIsMadeWithHoldsToTheWish() {
    var inbound = Self.kept
    inbound.hasLogTime = true
    for wanted in [Self.kept, Self.compacted, inbound] {
      let settings = Dictionary(
        uniqueKeysWithValues: TopicFinding.settings(of: wanted, replication: 3)
          .map { ($0.name, $0.value) })
      // Where nothing is said of it, a broker deletes after a week.
      var found = TopicFinding.Found(
        partitions: wanted.partitions, replication: 3,
        cleanupPolicy: settings["cleanup.policy"] ?? "delete",
        retentionMilliseconds: Int64(settings["retention.ms"] ?? "604800000"),
        largestMessage: Int64(settings["max.message.bytes"] ?? "1048588"))
      found.retentionBytes = Int64(settings["retention.bytes"] ?? "1000")
      found.timestampType = settings["message.timestamp.type"]
      found.leastInSync = Int32(settings["min.insync.replicas"] ?? "1")
      #expect(TopicFinding(wanted: wanted, found: found).problems == [])
      // The time of a record is the fact's, but of when it was received and of when it was posted.
      #expect(found.timestampType == (wanted.hasLogTime ? "LogAppendTime" : "CreateTime"))
      // One broker alone cannot ask for two.
      let alone = TopicFinding.settings(of: wanted, replication: 1).map(\.name)
      #expect(!alone.contains("min.insync.replicas"))
    }
  }

  private static func found(
    partitions: Int32 = 12, policy: String = "delete", retention: Int64 = -1,
    largest: Int64 = 10 << 20
  ) -> TopicFinding.Found {
    TopicFinding.Found(
      partitions: partitions, replication: 3, cleanupPolicy: policy,
      retentionMilliseconds: retention, largestMessage: largest)
  }
}

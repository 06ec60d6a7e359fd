import Auditor
import Brokers
import EventLogKafka
import Foundation
import Testing

/// What brokers refuse, which is to be said at once and in their words.
@Suite(.serialized, .timeLimit(.minutes(10))) struct LoginsOnKafkaTests {
  /// Brokers of Kafka 4 take no login by SCRAM of librdkafka before 2.6.1, so a good login may be
  /// refused as well here; a bad one is in any case.
  @Test func aWrongLoginAndAnUnknownAuthorityAreNamed() async throws {
    try needsKafka()
    try await Workplace.with { place in
      var setup = KafkaCluster.Setup()
      setup.isSecure = true
      let kafka = try KafkaCluster(setup)
      var wrong = kafka.properties
      wrong["sasl.password"] = "wrong"
      var unknown = kafka.properties
      unknown["ssl.ca.location"] = nil
      for (properties, word) in [
        (wrong, "uthentication failed"), (unknown, "certificate verify failed"),
      ] {
        let file = try place.write(
          properties.map { "\($0)=\($1)\n" }.joined(), to: "client.properties")
        let ended = try await SaldoProgram.run(
          [
            "topics", "describe", "--log", "kafka://\(kafka.servers)", "--kafka-file", file,
            "--wait", "300",
          ], expecting: 2)
        #expect(ended.errors.contains(word), "\(ended.errors)")
        // It is not the end of the five minutes that it would wait for brokers to come up.
        #expect(!ended.errors.contains("within"), "\(ended.errors)")
      }
    }
  }

  /// TLS, SCRAM, and the least rights. With librdkafka before 2.6.1 the brokers have to be of Kafka
  /// 3.
  @Test func theLeastRightsAreEnough() async throws {
    try needsKafka()
    var setup = KafkaCluster.Setup()
    setup.isSecure = true
    setup.checksRights = true
    setup.isOlder = try !Self.takesScramOfKafka4()
    if setup.isOlder { try needsOlderKafka() }
    try await Workplace.with { place in
      let kafka = try KafkaCluster(setup)
      let cluster = try await ServiceCluster(place, secure: kafka, partitions: 2)
      let refused = try await SaldoProgram.run(
        ["discharge", "--data", place.path("d"), "--port", "0", "--wait", "300"]
          + cluster.options, expecting: 2)
      #expect(refused.errors.contains("authorization failed"), "\(refused.errors)")
      #expect(refused.errors.contains("give the user the rights"), "\(refused.errors)")

      try kafka.allowServices(prefix: cluster.prefix)
      let processes = try await ServiceProcess.ofEach(on: cluster)
      try await SaldoProgram.run(
        ["load", Scenario.events("plain")] + cluster.options, expecting: 0)
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try Scenario.expect("plain", in: place.path("reports"), "with the least rights")
    }
  }

  private static func takesScramOfKafka4() throws -> Bool {
    let version = KafkaClient.version.split(separator: ".").compactMap { Int($0) }
    return version.lexicographicallyPrecedes([2, 6, 1]) == false
  }
}

/// Brokers that are upgraded one by one, while events come in.
@Suite(.serialized, .timeLimit(.minutes(10))) struct UpgradeOnKafkaTests {
  @Test func anUpgradeOfTheBrokersDisturbsNothing() async throws {
    try needsKafka()
    try needsOlderKafka()
    try await Workplace.with { place in
      var setup = KafkaCluster.Setup(nodes: 3)
      setup.isOlder = true
      let kafka = try KafkaCluster(setup)
      let cluster = try await ServiceCluster(place, on: kafka, partitions: 2)
      let processes = try await ServiceProcess.ofEach(on: cluster)
      let lines = try String(contentsOfFile: Scenario.events("everything"), encoding: .utf8)
        .split(separator: "\n")
      for node in kafka.nodes {
        let range = lines.count * (node - 1) / 3..<lines.count * node / 3
        let part = try place.write(
          lines[range].joined(separator: "\n") + "\n", to: "part-\(node).ndjson")
        async let loaded = SaldoProgram.run(["load", part] + cluster.options, expecting: 0)
        try kafka.terminate(node)
        try kafka.start(node)
        _ = try await loaded
      }
      try await cluster.export(to: "reports")
      for process in processes { await process.end() }
      try Scenario.expect("everything", in: place.path("reports"), "over an upgrade")
    }
  }
}

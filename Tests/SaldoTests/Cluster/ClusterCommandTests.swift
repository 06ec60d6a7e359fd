import Auditor
import Foundation
import Testing

/// The commands that work on a cluster, one by one.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ClusterCommandTests {
  @Test func processSharesTheWorkAndReportsAllOfIt() async throws {
    try await Workplace.with { place in
      let files = try Scenario.customsFiles("everything")
      let cluster = try await ServiceCluster(place, partitions: 3)
      // Half of the partitions of one stage run elsewhere.
      let other = try await ServiceProcess("reporting", "reporting-1", on: cluster)
      let options = cluster.options + ["--instance", "all-1"]
      for file in files.dropLast() {
        try await place.process([file], expecting: 1, options)
      }
      let ended = try await place.process(files.suffix(1), options)
      #expect(ended.figure("waiting") == 0)
      await other.end()
      try Scenario.expect("everything", in: place.path("reports"), "process on a cluster")

      // An export of another folder reads it all again.
      try await cluster.export(to: "exported")
      try place.expectSame("exported", as: "reports")
    }
  }

  /// Each service has some of the transfers at most, so they are followed in a folder of one's own.
  @Test func transfersOfAClusterAreSeenAndDecided() async throws {
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 3)
      let processes = try await ServiceProcess.ofEach(on: cluster)
      let file = try place.write(
        String(decoding: TransfersTests.events, as: UTF8.self), to: "transfers.ndjson")
      try await SaldoProgram.run(["load", file] + cluster.options, expecting: 0)
      try await cluster.export(to: "before")
      let data = ["--data", place.path("followed")] + cluster.options
      func decide(_ sender: Int, _ code: Int32) async throws -> SaldoProgram.Ended {
        try await SaldoProgram.run(
          [
            "transfers", "pair", "\(TransfersTests.sender)/\(TransfersTests.number(sender))",
            "\(TransfersTests.receiver)/\(TransfersTests.number(3))", "--by", "Ana Ruiz",
            "--reason",
            "Factura 4711",
          ] + data, expecting: code)
      }
      let stranger = try await decide(2, 2)
      #expect(stranger.errors.contains("is no sender's side of any transfer"))
      let paired = try await decide(1, 0)
      #expect(paired.output.contains("pair is in the books as event "))
      try await cluster.export(to: "after")
      let list = try await SaldoProgram.run(
        ["transfers", "list", "--today", "2026-01-31"] + data, expecting: 0)
      #expect(
        list.output.split(separator: "\n").map { $0.split(separator: " ")[1] }
          == ["pareada", "vencida"])
      for process in processes { await process.end() }
    }
  }

  /// The facts of a cluster, by this program's rules, against what production exported.
  @Test func anUpgradeIsRehearsedOnAClustersFacts() async throws {
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 3)
      let processes = try await ServiceProcess.ofEach(on: cluster)
      try await SaldoProgram.run(
        ["load"] + Scenario.customsFiles("everything") + cluster.options, expecting: 0)
      try await cluster.export(to: "exported")
      let arguments =
        ["rehearse", "--reports", place.path("exported"), "--today", "2026-01-31"]
        + cluster.options
      let same = try await SaldoProgram.run(arguments, expecting: 0)
      #expect(same.figure("facts") ?? 0 > 20)
      #expect(same.figure("rows only before") == 0 && same.figure("rows only after") == 0)

      let file = URL(filePath: place.path("exported/saldos.csv"))
      let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropLast()
      try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: file)
      let other = try await SaldoProgram.run(arguments, expecting: 1)
      #expect(other.figure("rows only after") == 1)
      for process in processes { await process.end() }
    }
  }

  @Test func topicsAreMadeAndHeldToWhatIsWanted() async throws {
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 3)
      let described = try await SaldoProgram.run(
        ["topics", "describe"] + cluster.options, expecting: 0)
      #expect(described.output.contains(cluster.name("saldo.inbound")))
      #expect(described.output.contains("3 partitions, "))
      #expect(described.output.contains("kept: the last of each key"))
      let other = try await SaldoProgram.run(
        ["topics", "create", "--partitions", "4"] + cluster.options, expecting: 1)
      #expect(other.errors.contains("\(cluster.name("saldo.documents")) has 3 partitions, not 4"))
      #expect(other.errors.contains("use the same number"))
      try await SaldoProgram.run(["topics", "create"] + cluster.options, expecting: 0)

      let absent = cluster.name("absent.")
      let trial = cluster.options + ["--topic-prefix", absent]
      let missing = try await SaldoProgram.run(
        ["topics", "describe"] + trial, expecting: 1)
      #expect(missing.errors.contains("\(absent)saldo.inbound is missing"))
      let waiting = try await SaldoProgram.run(
        ["discharge", "--data", place.path("d"), "--wait", "0", "--log-level", "error"] + trial,
        expecting: 2)
      #expect(waiting.errors.contains("there is no topic \(absent)saldo.inbound"))
      #expect(waiting.errors.contains("saldo topics create --log kafka://\(cluster.servers)"))
    }
  }

  @Test func aServiceMakesTopicsOnlyWhereItIsToldTo() async throws {
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 3)
      let own = cluster.name("own.")
      let trial = ["--topic-prefix", own]
      let process = try await ServiceProcess(
        "transfer", "transfer-1", on: cluster,
        trial + ["--create-topics", "--partitions", "2"])
      await process.end()
      let described = try await SaldoProgram.run(
        ["topics", "describe"] + cluster.options + trial, expecting: 0)
      #expect(described.output.contains("\(own)saldo.inbound"))
      #expect(described.output.contains(" 2 partitions"))
    }
  }

  @Test func whatTheServicesHaveNotAppliedIsTold() async throws {
    try await Workplace.with { place in
      let cluster = try await ServiceCluster(place, partitions: 3)
      try await SaldoProgram.run(
        ["load", Scenario.events("plain")] + cluster.options, expecting: 0)
      let early = try await SaldoProgram.run(
        [
          "export", "--data", place.path("reader"), "--out", place.path("r"), "--settle",
          "--settle-timeout", "1",
        ] + cluster.options, expecting: 2)
      #expect(early.errors.contains("ingest/intake 147"), "\(early.errors)")
    }
  }

  @Test func foldersAreNotTakenForOneAnother() async throws {
    try await Workplace.with { place in
      try await place.process([Scenario.events("plain")], data: "alone", ["--partitions", "1"])
      let cluster = try await ServiceCluster(place, partitions: 1)
      try await cluster.export(to: "r", settling: 120)
      let process = try await ServiceProcess("transfer", "services", on: cluster)
      let end = ["--out", place.path("r")] + cluster.options
      for (arguments, reason) in [
        (["discharge", "--data", place.path("alone")] + cluster.options, "log of its own"),
        (["discharge", "--data", place.path("reader")] + cluster.options, "export --log"),
        (["export", "--data", place.path("alone")] + end, "log of its own"),
        (["export", "--data", place.path("services")] + end, "stores of services"),
        (["up", "--data", place.path("reader")], "export --log"),
      ] {
        let ended = try await SaldoProgram.run(arguments, expecting: 2)
        #expect(ended.errors.contains(reason) && ended.errors.contains("another folder"))
      }
      await process.end()
    }
  }

  @Test func settingsThatTheClientDoesNotTakeAreNamedWithoutTheirValues() async throws {
    try await Workplace.with { place in
      let secret = "ssl.endpoint.identification.algorithm"
      let file = try place.write("\(secret)=hush\n", to: "client.properties")
      for (given, name) in [
        (["--kafka", "nonsense.property=hush"], "--kafka nonsense.property"),
        (["--kafka", "acks=1"], "--kafka acks"),
        (["--kafka-file", file], "client.properties line 1: \(secret)"),
      ] {
        let ended = try await SaldoProgram.run(
          ["discharge", "--data", place.path("d"), "--log", "kafka://127.0.0.1:1"] + given,
          expecting: 2)
        #expect(ended.errors.contains(name) && !ended.errors.contains("hush"), "\(ended.errors)")
      }
    }
  }
}

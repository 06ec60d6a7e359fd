import Auditor
import Foundation
import Testing

/// Wrong usage, and what cannot be read or written: exit code 2, and one line that says what.
@Suite struct FailureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    /// What the complaint must name.
    var names: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let usage: [Case] = [
    Case(arguments: ["nothing"], names: "nothing"),
    Case(arguments: ["process"], names: "file"),
    Case(arguments: ["process", "a"], names: "--data"),
    Case(arguments: ["process", "a", "--data", "d"], names: "--export"),
    Case(arguments: ["process", "a", "--data", "d", "--export", "r", "--fast"], names: "--fast"),
    Case(
      arguments: ["process", "a", "--data", "d", "--export", "r", "--partitions", "0"],
      names: "--partitions"),
    Case(
      arguments: ["process", "a", "--data", "d", "--export", "r", "--batch-size", "0"],
      names: "--batch-size"),
    Case(
      arguments: ["process", "a", "--data", "d", "--export", "r", "--today", "31/01/2026"],
      names: "31/01/2026"),
    Case(
      arguments: ["export", "--data", "d", "--out", "r", "--al", "2026-02-30"],
      names: "'2026-02-30' is not a day"),
    Case(
      arguments: ["process", "a", "--data", "d", "--export", "r", "--al", "marzo"],
      names: "'marzo' is not a day"),
    Case(
      arguments: ["export", "--data", "d", "--out", "r", "--conocido", "2026-02-03"],
      names: "'2026-02-03' is not an instant"),
    Case(
      arguments: ["export", "--data", "d", "--out", "r", "--corte", "abc"],
      names: "'abc' is no corte"),
    Case(
      arguments: ["export", "--data", "d", "--out", "r", "--contra", "2026-02-03"],
      names: "give al:DAY, conocido:INSTANT or corte:TOKEN"),
    Case(arguments: ["up"], names: "--data"),
    Case(arguments: ["up", "--data", "d", "--port", "70000"], names: "--port"),
    Case(arguments: ["up", "--data", "d", "--log-level", "loud"], names: "loud"),
    Case(
      arguments: ["up", "--data", "d", "--watch", "/no/such"], names: "/no/such: does not exist"),
    Case(
      arguments: ["up", "--data", "d", "--watch-quiet", "4000"], names: "--watch-quiet must be"),
    Case(
      arguments: ["discharge", "--log", cluster, "--data", "d", "--watch", "w"], names: "--watch"),
    Case(arguments: ["check"], names: "file"),
    Case(arguments: ["check", "/no/such.csv"], names: "/no/such.csv: No such file"),
    Case(arguments: ["load", "a"], names: "--to"),
    Case(arguments: ["load", "a", "--to", "books"], names: "books"),
    Case(arguments: ["export", "--data", "d"], names: "--out"),
    Case(
      arguments: ["export", "--data", "d", "--out", "r", "--due-soon-days", "-1"], names: "due"),
    Case(arguments: ["sample", "--out", "o"], names: "--seed"),
    Case(arguments: ["discharge", "--data", "d"], names: "--log kafka://HOST:PORT"),
    Case(arguments: ["ingest", "--log", cluster], names: "--data"),
    Case(
      arguments: ["up", "--data", "d", "--log", "broker:9092"], names: "--log must be kafka://"),
    Case(arguments: ["up", "--data", "d", "--kafka", "a=b"], names: "--kafka needs --log"),
    Case(arguments: ["up", "--data", "d", "--kafka-file", "f"], names: "--kafka-file needs --log"),
    Case(arguments: ["up", "--data", "d", "--instance", "a"], names: "--instance needs --log"),
    Case(
      arguments: ["up", "--data", "d", "--create-topics"], names: "--create-topics needs --log"),
    Case(
      arguments: ["transfer", "--data", "d", "--log", cluster, "--instance", "a b"],
      names: "--instance must be"),
    Case(
      arguments: ["reporting", "--data", "d", "--log", cluster, "--wait", "-1"], names: "--wait"),
    Case(arguments: ["load", "a", "--to", "http://a:1", "--log", cluster], names: "not both"),
    Case(arguments: ["export", "--data", "d", "--out", "r", "--settle"], names: "--settle needs"),
    Case(arguments: ["topics", "create"], names: "--log"),
    Case(arguments: ["topics", "describe", "--log", "here"], names: "--log must be kafka://"),
    Case(
      arguments: ["topics", "create", "--log", cluster, "--replication", "0"],
      names: "--replication"),
  ]
  private static let cluster = "kafka://127.0.0.1:1"

  @Test(arguments: usage)
  func wrongUsage(_ usage: Case) async throws {
    let ended = try await SaldoProgram.run(usage.arguments, expecting: 2)
    #expect(ended.errors.contains(usage.names), "\(ended.errors)")
    #expect(ended.output.isEmpty)
  }

  @Test func filesThatCannotBeLoaded() async throws {
    try await Workplace.with { place in
      let files = try Scenario.customsFiles("plain")
      let archive = try #require(files.first { $0.hasSuffix(".zip") })
      let cut = place.path("cut.zip")
      try Data(contentsOf: URL(filePath: archive)).prefix(4_000).write(to: URL(filePath: cut))
      let prose = try place.write("A letter, and no table.\n", to: "letter.txt")
      for (file, reason) in [
        (place.path("absent.ndjson"), "No such file"), (place.path(""), "folder"),
        (cut, "truncated"), (prose, "unknownFormat"),
      ] {
        let ended = try await place.process([file], expecting: 2)
        try expectOneLine(ended, naming: file, reason)
      }
    }
  }

  @Test func foldersThatCannotBeUsed() async throws {
    try await Workplace.with { place in
      let events = Scenario.events("plain")
      _ = try place.write("a file", to: "file")
      try expectOneLine(
        try await place.process([events], data: "file", expecting: 2),
        naming: place.path("file"))
      try expectOneLine(
        try await place.process([events], reports: "file/reports", expecting: 2),
        naming: place.path("file/reports"))
      let export = try await SaldoProgram.run(
        ["export", "--data", place.path("nothing"), "--out", place.path("r")], expecting: 2)
      try expectOneLine(export, naming: place.path("nothing"), "no books")
    }
  }

  @Test func anotherNumberOfPartitions() async throws {
    try await Workplace.with { place in
      let events = Scenario.events("plain")
      try await place.process([events], ["--partitions", "2"])
      let ended = try await place.process([events], expecting: 2, ["--partitions", "3"])
      try expectOneLine(ended, naming: place.path("data"), "2 partitions, not 3")
      try await place.process([events])
    }
  }

  /// A store that pairs within other days is whole: it is not set aside and made anew.
  @Test func otherDaysOfPairing() async throws {
    try await Workplace.with { place in
      let events = Scenario.events("plain")
      try await place.process([events], ["--pairing-days", "7"])
      let ended = try await place.process([events], expecting: 2, ["--pairing-days", "8"])
      #expect(ended.errors.contains("has --pairing-days 7, not 8"), "\(ended.errors)")
      let kept = try FileManager.default.contentsOfDirectory(atPath: place.path("data/transfer"))
      #expect(!kept.contains { $0.contains("set-aside") })
      try await place.process([events])
    }
  }

  @Test func samplesThatNoCompanyFits() async throws {
    try await Workplace.with { place in
      let size = ["--seed", "1", "--plants", "1", "--days", "1", "--movements-per-day", "1"]
      let ended = try await SaldoProgram.run(
        ["sample", "--out", place.path("o"), "--parts", "1"] + size, expecting: 2)
      try expectOneLine(ended, naming: "--parts", "must be 4")
    }
  }

  /// Who does not want to wait is told soon, by every command that asks a cluster.
  @Test(arguments: [
    ["discharge", "--log-level", "critical", "--data"], ["topics", "describe"],
    ["load", Scenario.events("plain")], ["export", "--out", "reports", "--data"],
  ])
  func noBrokerAnswers(_ command: [String]) async throws {
    try await Workplace.with { place in
      let folder = command.last == "--data" ? [place.path("d")] : []
      let ended = try await SaldoProgram.run(
        command + folder + ["--log", Self.cluster, "--wait", "0"], expecting: 2)
      #expect(ended.errors.contains("saldo: \(Self.cluster): "), "\(ended.errors)")
      #expect(ended.errors.contains("at 127.0.0.1:1 within 5.0 seconds"), "\(ended.errors)")
    }
  }

  @Test func nobodyListens() async throws {
    let file = Scenario.events("plain")
    // Port 1 is nobody's.
    let ended = try await SaldoProgram.run(
      ["load", file, "--to", "http://127.0.0.1:1"], expecting: 2)
    try expectOneLine(ended, naming: file, "127.0.0.1")
  }

  private func expectOneLine(
    _ ended: SaldoProgram.Ended, naming name: String, _ reason: String = ""
  ) throws {
    let lines = ended.errors.split(separator: "\n")
    #expect(lines.count == 1, "\(ended.errors)")
    let line = try #require(lines.first)
    #expect(line.hasPrefix("saldo: ") && line.contains(name), "\(line)")
    #expect(reason.isEmpty || line.contains(reason), "\(line)")
    #expect(ended.output.isEmpty)
  }
}

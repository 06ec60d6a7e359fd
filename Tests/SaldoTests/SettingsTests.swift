import Foundation
import Testing

/// Options of services out of the environment and a file, and which of them counts.
@Suite(.timeLimit(.minutes(20))) struct SettingsTests {
  private static let services = ["up", "ingest", "discharge", "transfer", "reporting"]

  /// What a command makes of `--partitions`, which is out of range wherever it is from.
  private static func complaint(
    _ arguments: [String], _ environment: [String: String] = [:]
  ) async throws -> String {
    let ended = try await SaldoProgram.run(
      ["up", "--data", "/nowhere"] + arguments, environment: environment, expecting: 2)
    return ended.errors
  }

  @Test func theCommandLineGoesBeforeTheEnvironmentAndThatBeforeTheFile() async throws {
    try await Workplace.with { place in
      let file = try place.write("# of the plant\n\npartitions = 5000\n", to: "settings")
      let variable = ["SALDO_PARTITIONS": "4000"]
      let inFile = "\n--partitions is from \(file) line 3.\n"
      let inVariable = "\n--partitions is from the variable SALDO_PARTITIONS.\n"
      let ofFile = try await Self.complaint(["--settings", file])
      #expect(ofFile.contains("--partitions must be 1 to 1000") && ofFile.hasSuffix(inFile))
      let named = try await Self.complaint([], ["SALDO_SETTINGS": file])
      #expect(named == ofFile)
      let both = try await Self.complaint(["--settings=\(file)"], variable)
      #expect(both.hasSuffix(inVariable), "\(both)")
      let all = try await Self.complaint(["--settings", file, "--partitions", "3000"], variable)
      #expect(all.contains("--partitions must be") && !all.contains("is from"), "\(all)")
      let empty = try await Self.complaint(["--settings", file], ["SALDO_PARTITIONS": ""])
      #expect(empty == ofFile)
    }
  }

  @Test func aSystemRunsOnSettingsAlone() async throws {
    try await Workplace.with { place in
      try FileManager.default.createDirectory(
        atPath: place.path("drop"), withIntermediateDirectories: true)
      let file = try place.write(
        "data = \(place.path("data"))\nport = 1\npublic-url = https://a.example\n"
          + "public-url = https://b.example\nwatch = \(place.path("drop"))\n"
          + "create-topics = false\n", to: "settings")
      let program = try RunningProgram(
        ["up"], environment: ["SALDO_SETTINGS": file, "SALDO_PORT": "0", "SALDO_PARTITIONS": "2"])
      #expect(await program.line(after: "listening on 127.0.0.1:") != nil)
      #expect(await program.errorLine(with: "partition=saldo.transfers/1 ") != nil)
      program.send(SIGTERM)
      let ended = await program.ended()
      #expect(ended.code == 0)
      #expect(!ended.errors.contains("partition=saldo.transfers/2 "), "two, as the variable says")
      #expect(ended.errors.contains("folder=\(place.path("drop")) "))
    }
  }

  @Test(arguments: [
    ("port 80", "line 1 must be NAME=VALUE"), ("\n\nprot = 80", "line 3 'prot' is not a setting"),
    ("port=1\nport=2", "line 2 'port' is given twice"),
    ("create-topics = yes", "line 1 must be true or false, not 'yes'"),
    ("kafka = a=b", "'kafka' is not a setting"), ("port = x", "'x'"),
    ("\u{0}\u{FFFD}", "must be NAME"),
  ])
  func whatIsWrongInAFileIsNamed(_ text: String, _ complaint: String) async throws {
    try await Workplace.with { place in
      let file = try place.write(text, to: "settings")
      let errors = try await Self.complaint(["--settings", file])
      #expect(errors.contains(complaint), "\(errors)")
    }
  }

  @Test func aFileThatIsNotThereIsNamed() async throws {
    let errors = try await Self.complaint(["--settings", "/nowhere/at/all"])
    #expect(errors == "saldo: --settings /nowhere/at/all cannot be read\n")
  }

  /// One file serves all services: what one of them has no option for is passed over, and nothing
  /// that any of them has is left out.
  @Test func settingsAreTheOptionsOfTheServices() async throws {
    try await Workplace.with { place in
      let file = try place.write("x = 1", to: "settings")
      let complaint = try await Self.complaint(["--settings", file])
      let list = complaint.split(separator: "there are ").last ?? ""
      let settings = Set(
        list.split(separator: ", ").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) })
      var options: Set<String> = []
      for service in Self.services {
        let help = try await SaldoProgram.run(["help", service], expecting: 0).output
        let own = help.matches(of: /(?m)^  (?:-h, )?--([a-z-]+)/).map { String($0.1) }
        #expect(own.contains("settings"), "\(service)")
        options.formUnion(own)
      }
      #expect(options.subtracting(["kafka", "settings", "version", "help"]) == settings)
      let watched = try place.write("watch = /nowhere\npartitions = 0", to: "watched")
      let ended = try await SaldoProgram.run(
        ["discharge", "--data", "x", "--log", "kafka://a:1", "--settings", watched], expecting: 2)
      #expect(ended.errors.contains("--partitions must be 1 to 1000"))
    }
  }

  @Test func otherCommandsAndHelpTakeNone() async throws {
    let wrong = ["SALDO_SETTINGS": "/nowhere", "SALDO_DATA": "/nowhere"]
    for arguments in [["up", "--help"], ["help", "up"], ["--version"], ["up", "--version"]] {
      try await SaldoProgram.run(arguments, environment: wrong, expecting: 0)
    }
    let ended = try await SaldoProgram.run(["export"], environment: wrong, expecting: 2)
    #expect(ended.errors.contains("--data"))
  }
}

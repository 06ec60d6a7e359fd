import Testing

@Suite struct HelpTests {
  static let commands = [
    "process", "up", "load", "export", "sample", "ingest", "discharge", "transfer", "reporting",
    "topics create", "topics describe", "transfers", "transfers list", "transfers show",
    "transfers pair", "transfers unpair", "check", "partes", "doctor", "backup", "withdraw",
    "rehearse", "trail",
  ]

  @Test(arguments: commands)
  func everyCommandExplainsItself(_ command: String) async throws {
    let ended = try await SaldoProgram.run(Self.words(command) + ["--help"], expecting: 0)
    #expect(ended.output.contains("USAGE: saldo \(command) "))
    #expect(ended.output.contains("Examples:\n  saldo \(command) "))
    #expect(ended.errors.isEmpty)
  }

  @Test(arguments: [[], ["--help"], ["help"]])
  func withoutACommandItListsThem(_ arguments: [String]) async throws {
    let ended = try await SaldoProgram.run(arguments, expecting: 0)
    for command in Self.commands {
      let name = try #require(Self.words(command).first)
      #expect(ended.output.contains("\n  \(name) "))
    }
  }

  /// Every option has an explanation: a line of its own, or one that goes on after it.
  @Test(arguments: commands)
  func everyOptionIsExplained(_ command: String) async throws {
    let ended = try await SaldoProgram.run(Self.words(command) + ["--help"], expecting: 0)
    let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false)
    let column = 26
    for (index, line) in lines.enumerated() where line.hasPrefix("  --") {
      let text = line.dropFirst(column) + lines[index + 1].dropFirst(column)
      #expect(text.contains { $0.isLetter }, "\(line)")
    }
  }

  private static func words(_ command: String) -> [String] {
    command.split(separator: " ").map(String.init)
  }
}

import Testing

@Suite struct HelpTests {
  @Test(arguments: ["process", "up", "load", "export", "sample"])
  func everyCommandExplainsItself(_ command: String) async throws {
    let ended = try await SaldoProgram.run([command, "--help"], expecting: 0)
    #expect(ended.output.contains("USAGE: saldo \(command) "))
    #expect(ended.output.contains("Examples:\n  saldo \(command) "))
    #expect(ended.errors.isEmpty)
  }

  @Test(arguments: [[], ["--help"], ["help"]])
  func withoutACommandItListsThem(_ arguments: [String]) async throws {
    let ended = try await SaldoProgram.run(arguments, expecting: 0)
    for command in ["process", "up", "load", "export", "sample"] {
      #expect(ended.output.contains("\n  \(command) "))
    }
  }

  /// Every option has an explanation: a line of its own, or one that goes on after it.
  @Test(arguments: ["process", "up", "load", "export", "sample"])
  func everyOptionIsExplained(_ command: String) async throws {
    let ended = try await SaldoProgram.run([command, "--help"], expecting: 0)
    let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false)
    let column = 26
    for (index, line) in lines.enumerated() where line.hasPrefix("  --") {
      let text = line.dropFirst(column) + lines[index + 1].dropFirst(column)
      #expect(text.contains { $0.isLetter }, "\(line)")
    }
  }
}

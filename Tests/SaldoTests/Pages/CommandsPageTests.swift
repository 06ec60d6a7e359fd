import Foundation
import Testing

@testable import SaldoCommands

/// The manual's page of commands is what the commands say of themselves.
struct CommandsPageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// `SALDO_WRITE_PAGES=1` writes it anew.
  @Test func thePageIsMadeOfTheCommands() throws {
    let page = Self.root.appending(path: "Documentation/Commands.md")
    let text = CommandsPage().text
    if ProcessInfo.processInfo.environment["SALDO_WRITE_PAGES"] != nil {
      try Data(text.utf8).write(to: page)
    }
    #expect(try String(contentsOf: page, encoding: .utf8) == text)
    #expect(CommandsPage().commands.count > 20)
  }

  /// The codes that a command's source ends with are those that its help tells.
  @Test func everyCommandSaysItsExitCodes() throws {
    for command in CommandsPage().commands where command.name != "help" {
      let text = try #require(command.exitCodes, "\(command.name) says no exit codes")
      let told = Set(text.matches(of: /\b([0-9]+)\b/).map { String($0.1) })
      #expect(told.isSuperset(of: ["0", "2"]), "\(command.name)")
      #expect(told.isSubset(of: ["0", "1", "2", "130", "143"]), "\(command.name)")
      #expect(told.contains("1") == (try endsWithOne(command.name)), "\(command.name)")
    }
  }

  /// Whether the source of a command, or of its run, throws exit code 1.
  private func endsWithOne(_ name: String) throws -> Bool {
    let word = name.split(separator: " ").first.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    let sources = ["Command", "Run"].map { "Services/Saldo/Commands/\(word ?? "")\($0).swift" }
    // `withdraw --data` runs what `process` does, and ends as that.
    let more = name == "withdraw" ? ["Services/Saldo/Commands/ProcessCommand.swift"] : []
    return try (sources + more).map { Self.root.appending(path: $0) }
      .filter { FileManager.default.fileExists(atPath: $0.path) }
      .contains { try String(contentsOf: $0, encoding: .utf8).contains("ExitCode(1)") }
  }

  /// Whatever page names an option, it is one that a command has, or another program's.
  @Test func everyOptionThatAPageNamesExists() throws {
    let known = Set(CommandsPage().commands.flatMap { $0.declarations.map(\.written) })
      .union(["--help", "--help-hidden", "--version", "--generate-completion-script"])
    let documentation = Self.root.appending(path: "Documentation")
    let pages = try FileManager.default.contentsOfDirectory(atPath: documentation.path)
      .filter { $0.hasSuffix(".md") }.map { documentation.appending(path: $0) }
    for page in pages + [Self.root.appending(path: "README.md")] {
      let text = try String(contentsOf: page, encoding: .utf8)
      // Within backticks: blocks of commands are run, and other programs have options too.
      for match in text.matches(of: /`(--[a-z][a-z-]*)[^`\n]*`/) {
        let option = String(match.1)
        #expect(known.contains(option), "\(page.lastPathComponent) names \(option)")
      }
    }
  }

  /// Settings are options of the commands that take them.
  @Test func everySettingIsAnOption() {
    let known = Set(CommandsPage().commands.flatMap { $0.declarations.map(\.written) })
    for setting in SettingName.all { #expect(known.contains("--\(setting.option)")) }
  }
}

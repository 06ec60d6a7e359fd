@testable import ArgumentParser
@testable import SaldoCommands

/// The manual's page about commands, made of what they say of themselves.
struct CommandsPage {
  /// A command that does something, and the ones that it is in.
  struct Command {
    let path: [any ParsableCommand.Type]
    let declarations: [Declaration]

    var type: any ParsableCommand.Type { path[path.count - 1] }
    /// Its name on the command line, behind the program's.
    var name: String { path.dropFirst().map { $0.name }.joined(separator: " ") }

    /// What its help says of exit codes; the command that it is in may say it.
    var exitCodes: String? {
      path.reversed().lazy.compactMap { type -> String? in
        guard type != SaldoCommand.self else { return nil }
        return paragraphs(of: type).first { $0.hasPrefix(CommandsPage.exits) }
      }.first
    }
  }

  static let exits = "Exit codes: "
  /// An option that so many commands have is told once.
  private static let many = 3

  let commands = Self.commands(from: [SaldoCommand.self])

  /// All commands that have no others in them, in the order of the help.
  private static func commands(from path: [any ParsableCommand.Type]) -> [Command] {
    guard let last = path.last else { return [] }
    let inner = last.configuration.subcommands
    if inner.isEmpty {
      return [Command(path: path, declarations: Declarations(of: last.init()).all)]
    }
    return inner.flatMap { commands(from: path + [$0]) }
  }

  var text: String {
    let shared = self.shared
    var lines = [
      "# Commands", "", "Every command with its options, their defaults, and its exit codes.", "",
      "## Overview", "",
      "`saldo help COMMAND` says the same, with examples. This page is made of the commands' help.",
      "An option without a default must be given, unless the column says *optional*.", "",
      "| exit code | |", "|---|---|", "| 0 | all is well |",
      "| 1 | the command did its work, and found something that needs attention |",
      "| 2 | wrong usage, or something cannot be read, written or reached |",
      "| 130, 143 | interrupted by SIGINT or SIGTERM |", "",
      "Variables that are no options:", "", "| variable | |", "|---|---|",
      "| `SALDO_SETTINGS` | the file of settings, as `--settings` |",
      "| `SALDO_TOKEN` | the token to send, as the file of `--token-file` has it |",
      "| `SALDO_KAFKA_<NAME>` | a property of the Kafka client, as `--kafka` ([Kafka](Kafka.md)) |",
    ]
    for command in commands {
      let own = command.declarations.filter { !shared.contains($0.key) }
      lines += ["", "## saldo \(command.name)", "", command.type.configuration.abstract]
      lines += Self.paragraphs(of: command.type).filter(Self.isProse).flatMap { ["", $0] }
      if let codes = command.exitCodes { lines += ["", codes] }
      if !own.isEmpty { lines += [""] + Self.table(own) }
      let others = command.declarations.filter { shared.contains($0.key) }
      if !others.isEmpty {
        let names = others.map { "`\($0.written)`" }.joined(separator: ", ")
        lines += ["", "Also \(names): [see below](#options-of-several-commands)."]
      }
    }
    lines += ["", "## Options of several commands", ""]
    var told: Set<String> = []
    let all = commands.flatMap(\.declarations).filter {
      shared.contains($0.key) && told.insert($0.key).inserted
    }
    lines += Self.table(all) + ["", "## Variables of the services", ""]
    lines += [
      "`up` and the single services take these options from the environment or from a file, too",
      "([Settings](Using.md#settings)).", "", "| option | variable |", "|---|---|",
    ]
    lines += SettingName.all.map { setting in
      let variable = setting.isInEnvironment ? "`\(setting.variable)`" : "in a file only"
      return "| `--\(setting.option)` | \(variable) |"
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The options that many commands have, word for word; of one name only the most frequent.
  private var shared: Set<String> {
    let all = commands.flatMap { command in
      Dictionary(command.declarations.map { ($0.key, $0.written) }, uniquingKeysWith: { $1 })
        .map { (key: $0, name: $1) }
    }
    let byName = Dictionary(grouping: all, by: \.name)
    return Set(
      byName.values.compactMap { uses in
        let counts = Dictionary(grouping: uses, by: \.key).mapValues(\.count)
        let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
        return most.flatMap { $0.value >= Self.many ? $0.key : nil }
      })
  }

  private static func table(_ declarations: [Declaration]) -> [String] {
    ["| option | default | |", "|---|---|---|"]
      + declarations.map { declaration in
        let cells = ["`\(declaration.usage)`", declaration.defaultCell, declaration.sentence]
        return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
      }
  }

  fileprivate static func paragraphs(of type: any ParsableCommand.Type) -> [String] {
    type.configuration.discussion.split(separator: "\n\n").map(String.init)
  }

  /// Whether a paragraph is neither a list of addresses nor of examples nor of exit codes.
  private static func isProse(_ paragraph: String) -> Bool {
    !["GET ", "POST ", "Examples:", exits, "\n"].contains { paragraph.hasPrefix($0) }
  }
}

extension CommandsPage.Command {
  private func paragraphs(of type: any ParsableCommand.Type) -> [String] {
    CommandsPage.paragraphs(of: type)
  }
}

extension Declaration {
  /// What tells one declaration from another of its name.
  fileprivate var key: String { [written, help.abstract, defaultCell].joined(separator: "\u{1}") }

  /// What stands on the command line.
  var written: String { kind == .positional ? label : "--\(name)" }

  private static var remark: Regex<(Substring, Substring)> { /\s*\(default: ([^)]*)\)$/ }

  fileprivate var defaultCell: String {
    if let match = help.abstract.firstMatch(of: Self.remark) { return String(match.1) }
    if !defaultText.isEmpty { return "`\(defaultText)`" }
    if kind == .flag { return "off" }
    return isRequired ? "" : "*optional*"
  }

  fileprivate var sentence: String {
    let values =
      allValues.isEmpty ? "" : " One of \(allValues.map { "`\($0)`" }.joined(separator: ", "))."
    return help.abstract.replacing(Self.remark, with: "") + values
  }
}

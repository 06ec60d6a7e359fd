/// A command's help.
struct HelpText {
  private let path: [any ParsableCommand.Type]
  private let declarations: [Declaration]
  private let width: Int

  /// How wide an argument's name may be, with its margin, for its help to stand beside it.
  private static let column = 26
  /// On a narrower terminal the lines are too long: beside the column there must be room for words.
  private static let leastWidth = 40

  /// - Parameters:
  ///   - path: the commands from the root to the one that it is about.
  ///   - width: how many columns there are.
  init(path: [any ParsableCommand.Type], width: Int = Terminal.width) {
    (self.path, self.width) = (path, max(width, Self.leastWidth))
    declarations = path.last.map { Declarations(of: $0.init()).all } ?? []
  }

  private var configuration: CommandConfiguration {
    path.last?.configuration ?? CommandConfiguration()
  }

  /// The command's name after those that it is in.
  var name: String { path.map { $0.name }.joined(separator: " ") }

  /// The whole text, without a last line's end.
  var text: String {
    let overview = [configuration.abstract, configuration.discussion].filter { !$0.isEmpty }
    var sections =
      overview.isEmpty
      ? [] : ["OVERVIEW: \(overview.joined(separator: "\n\n"))".wrapped(to: width) + "\n"]
    sections.append("USAGE: \(synopsis)\n")
    sections += list("ARGUMENTS:", declarations.filter { $0.kind == .positional }.map(entry))
    sections += list("OPTIONS:", options)
    guard !configuration.subcommands.isEmpty else { return sections.joined(separator: "\n") }
    sections += list(
      "SUBCOMMANDS:",
      configuration.subcommands.map { entry($0.name, $0.configuration.abstract) })
    let root = path.prefix(1).map { $0.name }
    let words = root + ["help"] + path.dropFirst().map { $0.name } + ["<subcommand>"]
    sections.append("  See '\(words.joined(separator: " "))' for detailed help.")
    return sections.joined(separator: "\n")
  }

  /// How the command is written. Where it has many options, only those that must be given are told.
  var synopsis: String {
    if !configuration.subcommands.isEmpty { return "\(name) <subcommand>" }
    let isLong = declarations.count > 12
    let positional = declarations.filter { $0.kind == .positional }
    let told =
      isLong
      ? positional + declarations.filter { $0.kind != .positional && $0.isRequired } : declarations
    let words = told.map { $0.isRequired ? $0.usage : "[\($0.usage)]" }
    return ([name] + (isLong ? ["[<options>]"] : []) + words).joined(separator: " ")
  }

  private var options: [String] {
    if path.last == HelpCommand.self { return [] }
    let version = path.contains { !$0.configuration.version.isEmpty }
    return declarations.filter { $0.kind != .positional }.map(entry)
      + (version ? [entry("--version", "Show the version.")] : [])
      + [entry("-h, --help", "Show help information.")]
  }

  private func list(_ title: String, _ entries: [String]) -> [String] {
    entries.isEmpty ? [] : ["\(title)\n" + entries.joined(separator: "\n") + "\n"]
  }

  private func entry(_ declaration: Declaration) -> String {
    let values = declaration.allValues.joined(separator: ", ")
    let remarks = [("values", values), ("default", declaration.defaultText)]
      .filter { !$0.1.isEmpty }.map { "\($0): \($1)" }.joined(separator: "; ")
    let parts = [declaration.help.abstract, remarks.isEmpty ? "" : "(\(remarks))"]
    return entry(declaration.label, parts.filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// A name, and what it is in a column beside it.
  private func entry(_ label: String, _ help: String) -> String {
    let margin = "\n" + String(repeating: " ", count: Self.column)
    let text = help.wrapped(to: width - Self.column).split(separator: "\n")
      .joined(separator: margin)
    let name = "  \(label)"
    if text.isEmpty { return name }
    let fits = name.count < Self.column - 1
    let padding = String(repeating: " ", count: max(0, Self.column - name.count))
    return name + (fits ? padding : margin) + text
  }
}

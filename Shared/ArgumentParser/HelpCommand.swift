/// `help`: every root with subcommands has it.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show subcommand help information.")

  @Argument var subcommands: [String] = []

  /// The command that the words after `help` name; the words beyond it do not matter.
  func subject(in root: any ParsableCommand.Type) -> any ParsableCommand.Type {
    if subcommands.first == Self.name { return Self.self }
    var command = root
    for name in subcommands {
      guard let next = command.subcommand(name) else { break }
      command = next
    }
    return command
  }
}

extension ParsableCommand {
  /// The command of a name within this one.
  static func subcommand(_ name: String) -> (any ParsableCommand.Type)? {
    configuration.subcommands.first { $0.name == name }
  }
}

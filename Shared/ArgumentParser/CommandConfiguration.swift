/// A command's name, help and subcommands.
public struct CommandConfiguration: Sendable {
  /// The name; nil for one made of the type's.
  public var commandName: String?
  /// What the command does, in a sentence.
  public var abstract: String
  /// All else that there is to say. Lines are wrapped; those that begin with spaces keep them.
  public var discussion: String
  /// What `--version` shows; empty if there is no such option.
  public var version: String
  /// The commands within this one.
  public var subcommands: [any ParsableCommand.Type]

  /// A configuration.
  public init(
    commandName: String? = nil, abstract: String = "", discussion: String = "",
    version: String = "", subcommands: [any ParsableCommand.Type] = []
  ) {
    self.commandName = commandName
    self.abstract = abstract
    self.discussion = discussion
    self.version = version
    self.subcommands = subcommands
  }
}

extension ParsableCommand {
  /// The name that the command line has.
  static var name: String { configuration.commandName ?? "\(Self.self)".kebabCased }
}

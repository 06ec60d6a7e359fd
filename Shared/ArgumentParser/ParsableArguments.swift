/// Properties that are read from the command line: those marked `@Option`, `@Flag` or `@Argument`,
/// and those of the groups marked `@OptionGroup`.
///
/// Reading makes an instance, fills its properties in the order of their declaration, and validates
/// it after the groups within it. Properties without a mark keep their defaults.
public protocol ParsableArguments: SendableMetatype {
  /// Makes an instance of defaults. What must be given has no value yet, and is not to be read.
  init()

  /// Checks what was given.
  ///
  /// - Throws: ``ValidationError``, whose message is shown with the command's usage.
  func validate() throws
}

extension ParsableArguments {
  /// Anything goes.
  public func validate() throws {}
}

/// A command, or a folder of commands: one that has subcommands takes no arguments of its own.
public protocol ParsableCommand: ParsableArguments {
  /// Its name, help and subcommands.
  static var configuration: CommandConfiguration { get }

  /// Does what the command is for. A command that does not implement it shows its help.
  mutating func run() throws
}

/// A command that waits while it runs.
public protocol AsyncParsableCommand: ParsableCommand {
  /// Does what the command is for. A command that does not implement it shows its help.
  mutating func run() async throws
}

extension ParsableCommand {
  /// A name made of the type's, and no help.
  public static var configuration: CommandConfiguration { CommandConfiguration() }

  /// Shows the help.
  public mutating func run() throws { throw CleanExit.helpRequest(Self.self) }

  /// Reads a command line with this command at its root.
  ///
  /// - Parameter arguments: the words after the program's name; the process's own if nil.
  /// - Returns: the command that is meant, ready to run.
  /// - Throws: an error for ``exitCode(for:)`` and ``fullMessage(for:)``.
  public static func parseAsRoot(_ arguments: [String]? = nil) throws -> any ParsableCommand {
    try CommandLineReader(root: self).read(arguments ?? Array(CommandLine.arguments.dropFirst()))
  }

  /// The exit code that goes with an error of reading or running this command.
  public static func exitCode(for error: any Error) -> ExitCode { Ending(error, root: self).code }

  /// What to show for an error of reading or running this command; empty for an ``ExitCode``.
  public static func fullMessage(for error: any Error) -> String {
    Ending(error, root: self).message
  }

  /// Reads the process's command line, runs the command, and ends the process where that fails.
  public static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Ending(error, root: self).endProcess()
    }
  }
}

extension AsyncParsableCommand {
  /// Shows the help.
  public mutating func run() async throws { throw CleanExit.helpRequest(Self.self) }

  /// Reads the process's command line, runs the command, and ends the process where that fails.
  public static func main() async {
    do {
      var command = try parseAsRoot()
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
    } catch {
      Ending(error, root: self).endProcess()
    }
  }
}

/// Finds the command that a command line means, and fills it.
struct CommandLineReader {
  let root: any ParsableCommand.Type

  /// Reads the words after the program's name.
  ///
  /// - Throws: ``UsageError``; ``CleanExit`` where help, the version or a script is asked for.
  func read(_ arguments: [String]) throws -> any ParsableCommand {
    if let text = try Completion(root: root).answer(to: arguments) {
      throw CleanExit.message(text)
    }
    var path = [root]
    do {
      return try read(arguments, &path)
    } catch let fault as UsageFault {
      throw UsageError(path: path, fault: fault)
    }
  }

  /// - Parameter path: the root; gets the commands within it that the words name.
  private func read(
    _ arguments: [String], _ path: inout [any ParsableCommand.Type]
  ) throws -> any ParsableCommand {
    var words = try Word.words(of: arguments)[...]
    if !root.configuration.subcommands.isEmpty, words.first == .value(HelpCommand.name) {
      words.removeFirst()
      path.append(HelpCommand.self)
      let help = HelpCommand()
      _ = try CommandReading(help, hasVersion: false).read(words)
      throw CleanExit.helpRequest(help.subject(in: root))
    }
    let type = Self.descend(&path, &words)
    let version = path.map { $0.configuration.version }.last { !$0.isEmpty }
    let command = type.init()
    switch try CommandReading(command, hasVersion: version != nil).read(words) {
    case .nothing: return command
    case .help: throw CleanExit.helpRequest(type)
    case .version: throw CleanExit.message(version ?? "")
    }
  }

  /// Follows the names of subcommands that the words begin with, to the last.
  private static func descend(
    _ path: inout [any ParsableCommand.Type], _ words: inout ArraySlice<Word>
  ) -> any ParsableCommand.Type {
    var command = path[path.count - 1]
    while case .value(let name) = words.first,
      let next = command.subcommand(name)
    {
      command = next
      path.append(next)
      words.removeFirst()
    }
    return command
  }

  /// The commands from the root to one, or the root alone where it is not among them.
  func path(to command: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
    if command == HelpCommand.self { return [root, command] }
    func search(_ path: [any ParsableCommand.Type]) -> [any ParsableCommand.Type]? {
      guard let last = path.last else { return nil }
      if last == command { return path }
      for next in last.configuration.subcommands {
        if let found = search(path + [next]) { return found }
      }
      return nil
    }
    return search([root]) ?? [root]
  }
}

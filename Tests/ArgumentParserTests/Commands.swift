import ArgumentParser

/// Commands to read command lines for.
struct Root: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "root", abstract: "Keeps things.", version: "1.2.3",
    subcommands: [Copy.self, Folder.self])
}

enum Speed: String, ExpressibleByArgument, CaseIterable, Sendable { case slow, fast }

struct Shared: ParsableArguments {
  @Option(help: ArgumentHelp("How many at once.", valueName: "number"))
  var atOnce = 4

  @Option(help: "Only these.")
  var only: [String] = ["a", "b"]

  func validate() throws {
    guard atOnce > 0 else { throw ValidationError("--at-once must be at least 1.") }
  }
}

struct Copy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies files.", discussion: "One after the other.")

  @Argument(help: ArgumentHelp("The files.", valueName: "file"))
  var files: [String]

  @Option(help: ArgumentHelp("Where to.", valueName: "dir"))
  var to: String

  @OptionGroup var shared: Shared

  @Option(help: "How fast.")
  var speed = Speed.slow

  @Option(help: ArgumentHelp("How large.", valueName: "width,height"), transform: Self.size)
  var size: [Int]?

  @Flag(help: "Do nothing.")
  var dryRun = false

  static func size(_ text: String) throws -> [Int] {
    let numbers = text.split(separator: ",").compactMap { Int($0) }
    guard numbers.count == 2 else { throw ValidationError("'\(text)' is not a size.") }
    return numbers
  }

  func validate() throws {
    if dryRun, size != nil { throw ValidationError("--dry-run has no size.") }
  }

  func run() async throws { throw ExitCode(7) }
}

struct Folder: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Works on folders.", subcommands: [Clear.self])

  struct Clear: ParsableCommand {
    @Argument(help: "Which.")
    var name: String

    @Argument(help: "How often.", transform: { Int($0) ?? 0 })
    var times: Int
  }
}

/// What a command line came to: the command, or the code and text of the end.
func outcome(_ words: String) -> (command: (any ParsableCommand)?, code: Int32, text: String) {
  do {
    let command = try Root.parseAsRoot(words.split(separator: " ").map(String.init))
    return (command, 0, "")
  } catch {
    return (nil, Root.exitCode(for: error).rawValue, Root.fullMessage(for: error))
  }
}

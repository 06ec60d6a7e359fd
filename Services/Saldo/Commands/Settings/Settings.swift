import ServiceRuntime

/// What a service's command is told elsewhere than on its command line: options by the environment,
/// and by a file. What several of them say is taken from the first of command line, environment and
/// file.
struct Settings {
  /// The variable of the option `--public-url` is `SALDO_PUBLIC_URL`.
  static let variablePrefix = "SALDO_"

  /// The command line, with what they add to it before what is there.
  let arguments: [String]
  /// Where each added option is from.
  private var origins: [String: String] = [:]

  /// Reads the settings of a command that has any.
  ///
  /// - Parameters:
  ///   - arguments: the command line, without the program.
  ///   - environment: the process's; an empty variable counts as none.
  /// - Throws: ``ConfigurationError`` that names the place.
  init(_ arguments: [String], environment: [String: String]) throws(ConfigurationError) {
    guard let command = arguments.first, SettingName.commands.contains(command),
      Set(arguments).isDisjoint(with: ["--help", "-h", "--version"])
    else {
      self.arguments = arguments
      return
    }
    let given = Self.options(in: arguments)
    let path = given["settings"] ?? environment[SettingName.file.variable].flatMap(Self.value)
    let file = try path.map { path throws(ConfigurationError) in try SettingsFile(path) }
    var added: [String] = []
    for name in SettingName.all where name.belongs(to: command) && given[name.option] == nil {
      var found = file?.values[name.option] ?? []
      if let text = name.isInEnvironment ? environment[name.variable].flatMap(Self.value) : nil {
        let texts = name.kind == .list ? text.split(separator: " ").map(String.init) : [text]
        found = texts.map { ($0, "the variable \(name.variable)") }
      }
      for (value, origin) in found {
        added += try name.arguments(value, origin)
        origins[name.option] = origin
      }
    }
    self.arguments = [command] + added + arguments.dropFirst()
  }

  /// Where the options that a complaint names are from, a line for each; empty where the command
  /// line has them all.
  func origins(namedIn complaint: String) -> String {
    origins.filter { complaint.contains("--\($0.key) ") || complaint.contains("--\($0.key)'") }
      .sorted { $0.key < $1.key }.map { "\n--\($0.key) is from \($0.value)." }.joined()
  }

  private static func value(_ text: String) -> String? { text.isEmpty ? nil : text }

  /// The long options that a command line has, each with what follows it.
  private static func options(in arguments: [String]) -> [String: String] {
    var found: [String: String] = [:]
    let words = arguments.prefix { $0 != "--" }
    for (word, next) in zip(words, words.dropFirst() + [""]) where word.hasPrefix("--") {
      let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1).map(String.init)
      guard let name = parts.first else { continue }
      found[name] = parts.count == 2 ? parts[1] : next
    }
    return found
  }
}

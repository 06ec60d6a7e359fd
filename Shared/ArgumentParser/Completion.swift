/// Helps a shell to complete command lines.
///
/// The script for each shell is a few lines: it asks the program itself, by `---complete` and the
/// words up to the cursor, what may come next.
struct Completion {
  let root: any ParsableCommand.Type

  private static let request = "---complete"
  private static let script = "--generate-completion-script"

  /// The answer to a shell's question, or the script that asks it; nil if neither is wanted.
  ///
  /// - Throws: ``UsageError`` where the shell is unknown.
  func answer(to arguments: [String]) throws -> String? {
    if arguments.first == Self.request {
      return candidates(after: Array(arguments.dropFirst())).joined(separator: "\n")
    }
    guard let place = arguments.firstIndex(where: { $0.hasPrefix(Self.script) }) else {
      return nil
    }
    let shell =
      arguments[place] == Self.script
      ? arguments.dropFirst(place + 1).first ?? ""
      : String(arguments[place].dropFirst(Self.script.count + 1))
    guard let text = script(for: shell) else {
      throw UsageError(
        path: [root], fault: .invalid("\(Self.script) needs a shell: bash, zsh or fish."))
    }
    return text
  }

  /// What the last word may become, one to a line, with its help after a tab. Nothing where a file
  /// may be meant: the shell knows files.
  private func candidates(after words: [String]) -> [String] {
    var (path, rest) = ([root], words.dropLast())
    while let name = rest.first,
      let next = path.last?.subcommand(name)
    {
      path.append(next)
      rest.removeFirst()
    }
    guard let command = path.last else { return [] }
    let declarations = Declarations(of: command.init()).all
    if let previous = rest.last, previous.hasPrefix("--"),
      let option = declarations.first(where: { $0.kind == .option && "--\($0.name)" == previous })
    {
      return option.allValues
    }
    let subcommands = command.configuration.subcommands.map {
      "\($0.name)\t\($0.configuration.abstract)"
    }
    guard words.last?.hasPrefix("-") == true else { return subcommands }
    return declarations.filter { $0.kind != .positional }.map {
      "--\($0.name)\t\($0.help.abstract)"
    } + ["--help\tShow help information."]
  }

  private func script(for shell: String) -> String? {
    let name = root.name
    return switch shell {
    case "bash":
      """
      _\(name)() {
        local found
        found=$(\(name) \(Self.request) "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1)
        COMPREPLY=($(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}"))
      }
      complete -o default -F _\(name) \(name)
      """
    case "zsh":
      """
      #compdef \(name)
      _\(name)() {
        local -a found
        found=("${(@f)$(\(name) \(Self.request) "${(@)words[2,CURRENT]}" 2>/dev/null)}")
        found=("${(@)${(@)found//:/\\\\:}/$'\\t'/:}")
        [[ -n $found ]] && _describe \(name) found || _files
      }
      # Read for the first completion, as a function that zsh loads by its name; or by `source`.
      if [[ ${funcstack[1]} == _\(name) ]]; then _\(name) "$@"; else compdef _\(name) \(name); fi
      """
    case "fish":
      """
      complete -c \(name) -a '(\(name) \(Self.request) (commandline -opc)[2..] (commandline -ct))'
      """
    default: nil
    }
  }
}

/// A word of a command line.
enum Word: Equatable {
  case value(String)
  /// What stands after `--`: a value by its place, and no option's.
  case operand(String)
  /// `--name` or `--name=value`.
  case long(String, value: String?)
  /// `-x`, with whatever comes after it.
  case short(String)

  /// Takes a command line's words apart.
  static func words(of arguments: [String]) throws(UsageFault) -> [Word] {
    var words: [Word] = []
    for (place, argument) in arguments.enumerated() {
      if argument == "--" {
        return words + arguments[(place + 1)...].map { .operand($0) }
      } else if argument.hasPrefix("---") {
        throw .malformedOption(argument)
      } else if argument.hasPrefix("--") {
        let parts = argument.dropFirst(2).split(
          separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        words.append(
          .long(String(parts[0]), value: parts.count == 1 ? nil : String(parts[1])))
      } else if argument.hasPrefix("-"), argument != "-" {
        words.append(.short(argument))
      } else {
        words.append(.value(argument))
      }
    }
    return words
  }
}

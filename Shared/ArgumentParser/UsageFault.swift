/// A command line that cannot be read.
struct UsageError: Error {
  /// The commands from the root to the one that is meant.
  var path: [any ParsableCommand.Type]
  var fault: UsageFault
}

/// What is wrong with a command line.
enum UsageFault: Error {
  case missing(Declaration)
  case missingValue(Declaration)
  case invalidValue(String, Declaration, because: String?)
  case takesNoValue(option: String, given: String)
  case unknownOption(String, nearest: String?)
  case malformedOption(String)
  case unexpected([String])
  case invalid(String)
}

extension UsageFault: CustomStringConvertible {
  var description: String {
    switch self {
    case .missing(let declaration): "Missing expected argument '\(declaration.usage)'"
    case .missingValue(let declaration): "Missing value for '\(declaration.label)'"
    case .invalidValue(let text, let declaration, let reason):
      "The value '\(text)' is invalid for '\(declaration.label)'"
        + (reason.map { ": \($0)" } ?? Self.choice(declaration.allValues))
    case .takesNoValue(let option, let given):
      "The option '\(option)' does not take any value, but '\(given)' was specified."
    case .unknownOption(let option, let nearest):
      "Unknown option '\(option)'" + (nearest.map { ". Did you mean '\($0)'?" } ?? "")
    case .malformedOption(let word): "Invalid option: \(word)"
    case .unexpected(let words) where words.count == 1: "Unexpected argument '\(words[0])'"
    case .unexpected(let words):
      "\(words.count) unexpected arguments: "
        + words.map { "'\($0)'" }.joined(separator: ", ")
    case .invalid(let message): message
    }
  }

  /// The argument that it is about, where it is about one.
  var declaration: Declaration? {
    switch self {
    case .missing(let declaration), .missingValue(let declaration),
      .invalidValue(_, let declaration, _):
      declaration
    case .takesNoValue, .unknownOption, .malformedOption, .unexpected, .invalid: nil
    }
  }

  /// The values that there are, in a line where they are few.
  private static func choice(_ values: [String]) -> String {
    guard let last = values.last else { return "" }
    if values.count > 5 {
      return ". Please provide one of the following:" + values.map { "\n  - \($0)" }.joined()
    }
    let first = values.dropLast().map { "'\($0)'" }.joined(separator: ", ")
    return ". Please provide " + (first.isEmpty ? "" : "one of \(first) and ") + "'\(last)'."
  }
}

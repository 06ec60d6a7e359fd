/// What one property of a command says of the command line.
struct Declaration: Sendable {
  /// How the argument is written.
  enum Kind {
    /// `--name value`.
    case option
    /// `--name`.
    case flag
    /// A value by its place.
    case positional
  }

  let kind: Kind
  /// The property's name as the command line has it, without dashes.
  let name: String
  let help: ArgumentHelp
  let isRequired: Bool
  let isRepeating: Bool
  /// The default as the help shows it; empty for none.
  let defaultText: String
  /// All that may be written, where that is a list.
  let allValues: [String]
  /// Takes a value's text into the property; a flag's is of no matter.
  ///
  /// - Throws: ``InvalidText``, or what the property's own transformation throws.
  let take: @Sendable (String) throws -> Void
  /// Whether the property has a value.
  let hasValue: @Sendable () -> Bool

  /// The argument's name and its value's, as in `--data <dir>`.
  var label: String {
    let value = "<\(help.valueName ?? name)>"
    return switch kind {
    case .option: "--\(name) \(value)"
    case .flag: "--\(name)"
    case .positional: value
    }
  }

  /// The label, with dots where there may be more.
  var usage: String { isRepeating ? label + " ..." : label }
}

/// A text that is no value of a type.
struct InvalidText: Error {}

/// Fills one command with words.
struct CommandReading {
  /// What was asked for in the place of the command's run.
  enum Request { case nothing, help, version }

  private let declarations: Declarations
  private let options: [Declaration]
  private let positional: [Declaration]
  private let hasVersion: Bool

  init(_ command: any ParsableCommand, hasVersion: Bool) {
    self.hasVersion = hasVersion
    declarations = Declarations(of: command)
    options = declarations.all.filter { $0.kind != .positional }
    positional = declarations.all.filter { $0.kind == .positional }
  }

  /// Reads options wherever they stand, then values by their places, and checks what came of it.
  ///
  /// What is wrong with a given argument comes before a request for help, and that before what is
  /// missing, invalid together, or unknown.
  func read(_ words: ArraySlice<Word>) throws(UsageFault) -> Request {
    var words = words
    var values: [String] = []
    var unknown: UsageFault?
    var (wantsHelp, wantsVersion) = (false, false)
    while let word = words.popFirst() {
      switch word {
      case .value(let value), .operand(let value): values.append(value)
      case .long(let name, let given):
        if let declaration = options.first(where: { $0.name == name }) {
          try take(declaration, given, &words)
        } else if name == "help" || name == "help-hidden" {
          // Nothing can be hidden here, so the help that shows what is hidden is the same.
          wantsHelp = true
        } else if name == "version", hasVersion {
          wantsVersion = true
        } else {
          unknown = unknown ?? .unknownOption("--\(name)", nearest: nearest(name))
        }
      case .short(let letters) where letters.contains("h"): wantsHelp = true
      case .short(let letters): unknown = unknown ?? .unknownOption(letters, nearest: nil)
      }
    }
    let left = try place(values)
    if wantsHelp { return .help }
    if wantsVersion { return .version }
    try declarations.finish()
    if let unknown { throw unknown }
    if !left.isEmpty { throw .unexpected(left) }
    return .nothing
  }

  /// Gives an option its value: the one within its word, or the next word.
  private func take(
    _ declaration: Declaration, _ given: String?, _ words: inout ArraySlice<Word>
  ) throws(UsageFault) {
    if declaration.kind == .flag {
      if let given { throw .takesNoValue(option: declaration.label, given: given) }
      return try Self.put("", declaration)
    }
    if let given {
      if given.isEmpty { throw .missingValue(declaration) }
      return try Self.put(given, declaration)
    }
    guard case .value(let value) = words.first else { throw .missingValue(declaration) }
    words.removeFirst()
    try Self.put(value, declaration)
  }

  /// Gives the positional arguments their values.
  ///
  /// - Returns: what is left over.
  private func place(_ values: [String]) throws(UsageFault) -> [String] {
    var rest = values[...]
    for declaration in positional {
      while let value = rest.popFirst() {
        try Self.put(value, declaration)
        if !declaration.isRepeating { break }
      }
    }
    return Array(rest)
  }

  private static func put(_ text: String, _ declaration: Declaration) throws(UsageFault) {
    do {
      try declaration.take(text)
    } catch is InvalidText {
      throw .invalidValue(text, declaration, because: nil)
    } catch {
      throw .invalidValue(text, declaration, because: "\(error)")
    }
  }

  /// The option that a wrong name may be meant for.
  private func nearest(_ name: String) -> String? {
    let names = options.map(\.name) + (hasVersion ? ["version"] : []) + ["help"]
    let found = names.map { ($0, EditDistance.between(name, $0)) }.min { $0.1 < $1.1 }
    return found.flatMap { $0.1 < 4 ? "--\($0.0)" : nil }
  }
}

/// What the help says about an argument. A text literal is its sentence.
public struct ArgumentHelp: Sendable, ExpressibleByStringInterpolation {
  /// What the argument is, in a sentence or some.
  public var abstract: String
  /// What its value is called, without brackets; nil for its own name.
  public var valueName: String?

  /// Help.
  public init(_ abstract: String = "", valueName: String? = nil) {
    (self.abstract, self.valueName) = (abstract, valueName)
  }

  /// Help of a sentence.
  public init(stringLiteral abstract: String) { self.init(abstract) }
}

extension String {
  /// A name in Swift as one on the command line: `dueSoonDays` is `due-soon-days`.
  var kebabCased: String {
    enumerated().map { place, letter in
      letter.isUppercase ? (place == 0 ? "" : "-") + letter.lowercased() : "\(letter)"
    }.joined()
  }
}

/// Every public declaration says what it means, in a doc comment.
///
/// Members that a protocol defines need none: the usual ones by name, and all of an extension that
/// declares a conformance. Nor do the stored properties of a documented type of the message schema:
/// their names are the contract's own terms.
enum PublicDocumentation {
  private static let kinds: Set<String> = [
    "func", "var", "let", "struct", "class", "enum", "actor", "protocol", "init", "subscript",
    "typealias", "case", "macro",
  ]
  /// Defined by Equatable, Comparable, Hashable, Codable, CustomStringConvertible and the like.
  private static let conformances: Set<String> = [
    "description", "debugDescription", "errorDescription", "==", "<", "hash(into", "encode(to",
    "init(from", "hashValue", "startIndex", "endIndex", "makeIterator", "next",
  ]

  /// Public declarations without a doc comment.
  static func findings(in files: [SourceFile]) -> [Finding] {
    files.filter { $0.isSwift && ($0.isIn("Shared") || $0.isIn("Services")) }.flatMap(findings)
  }

  private static func findings(in file: SourceFile) -> [Finding] {
    var findings: [Finding] = []
    var depth = 0
    var conformanceDepth: Int?
    /// The types around a line, innermost last: how deep each is, and whether it is documented.
    var types: [(depth: Int, isDocumented: Bool)] = []
    for (index, line) in file.code.enumerated() {
      let name = publicName(line)
      if declaresType(line) { types.append((depth, hasDocumentation(file, above: index))) }
      if conformanceDepth == nil, declaresConformance(file.code, at: index) {
        conformanceDepth = depth
      }
      let isTerm =
        file.isIn("Shared/Messages") && declaresStoredProperty(line)
        && types.last.map { $0.depth == depth - 1 && $0.isDocumented } == true
      if let name, conformanceDepth == nil, !isTerm, !conformances.contains(name),
        !hasDocumentation(file, above: index)
      {
        findings.append(
          Finding(
            file, line: index + 1,
            "public `\(name)` has no doc comment: say above it (///) what it means, its units, "
              + "errors and rule"))
      }
      for byte in line.utf8 {
        if byte == UInt8(ascii: "{") { depth += 1 }
        if byte == UInt8(ascii: "}") {
          depth -= 1
          if depth == conformanceDepth { conformanceDepth = nil }
          if depth == types.last?.depth { types.removeLast() }
        }
      }
    }
    return findings
  }

  /// Whether a line opens the body of a type.
  private static func declaresType(_ line: String) -> Bool {
    let words = line.split(separator: " ").map { kind(of: $0) }
    return line.contains("{") && !line.contains("}")
      && words.contains { ["struct", "enum", "class", "actor"].contains($0) }
  }

  /// Whether a line declares a public property that is stored.
  private static func declaresStoredProperty(_ line: String) -> Bool {
    let words = line.split(separator: " ")
    return ["public var", "public let"].contains(words.prefix(2).joined(separator: " "))
      && !line.contains("{")
  }

  /// The name of what a line declares as public, with a method's first label; nil if nothing.
  private static func publicName(_ line: String) -> String? {
    guard line.contains("public ") || line.contains("open ") else { return nil }
    var words = line.split(separator: " ")[...]
    while let word = words.first, word.hasPrefix("@") { words.removeFirst() }
    guard let place = words.firstIndex(where: { kinds.contains(kind(of: $0)) }),
      words[..<place].contains(where: { $0 == "public" || $0 == "open" }),
      !words[..<place].contains("extension")
    else { return nil }
    if kind(of: words[place]) != String(words[place]) || place + 1 == words.endIndex {
      return words[place].split(separator: ":").first.map(String.init)
    }
    let next = words[place + 1]
    // `class func` and `class var`: the second word is the kind.
    if kinds.contains(String(next)), place + 2 < words.endIndex {
      return String(words[place + 2].prefix { $0 != ":" })
    }
    return String(next.prefix { $0 != ":" && $0 != ")" })
      .replacing(/\($/, with: "")
  }

  /// A word up to a parenthesis or the like: `init(from` is an `init`.
  private static func kind(of word: Substring) -> String {
    String(word.prefix { $0.isLetter })
  }

  /// Whether an extension that names a protocol begins at a line.
  private static func declaresConformance(_ code: [String], at index: Int) -> Bool {
    let words = code[index].split(separator: " ")
    guard words.prefix(while: { $0 != "{" }).contains("extension") else { return false }
    var head = ""
    for line in code[index...] {
      head += line + " "
      if line.contains("{") { break }
    }
    return head.prefix { $0 != "{" }.split(separator: " where ")[0].contains(":")
  }

  /// Whether a doc comment stands above a declaration and its attributes.
  private static func hasDocumentation(_ file: SourceFile, above index: Int) -> Bool {
    var line = index - 1
    while line >= 0 {
      let text = file.lines[line].drop(while: \.isWhitespace)
      if text.hasPrefix("///") || text.hasSuffix("*/") { return true }
      guard text.hasPrefix("@") || text.hasPrefix("#if") || text.hasPrefix("//") else {
        return false
      }
      line -= 1
    }
    return false
  }
}

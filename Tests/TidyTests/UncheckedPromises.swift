/// Promises that the compiler does not check must be argued in a comment directly above.
enum UncheckedPromises {
  /// The promise, and the word that its argument cannot do without.
  private static let promises = [
    ("@unchecked Sendable", "Sendable"),
    ("nonisolated(unsafe)", "Sendable"),
  ]

  /// Promises without an argument.
  static func findings(in files: [SourceFile]) -> [Finding] {
    files.filter(\.isSwift).flatMap { file in
      file.code.enumerated().flatMap { index, line in
        promises.filter { promise, _ in line.contains(promise) }
          .filter { _, word in !isArgued(file, above: index, word) }
          .map { promise, word in
            Finding(
              file, line: index + 1,
              "`\(promise)` without its argument: say in a comment directly above why it is "
                + "\(word) (what guards the state)")
          }
      }
    }
  }

  /// Whether the comment above a declaration, which may have begun on an earlier line, has a word.
  private static func isArgued(_ file: SourceFile, above index: Int, _ word: String) -> Bool {
    var line = index - 1
    while line >= 0, !isComment(file, line), continues(file, line) { line -= 1 }
    while line >= 0, isComment(file, line) {
      if file.lines[line].contains(word) { return true }
      line -= 1
    }
    return false
  }

  private static func isComment(_ file: SourceFile, _ line: Int) -> Bool {
    !file.lines[line].allSatisfy(\.isWhitespace) && file.code[line].allSatisfy(\.isWhitespace)
  }

  /// Whether a line of code belongs to the declaration below it: an attribute, or its first lines.
  private static func continues(_ file: SourceFile, _ line: Int) -> Bool {
    let code = file.code[line]
    return !code.allSatisfy(\.isWhitespace) && !code.contains("{") && !code.contains("}")
  }
}

/// The shape of files: short, narrow, clean, and none that only keeps a place.
enum Layout {
  static let longestFile = 300
  static let widestLine = 100

  /// Files and lines that are out of shape.
  static func findings(in files: [SourceFile]) -> [Finding] {
    files.flatMap { file in
      findings(inLinesOf: file) + (file.isSwift ? findings(inWholeOf: file) : [])
    }
  }

  private static func findings(inWholeOf file: SourceFile) -> [Finding] {
    if file.lines.count > longestFile {
      return [
        Finding(
          file, line: longestFile + 1,
          "\(file.lines.count) lines, at most \(longestFile): split it by idea")
      ]
    }
    let isEmpty = file.code.allSatisfy { $0.allSatisfy(\.isWhitespace) }
    if file.name == "Placeholder.swift" || isEmpty {
      return [Finding(file, line: 1, "keeps a place and holds nothing: write it or remove it")]
    }
    return []
  }

  private static func findings(inLinesOf file: SourceFile) -> [Finding] {
    file.lines.enumerated().flatMap { index, line in
      var advice: [String] = []
      if line.last == " " || line.last == "\t" { advice.append("ends in blanks: remove them") }
      if file.isSwift {
        if line.utf8.contains(UInt8(ascii: "\t")) {
          advice.append("holds a tab: indent with two spaces, write \\t in a string")
        }
        if line.utf8.count > widestLine, line.count > widestLine {
          advice.append("\(line.count) columns, at most \(widestLine): break the line")
        }
        if line.utf8.last == UInt8(ascii: "\r") { advice.append("ends in CR: use LF") }
      }
      return advice.map { Finding(file, line: index + 1, $0) }
    }
  }
}

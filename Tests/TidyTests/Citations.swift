import Foundation

/// Where code and pages cite a place of a page (`Rules.md#R5.2`): the place must be there.
enum Citations {
  private static let folder = "Documentation/"

  /// Citations of places that do not exist, and places that a page has twice.
  static func findings(in files: [SourceFile]) -> [Finding] {
    let pages = files.filter { $0.path.hasSuffix(".md") }
    let places = Dictionary(
      pages.map { ($0.path, anchors(of: $0)) }, uniquingKeysWith: { first, _ in first })
    let twice = pages.flatMap { page in
      let named = places[page.path] ?? []
      return Set(named.filter { name in named.count { $0 == name } > 1 }).map {
        Finding(page, line: 1, "has the anchor `\($0)` twice: name one of them otherwise")
      }
    }
    // The planted citations of these tests are none.
    let citing = files.filter { !$0.path.hasPrefix("Tests/TidyTests/") }
    return twice
      + citing.flatMap { file in
        file.lines.enumerated().flatMap { index, line in
          cited(in: line, of: file).compactMap { page, name in
            guard places[page]?.contains(name) != true else { return nil }
            return Finding(file, line: index + 1, "cites `\(page)#\(name)`, which is not there")
          }
        }
      }
  }

  /// The pages, by their path from the root, and the places in them that a line cites.
  private static func cited(in line: String, of file: SourceFile) -> [(String, String)] {
    // strstr first: it is fast, and nearly every line ends here.
    if file.path.hasSuffix(".md") {
      guard strstr(line, "](") != nil else { return [] }
      return line.matches(of: /\]\(([^)\s:#]*)#([^)\s]+)\)/).map { match in
        (match.1.isEmpty ? file.path : path(String(match.1), from: file.folder), String(match.2))
      }
    }
    guard strstr(line, ".md#") != nil else { return [] }
    return line.matches(of: /\b([A-Z][A-Za-z]*\.md)#([A-Za-z0-9][A-Za-z0-9.-]*[A-Za-z0-9])/).map {
      (folder + $0.1, String($0.2))
    }
  }

  /// A relative link's path from the root.
  private static func path(_ link: String, from folder: String) -> String {
    var parts = folder.split(separator: "/").map(String.init)
    for part in link.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }

  /// The names of a page's places: of its anchors, and of its headings as they are shown.
  private static func anchors(of page: SourceFile) -> [String] {
    var isInside = false
    return page.lines.flatMap { line -> [String] in
      if line.hasPrefix("```") { isInside.toggle() }
      if isInside { return [] }
      if line.hasPrefix("#") {
        let text = line.drop { $0 == "#" }.drop { $0 == " " }.lowercased()
        return [
          String(
            text.compactMap { character in
              if character == " " { return "-" }
              let isKept = character.isLetter || character.isNumber || "-_".contains(character)
              return isKept ? character : nil
            })
        ]
      }
      return line.matches(of: /<a id="([^"]+)">/).map { String($0.1) }
    }
  }
}

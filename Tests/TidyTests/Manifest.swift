/// The targets that Package.swift declares: the only list of who may import whom.
///
/// The manifest is read as text: a test has no package manager at hand, and the manifest keeps to
/// four ways of declaring (`library`, `tests`, `.target`, `.executableTarget`, and libraries of the
/// system).
struct Manifest {
  /// A target's name, its folder, and what it says it depends on.
  struct Target: Hashable, Sendable {
    var name: String
    var folder: String
    var dependencies: Set<String>
    /// The line of the manifest that names it.
    var line: Int
  }

  let targets: [Target]

  /// Reads the text of a manifest.
  init(_ text: String) {
    let named = Self.lists(in: text)
    targets = Self.calls(in: text).compactMap { Self.target($0, named: named) }
  }

  /// The target whose folder a file is in: the innermost one.
  func target(of file: SourceFile) -> Target? {
    targets.filter { file.isIn($0.folder) }.max { $0.folder.count < $1.folder.count }
  }

  /// Lists that have a name of their own: `let service: [Target.Dependency] = [ ... ]`.
  private static func lists(in text: String) -> [String: Set<String>] {
    var lists: [String: Set<String>] = [:]
    for match in text.matches(of: /let (\w+): \[Target\.Dependency\] = \[([^\]]*)\]/) {
      lists[String(match.1)] = strings(in: match.2)
    }
    return lists
  }

  private struct Call {
    var kind: Substring
    var arguments: Substring
    var line: Int
  }

  /// The calls that declare targets, each with all between its parentheses.
  private static func calls(in text: String) -> [Call] {
    guard let start = text.firstRange(of: "  targets: [")?.upperBound else { return [] }
    let declarations = text[start...]
    let ways = /\b(library|tests|target|executableTarget|systemLibrary)\(\s*(?:name: )?"/
    return declarations.matches(of: ways).map { match in
      let opening = text[match.range.lowerBound...].firstIndex(of: "(") ?? match.range.lowerBound
      var depth = 0
      var end = opening
      for index in text[opening...].indices {
        if text[index] == "(" { depth += 1 }
        if text[index] == ")" { depth -= 1 }
        if depth == 0 {
          end = index
          break
        }
      }
      let line = text[..<match.range.lowerBound].split(
        separator: "\n", omittingEmptySubsequences: false
      ).count
      return Call(kind: match.1, arguments: text[text.index(after: opening)..<end], line: line)
    }
  }

  private static func target(_ call: Call, named: [String: Set<String>]) -> Target? {
    let whole = call.arguments
    // What comes after is no list of targets: files that are left out, settings, packages.
    let ends = ["exclude:", "resources:", "swiftSettings:", "pkgConfig:", "cSettings:"]
      .compactMap { whole.firstRange(of: $0)?.lowerBound }
    let list = whole[..<(ends.min() ?? whole.endIndex)]
    let words = list.matches(of: /"([^"]+)"/).map { String($0.1) }
    guard let name = words.first else { return nil }
    let folder =
      call.kind == "tests"
      ? "Tests/\(name)"
      : whole.matches(of: /"((?:Services|Shared|Tests)\/[^"]+)"/)
        .first.map { String($0.1) }
    guard let folder else { return nil }
    var dependencies = Set(words.dropFirst()).subtracting([folder])
    for match in list.matches(of: /\+ (\w+)/) {
      dependencies.formUnion(named[String(match.1)] ?? [])
    }
    return Target(name: name, folder: folder, dependencies: dependencies, line: call.line)
  }

  private static func strings(in text: Substring) -> Set<String> {
    Set(text.matches(of: /"([^"]+)"/).map { String($0.1) })
  }
}

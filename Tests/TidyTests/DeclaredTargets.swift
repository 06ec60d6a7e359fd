/// Every folder with sources belongs to a target that Package.swift declares.
enum DeclaredTargets {
  /// C libraries, a module map and a header, and no sources; and what is written in C.
  private static let libraries: Set<String> = [
    "Shared/C/Zip", "Shared/C/Zlib", "Shared/C/RdKafka", "Shared/C/SQLite", "Shared/C/Network",
    "Shared/C/Seals", "Tests/Support/CYAML",
  ]

  /// Folders of sources that belong to no target, each with what compiles them instead.
  private static let compiledElsewhere = [
    "Tests/Fuzz": ".ci/fuzz, one file a fuzzer, with a sanitizer that no other build has"
  ]

  /// Sources that no declared target would compile.
  static func findings(in files: [SourceFile]) -> [Finding] {
    guard let manifest = files.first(where: { $0.path == "Package.swift" }) else { return [] }
    let declared = paths(in: manifest.lines.joined(separator: "\n"))
    let known = declared.union(compiledElsewhere.keys)
    let folders = Dictionary(
      grouping: files.filter { $0.isSwift && $0.path != manifest.path }, by: \.folder)
    let strays = folders.filter { folder, _ in
      !known.contains { folder == $0 || folder.hasPrefix($0 + "/") }
    }
    let empty = declared.filter { path in
      !libraries.contains(path) && !files.contains { $0.isSwift && $0.isIn(path) }
    }
    return strays.compactMap { folder, files in
      files.first.map {
        Finding($0, line: 1, "\(folder) is no target's: declare it in Package.swift")
      }
    }
      + empty.map {
        Finding(manifest, line: 1, "declares \($0), where there are no sources: remove the target")
      }
  }

  /// The folders that a manifest declares: literal paths, and `Tests/NAME` of `tests("NAME", ...`.
  static func paths(in manifest: String) -> Set<String> {
    var paths: Set<String> = []
    for match in manifest.matches(of: /"((?:Services|Shared|Tests)\/[A-Za-z0-9\/]+)"/) {
      paths.insert(String(match.1))
    }
    for match in manifest.matches(of: /\btests\(\s*"([A-Za-z0-9]+)"/) {
      paths.insert("Tests/\(match.1)")
    }
    return paths
  }
}

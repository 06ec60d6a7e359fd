import Foundation

/// What is wrong at one line, and what to do instead.
struct Finding: Hashable, Sendable, CustomStringConvertible {
  var path: String
  var line: Int
  var advice: String

  init(_ file: SourceFile, line: Int, _ advice: String) {
    (path, self.line, self.advice) = (file.path, line, advice)
  }

  var description: String { "\(path):\(line): \(advice)" }
}

/// A file of the repository, with its path from the root and its lines as they are and as code.
struct SourceFile: Sendable {
  let path: String
  let lines: [String]
  /// The lines with comments and the text of string literals blanked out; as they are if not Swift.
  let code: [String]

  init(path: String, text: String) {
    self.path = path
    lines = SourceFile.split(text)
    code = path.hasSuffix(".swift") ? SourceFile.split(CodeOnly.text(of: text)) : lines
  }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// Whether the file is in a folder, at any depth.
  func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

  private static func split(_ text: String) -> [String] {
    // By scalars: to Swift a CR and LF are one character, which is not a line feed.
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}

/// The repository, found from where this file stands.
struct SourceTree {
  /// Read once for all tests: it takes seconds.
  private static let shared = Result { try SourceTree() }

  /// The files of the repository.
  static func allFiles() throws -> [SourceFile] { try shared.get().files }

  /// All Swift sources, the pages of documentation, and the other text files that are written by
  /// hand.
  let files: [SourceFile]

  static let sourceFolders = ["Services", "Shared", "Tests"]
  private static let otherFiles = [
    "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Makefile", "compose.yaml",
    "Package.swift", "Documentation", ".ci",
  ]

  init() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let swift = try SourceTree.paths(in: SourceTree.sourceFolders, of: root)
      .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".md") }
    let others = try SourceTree.paths(in: SourceTree.otherFiles, of: root)
    files = try (swift + others).sorted().map { path in
      SourceFile(
        path: path,
        text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }
  }

  /// The files in folders, and those names that are files themselves.
  private static func paths(in names: [String], of root: URL) throws -> [String] {
    let manager = FileManager.default
    return try names.flatMap { name -> [String] in
      var isFolder: ObjCBool = false
      let path = root.appending(path: name).path
      guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
      guard isFolder.boolValue else { return [name] }
      return try manager.subpathsOfDirectory(atPath: path).map { "\(name)/\($0)" }
        .filter { file in
          var isInner: ObjCBool = false
          let there = manager.fileExists(
            atPath: root.appending(path: file).path, isDirectory: &isInner)
          return there && !isInner.boolValue
        }
    }
  }
}

import Foundation
import Testing

/// What a page names is there: a reader who is sent to a file finds it.
struct NamedPathsTests {
  @Test(arguments: [
    "README.md", "CONTRIBUTING.md", "SECURITY.md", "Documentation/Architecture.md",
    "Documentation/Backups.md", "Documentation/Operating.md", "Documentation/SizeLimits.md",
  ])
  func everyPathThatAPageNamesExists(_ page: String) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
    let folders = ["Services/", "Shared/", "Tests/", ".ci/"]
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    let paths = pieces.filter { piece in folders.contains { piece.hasPrefix($0) } }
    #expect(!paths.isEmpty)
    for path in paths {
      #expect(
        FileManager.default.fileExists(atPath: root.appending(path: path).path),
        "\(page) names \(path), which is not there")
    }
  }

  /// A walk says what to look for in a file: `Book+Serve.swift` (`serve`).
  @Test func whatAWalkLooksForIsInTheFile() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
    let steps = page.matches(of: /`([A-Za-z\/+]+\.swift)`\s+\(`([A-Za-z]+)`\)/)
    #expect(steps.count >= 5)
    for step in steps {
      let text = try String(contentsOf: root.appending(path: String(step.1)), encoding: .utf8)
      #expect(text.contains(" \(step.2)"), "\(step.1) has no \(step.2)")
    }
  }
}

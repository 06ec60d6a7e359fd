import Foundation
import Testing

/// What a page names is there: a reader who is sent to a file finds it.
struct NamedPathsTests {
  @Test(arguments: ["CONTRIBUTING.md", "SECURITY.md"])
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
}

import Foundation
import Testing

/// A link from one page to another leads somewhere.
struct LinksTests {
  @Test func everyRelativeLinkLeadsToAFile() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let documentation = root.appending(path: "Documentation")
    let below = try #require(FileManager.default.enumerator(atPath: documentation.path))
      .compactMap { $0 as? String }.map { documentation.appending(path: $0) }
    let beside = try FileManager.default.contentsOfDirectory(atPath: root.path)
      .map { root.appending(path: $0) }
    var links = 0
    for page in below + beside where page.pathExtension == "md" {
      let text = try String(contentsOf: page, encoding: .utf8)
      for match in text.matches(of: /\]\(([^)#:\s]+)(#[^)]*)?\)/) {
        links += 1
        let target = page.deletingLastPathComponent().appending(path: String(match.1))
        #expect(
          FileManager.default.fileExists(atPath: target.standardizedFileURL.path),
          "\(page.lastPathComponent) leads to \(match.1), which is not there")
      }
    }
    #expect(links > 20)
  }

  /// A door, and not the house.
  @Test func theReadmeIsShort() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 151)
  }

  /// The first page of the documentation lists every other, once.
  @Test func everyPageIsListed() throws {
    let documentation = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Documentation")
    let first = try String(
      contentsOf: documentation.appending(path: "README.md"), encoding: .utf8)
    let pages = try #require(FileManager.default.enumerator(atPath: documentation.path))
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".md") && $0 != "README.md" }
    #expect(pages.count > 40)
    let items = first.split(separator: "\n").filter { $0.hasPrefix("- [") }
    for page in pages {
      let count = items.count { $0.contains("](\(page))") }
      #expect(count == 1, "\(page) is listed \(count) times")
    }
  }
}

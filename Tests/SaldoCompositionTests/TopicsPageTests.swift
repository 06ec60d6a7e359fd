import EventLog
import Foundation
import Messages
import SaldoComposition
import Testing

/// The pages say of every topic how it is kept, and of no other.
struct TopicsPageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let names = Set(Topic.allCases.map(\.rawValue))

  @Test func thePageAboutKafkaHasEachWithItsSettings() throws {
    let rows = try Self.rows(of: "Kafka.md").map { $0.prefix(4).joined(separator: ", ") }
    let wanted = SystemTopics.specifications(partitions: 1).map { topic in
      [
        "`\(topic.name)`", topic.compacted ? "compacted" : "kept",
        topic.hasLogTime ? "the log's own" : "the sender's",
        Topic(rawValue: topic.name)?.isReport == true ? "readers outside" : "services",
      ].joined(separator: ", ")
    }
    #expect(rows.sorted() == wanted.sorted())
  }

  @Test func thePageAboutArchitectureHasEach() throws {
    let named = try Self.rows(of: "Architecture.md").compactMap(\.first)
    #expect(named.sorted() == Self.names.map { "`\($0)`" }.sorted())
  }

  /// A page that names a topic which is gone misleads.
  @Test func whateverAPageNamesIsATopic() throws {
    let folder = Self.root.appending(path: "Documentation")
    let pages = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.map { folder.appending(path: $0) }
    for page in pages + [Self.root.appending(path: "README.md")] {
      let text = try String(contentsOf: page, encoding: .utf8)
      for match in text.matches(of: /[^\/A-Za-z.-](saldo\.[a-z]+)\b(?![.\/(-])/) {
        let name = String(match.1)
        let isFile = [
          "saldo.conf", "saldo.json", "saldo.service", "saldo.datastage", "saldo.partes",
        ]
        .contains(name)
        #expect(isFile || Self.names.contains(name), "\(page.lastPathComponent) names \(name)")
      }
    }
  }

  /// The cells of a page's rows that begin with a topic.
  private static func rows(of page: String) throws -> [[String]] {
    let text = try String(
      contentsOf: root.appending(path: "Documentation/\(page)"), encoding: .utf8)
    return text.split(separator: "\n").filter { $0.hasPrefix("| `saldo.") }.map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty }
    }
  }
}

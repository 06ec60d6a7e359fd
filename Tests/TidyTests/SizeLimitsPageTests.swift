import Foundation
import Testing

/// The page of size limits has every limit of the files that it names, and no other.
struct SizeLimitsPageTests {
  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func limitsAndValuesAreThoseOfTheCode() throws {
    let page = try text("Documentation/SizeLimits.md")
    let sections = page.components(separatedBy: "\n### ").dropFirst()
    var files: Set<String> = []
    for section in sections {
      let match = try #require(section.firstMatch(of: /`([A-Za-z\/]+\.swift)`/), "\(section)")
      files.insert(String(match.1))
      let rows = section.matches(of: /\n\| `([A-Za-z]+)` \| ([^|]+) \|/).map {
        "\($0.1) \($0.2)"
      }
      #expect(rows == (try limits(of: String(match.1))))
    }
    // A limit in a file of its own that no section names would be missed.
    let all = try SourceTree.allFiles().map(\.path).filter {
      $0.hasSuffix("Limits.swift") && !$0.hasPrefix("Tests/") && !$0.hasPrefix("Shared/Ledger/")
    }
    #expect(files == Set(all))
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  /// The limits that a file declares, each with its value as people write it.
  private func limits(of path: String) throws -> [String] {
    try text(path).matches(
      of: /\n *public (?:static let|var) ([A-Za-z]+)(?:: [A-Za-z0-9?]+)? = ([^\n]+)/
    )
    .map { "\($0.1) \(Self.written(String($0.2)))" }
  }

  private static func written(_ value: String) -> String {
    if let match = value.firstMatch(of: /^([0-9]+) << ([123])0$/) {
      let units: [Substring: String] = ["1": "KiB", "2": "MiB", "3": "GiB"]
      return "\(match.1) \(units[match.2] ?? "")"
    }
    if let match = value.firstMatch(of: /^Duration\.seconds\(([0-9]+)\)$/) { return "\(match.1) s" }
    return value.replacing("_", with: ",")
  }
}

import Foundation
import Testing

/// Every variable of the environment that something reads is on a page, and no other.
struct VariablesPageTests {
  /// What is no variable of the environment, and what tests make up.
  private static let others = [
    "SALDO_SEALS_ASK", "SALDO_SEALS_SET", "SALDO_SEAL_BYTES", "SALDO_DATA",
  ]

  @Test func pagesHaveEveryVariableAndNoOther() throws {
    let files = try SourceTree.allFiles().filter { !$0.path.hasPrefix("Tests/TidyTests/") }
    let pages = files.filter { $0.path.hasSuffix(".md") && !$0.path.contains("/Decisions/") }
    let named = Self.variables(in: pages)
    let read = Self.variables(in: files.filter { !$0.path.hasSuffix(".md") })
      .subtracting(Self.others)
    // A property of the Kafka client is whatever follows; the pages say how.
    let missing = read.filter { name in
      !named.contains(name) && !(name.hasPrefix("SALDO_KAFKA_") && name != "SALDO_KAFKA_HOME")
    }
    #expect(missing.isEmpty, "no page has \(missing.sorted())")
    // The page of commands is made of them, with the variables of their options.
    let made = Self.variables(in: pages.filter { $0.path == "Documentation/Commands.md" })
    let gone = named.subtracting(read).subtracting(made)
    #expect(gone.isEmpty, "nothing reads \(gone.sorted())")
    #expect(named.contains("SALDO_TOKEN") && made.contains("SALDO_PORT"))
  }

  private static func variables(in files: [SourceFile]) -> Set<String> {
    var found: Set<String> = []
    for line in files.lazy.flatMap(\.lines) where strstr(line, "SALDO_") != nil {
      for match in line.matches(of: /\bSALDO_[A-Z]+(?:_[A-Z]+)*/) { found.insert(String(match.0)) }
    }
    return found
  }
}

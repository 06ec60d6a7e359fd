import Testing

/// A source with or without a fault, and the lines where the checks must see one.
struct Planted: Sendable, CustomTestStringConvertible {
  var path: String
  var text: String
  var lines: [Int]

  init(_ path: String, _ text: String, at lines: [Int]) {
    (self.path, self.text, self.lines) = (path, text, lines)
  }

  var testDescription: String {
    "\(path): \(text.prefix(60).split(separator: "\n").joined(separator: " | "))"
  }

  var files: [SourceFile] { [SourceFile(path: path, text: text)] }
}

@Suite struct PlantedViolationsTests {
  @Test(arguments: [
    Planted("Shared/Ledger/A.swift", "import Synchronization\n", at: []),
    Planted("Shared/Ledger/A.swift", "\nimport Foundation\n", at: [2]),
    Planted("Shared/Messages/A.swift", "import Ledger\nimport struct SQLite.Row\n", at: [2]),
    Planted("Shared/Messages/JSON/A.swift", "import Dispatch\n", at: [1]),
    Planted("Shared/EventLog/A.swift", "@preconcurrency import Dispatch\n", at: [1]),
    Planted("Services/Discharge/Rules/A.swift", "public import Ledger; import Logging\n", at: [1]),
    Planted("Services/Discharge/Service/A.swift", "import IngestRules\n", at: [1]),
    Planted("Services/Ingest/Service/A.swift", "import IngestRules\nimport Store\n", at: []),
    Planted("Services/Ingest/Service/A.swift", "@testable import EventLogKafka\n", at: [1]),
    Planted(
      "Services/Saldo/Commands/A.swift", "import EventLogKafka\nimport IngestService\n", at: []),
    Planted("Tests/EventLogContractTests/A.swift", "import EventLogKafka\n", at: []),
    Planted("Tests/SimulationTests/A.swift", "import EventLogKafka\n", at: [1]),
    Planted("Shared/Ledger/A.swift", "// import Foundation\nlet a = \"import SQLite\"\n", at: []),
    Planted(
      "Services/Saldo/Composition/A.swift", "import IngestService\nimport IngestRules\n", at: [2]),
    Planted("Tests/SaldoBench/A.swift", "import DischargeRules\nimport Foundation\n", at: []),
    Planted("Tests/Support/Auditor/A.swift", "import Foundation\nimport Ledger\n", at: [2]),
    Planted("Tests/Support/Harness/A.swift", "import EventLogTesting\n", at: []),
  ])
  func anImportAgainstTheArrows(_ planted: Planted) throws {
    let manifest = try #require(try SourceTree.allFiles().first { $0.path == "Package.swift" })
    expect(Arrows.findings(in: planted.files + [manifest]), planted)
  }

  @Test(arguments: [
    Planted("Shared/Ledger/A.swift", "let a: Double = 1\nlet b = Float(1)\n", at: [1, 2]),
    Planted("Services/Ingest/Rules/A.swift", "let a = [TimeInterval]()\n", at: [1]),
    Planted("Tests/SaldoBench/A.swift", "let a: Double = 1\nprint(a)\n", at: []),
    Planted("Tests/LedgerTests/A.swift", "let a: Double = 1\n", at: []),
    Planted("Shared/Ledger/A.swift", "let DoubleEntry = FloatingRow()\n", at: []),
    Planted("Shared/Ledger/A.swift", "let a = (DoubleEntry(), Double(1))\n", at: [1]),
    Planted("Shared/Ledger/A.swift", "/// No Double.\nlet a = \"Double\" /* Float */\n", at: []),
    Planted("Shared/Ledger/A.swift", "let a = \"x \\(Double(1)) y\"\n", at: [1]),
    Planted("Shared/Ledger/A.swift", "let a = #\"\\(Double(1)) \"Float\" \"#\n", at: []),
    Planted("Shared/Ledger/A.swift", "let a = \"\"\"\n  Double \"Float\"\n  \"\"\"\n", at: []),
    Planted("Shared/Store/A.swift", "let a = try! f()\nlet b = a as! Int\n", at: [1, 2]),
    Planted("Shared/Store/A.swift", "fatalError(\"no\")\nprint(1)\nreprint(1)\n", at: [1, 2]),
    Planted("Services/Saldo/Commands/A.swift", "print(1)\n", at: []),
    Planted("Services/Saldo/Sample/A.swift", "print(1)\n", at: [1]),
    Planted("Tests/Support/LogWriter/main.swift", "print(1)\n", at: []),
    Planted("Shared/Store/A.swift", "let a = DateFormatter()\n", at: [1]),
    Planted("Shared/Store/A.swift", "let a = ISO8601DateFormatter()\n", at: [1]),
    Planted("Shared/Store/A.swift", "let a = try NSRegularExpression(x)\n", at: [1]),
    Planted("Shared/Store/A.swift", "DispatchQueue.main.async {}\n", at: [1]),
    Planted("Tests/StoreTests/A.swift", "try await Task.sleep(for: .seconds(1))\n", at: [1]),
    Planted("Tests/StoreTests/A.swift", "usleep(1)\n\nnanosleep(&a, nil)\n", at: [1, 3]),
    Planted("Shared/Store/A.swift", "try await Task.sleep(for: .seconds(1))\n", at: []),
    Planted("Shared/Store/StringUtils.swift", "let a = 1\n", at: [1]),
    Planted("Shared/Store/A.swift", "enum DateUtils {}\n", at: [1]),
    Planted("Shared/Store/A.swift", "/// As RULES 4 has it.\nlet rULES = 1\n", at: [1]),
    Planted("Shared/Store/A.swift", "// TODO: later\n\n/// FIXME\n", at: [1, 3]),
    Planted("Shared/Store/A.swift", "let a = \"/tmp/x\"\nlet b = \"/work/x\"\n", at: [1, 2]),
    Planted("Shared/Store/A.swift", "let a = \"http://h/tmp/x\" + \"var/work/x\"\n", at: []),
    Planted("README.md", "Look in /tmp/saldo.\n", at: [1]),
    Planted("Shared/Store/A.swift", "/// Kept for ever.\n\n/// Kept for every reader.\n", at: [1]),
    Planted("Documentation/A.md", "Whoever waits\nfor whoever it is, hangs on.\n", at: [1, 2, 2]),
    Planted("Documentation/Decisions/0001-a.md", "Whoever waits, for ever.\n", at: [1]),
    Planted("Shared/Store/A.swift", "/// Whoever waits.\n", at: []),
  ])
  func aForbiddenWord(_ planted: Planted) {
    expect(ForbiddenWord.findings(in: planted.files), planted)
  }

  @Test(arguments: [
    Planted("Shared/A.swift", "final class A: @unchecked Sendable {}\n", at: [1]),
    Planted("Shared/A.swift", "/// A box.\nfinal class A: @unchecked Sendable {}\n", at: [2]),
    Planted(
      "Shared/A.swift", "// Sendable: the lock guards x.\nfinal class A: @unchecked Sendable {}\n",
      at: []),
    Planted(
      "Shared/A.swift", "// Sendable: a.\n\nfinal class A: @unchecked Sendable {}\n", at: [3]),
    Planted(
      "Shared/A.swift",
      "// Sendable: a let.\n// So.\n@frozen\nclass A:\n  @unchecked Sendable {}\n",
      at: []),
    Planted("Shared/A.swift", "nonisolated(unsafe) var a = 1\n", at: [1]),
    Planted("Shared/A.swift", "// Sendable: set once.\nnonisolated(unsafe) var a = 1\n", at: []),
  ])
  func aPromiseWithoutArgument(_ planted: Planted) {
    expect(UncheckedPromises.findings(in: planted.files), planted)
  }

  @Test(arguments: [
    Planted("Shared/A.swift", String(repeating: "let a = 1\n", count: 300), at: []),
    Planted("Shared/A.swift", String(repeating: "let a = 1\n", count: 301), at: [301]),
    Planted("Shared/A.swift", "let a = \"\(String(repeating: "ñ", count: 90))\"\n", at: []),
    Planted("Shared/A.swift", "\nlet a = \"\(String(repeating: "n", count: 91))\"\n", at: [2]),
    Planted("Shared/A.swift", "let a = 1 \nlet b = 2\t\n", at: [1, 2, 2]),
    Planted("Shared/A.swift", "\tlet a = 1\n", at: [1]),
    Planted("Shared/A.swift", "let a = 1\r\n", at: [1]),
    Planted("Makefile", "all:\n\tmake\n", at: []),
    Planted(".ci/run", "make \n", at: [1]),
    Planted("Shared/Placeholder.swift", "let a = 1\n", at: [1]),
    Planted("Shared/A.swift", "// later\n", at: [1]),
    Planted("Shared/A.swift", "", at: [1]),
  ])
  func aFileOutOfShape(_ planted: Planted) {
    expect(Layout.findings(in: planted.files), planted)
  }

  @Test(arguments: [
    Planted("Shared/A.swift", "/// As Rules.md#R5.2. has it (Rules.md#R9.9).\n", at: [1]),
    Planted(
      "Shared/A.swift", "/// Gone.md#R5.2\n\n// Rules.md#time-limits, Rules.md#R5.2\n", at: [1]),
    Planted(
      "Documentation/B.md", "[a](Rules.md#R5.2)\n[b](Rules.md#r52) [c](#here)\n", at: [2, 2]),
    Planted("Documentation/B.md", "# Here\n[c](#here) [d](Rules.md)\n", at: []),
    Planted("Documentation/B.md", "<a id=\"x\"></a>\n<a id=\"x\"></a>\n", at: [1]),
    Planted("README.md", "[a](Documentation/Rules.md#R5.2)\n[b](Rules.md#R5.2)\n", at: [2]),
  ])
  func aPlaceThatIsNotThere(_ planted: Planted) {
    let rules = SourceFile(
      path: "Documentation/Rules.md", text: "## Time limits\n<a id=\"R5.2\"></a>**R5.2** So.\n")
    expect(Citations.findings(in: planted.files + [rules]), planted)
  }

  private func expect(_ findings: [Finding], _ planted: Planted) {
    #expect(findings.map(\.line).sorted() == planted.lines, "\(findings)")
    #expect(findings.allSatisfy { $0.path == planted.path })
  }
}

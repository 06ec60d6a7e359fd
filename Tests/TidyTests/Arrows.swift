/// Which modules each target may import: ARCHITECTURE's arrows as a table.
enum Arrows {
  /// A target's folder, its name, and what its sources may import.
  struct Target: Sendable {
    var folder: String
    var name: String
    var imports: Set<String>

    init(_ folder: String, _ name: String, _ imports: [[String]] = []) {
      (self.folder, self.name) = (folder, name)
      self.imports = Set(imports.joined())
    }
  }

  /// What every target may import: the standard library, and how large things may be.
  static let standard: Set<String> = ["Swift", "Synchronization", "Limits"]

  private static let system = ["Foundation", "FoundationEssentials", "Glibc", "Musl", "Darwin"]
  private static let sqlite = ["SQLite"]
  private static let rules = ["Ledger", "Messages"]
  private static let service = [
    "Ledger", "Messages", "EventLog", "Store", "ServiceRuntime", "SQLite", "Foundation",
    "FoundationEssentials", "Logging",
  ]
  private static let http = ["HTTPServer"]
  private static let services = [
    "IngestService", "DischargeService", "TransferService", "ReportingService",
  ]

  /// Every target with Swift sources outside `Tests` but the executable, and those that the tests
  /// share.
  static let targets = [
    // Pure: the standard library and the values that they work on, nothing else.
    Target("Shared/Limits", "Limits"),
    Target("Shared/Ledger", "Ledger"),
    Target("Shared/Messages", "Messages", [["Ledger"]]),
    Target("Shared/EventLog", "EventLog"),
    Target("Services/Ingest/Rules", "IngestRules", [rules]),
    Target("Services/Discharge/Rules", "DischargeRules", [rules]),
    Target("Services/Transfer/Rules", "TransferRules", [rules]),
    Target("Services/Reporting/Rules", "ReportingRules", [rules]),

    // What every program needs, and that knows of none.
    Target("Shared/Logging", "Logging", [system]),
    Target("Shared/SQLite", "SQLite", [["CSQLite", "CSeals"]]),
    Target("Shared/Threads", "Threads", [system]),
    Target("Shared/HTTPServer", "HTTPServer", [["CNetwork", "Threads"], system]),
    Target("Shared/Hashing", "Hashing", [["CNetwork"]]),
    Target("Shared/Workbook", "Workbook", [["CZlib"]]),
    Target("Shared/ArgumentParser", "ArgumentParser", [system]),

    // Adapters and the shell around the cores.
    Target(
      "Shared/EventLogEmbedded", "EventLogEmbedded", [["EventLog", "Threads"], sqlite, system]),
    Target("Shared/EventLogTesting", "EventLogTesting", [["EventLog"], system]),
    Target(
      "Shared/EventLogKafka", "EventLogKafka", [["EventLog", "CRdKafka", "Logging"], system]),
    Target("Shared/Store", "Store", [["EventLog", "CSQLite", "Hashing"], sqlite, system]),
    Target(
      "Shared/ServiceRuntime", "ServiceRuntime",
      [
        ["EventLog", "Store", "Logging"], sqlite,
        http, ["Threads"], system,
      ]),
    Target("Services/Ingest/Files", "IngestFiles", [rules, ["CZip"], system]),
    Target(
      "Services/Ingest/Service", "IngestService", [["IngestRules", "IngestFiles"], service, http]),
    Target("Services/Discharge/Service", "DischargeService", [["DischargeRules"], service]),
    Target("Services/Transfer/Service", "TransferService", [["TransferRules"], service]),
    Target(
      "Services/Reporting/Service", "ReportingService",
      [["ReportingRules", "Workbook", "Hashing"], service, http]),
    Target("Services/Sample", "SampleCompany", [["Ledger", "CZip"], system]),

    // Where services meet: in one process, and on a bench.
    Target(
      "Services/System", "LocalSystem",
      [
        ["EventLog", "EventLogEmbedded", "Ledger", "ServiceRuntime", "Messages", "Logging"],
        ["Threads", "Hashing", "Store"], sqlite, services, system,
      ]),
    Target(
      "Services/Bench", "SaldoBench",
      [
        ["LocalSystem", "SampleCompany", "IngestFiles", "ArgumentParser", "Brokers"],
        ["EventLogEmbedded", "EventLogKafka", "FoundationNetworking"],
        ["DischargeRules"], services, service,
      ]),

    // What the tests share. The auditor checks the books, so it shares no code with them.
    Target("Tests/Support/Auditor", "Auditor", [system]),
    Target("Tests/Support/Brokers", "Brokers", [system]),
    Target("Tests/Support/HTTPBench", "HTTPBench", [["HTTPServer"], system]),
    Target("Tests/Support/RawHTTP", "RawHTTP", [system]),
    Target(
      "Tests/Support/WorkbookReader", "WorkbookReader", [["CZip", "FoundationXML"], system]),
    Target("Tests/Support/MockBroker", "MockBroker", [["CRdKafka"], system]),
    Target(
      "Tests/Support/GroupReader", "GroupReader",
      [["EventLog", "EventLogKafka", "Logging"], system]),
    Target("Tests/Support/JSONSchema", "JSONSchema", [system]),
    Target("Tests/Support/YAMLDocument", "YAMLDocument", [["CYAML"], system]),
    Target(
      "Tests/Support/SnapshotWriter", "SnapshotWriter", [["EventLog", "Store"], sqlite, system]),
    Target("Tests/Support/LogWriter", "LogWriter", [["EventLog", "EventLogEmbedded"], system]),
    Target(
      "Tests/Support/Harness", "Harness",
      [services, service, ["EventLogTesting", "ReportingRules"]]),
  ]

  /// The one place, with tests, where services and adapters meet.
  private static let executable = "Services/Saldo"
  /// Beside the executable, only tests of brokers may use the Kafka adapter, and the program's
  /// tests, which look into its topics.
  private static let kafkaUsers = [
    executable, "Tests/EventLogContractTests", "Tests/EventLogKafkaTests", "Tests/SaldoTests",
  ]

  /// Imports that go against an arrow, and sources of no target.
  static func findings(in files: [SourceFile]) -> [Finding] {
    files.filter(\.isSwift).flatMap { file -> [Finding] in
      if file.name == "Package.swift" { return [] }
      let imports = imports(of: file)
      if let target = targets.first(where: { file.isIn($0.folder) }) {
        let allowed = target.imports.union(standard)
        return imports.filter { !allowed.contains($0.module) }.map { line, module in
          Finding(file, line: line, advice(target, module, allowed: target.imports))
        }
      }
      guard file.isIn(executable) || file.isIn("Tests") else {
        return [
          Finding(
            file, line: 1,
            "is in no known target: add its folder, with what it may import, to Arrows.swift")
        ]
      }
      return imports.filter { $0.module == "EventLogKafka" }
        .filter { _ in !kafkaUsers.contains { file.isIn($0) } }
        .map {
          Finding(
            file, line: $0.line,
            "imports EventLogKafka: use the EventLog port; Saldo chooses the adapter")
        }
    }
  }

  private static func advice(_ target: Target, _ module: String, allowed: Set<String>) -> String {
    let services = targets.map(\.name).filter { $0.hasSuffix("Service") || $0.hasSuffix("Rules") }
    if services.contains(module) {
      return "\(target.name) imports \(module): services meet in topics; "
        + "move what both need to Ledger or Messages"
    }
    let list = allowed.isEmpty ? "no module" : allowed.sorted().joined(separator: ", ")
    return "\(target.name) imports \(module): it may import the standard library and \(list); "
      + "move the code to a target that may"
  }

  /// The modules that a file imports, with their lines.
  static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
    let kinds: Set<Substring> = [
      "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]
    let modifiers: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    return file.code.enumerated().flatMap { index, line -> [(line: Int, module: String)] in
      line.split(separator: ";").compactMap { statement in
        var words = statement.split(separator: " ")[...]
        while let word = words.first, word.hasPrefix("@") || modifiers.contains(word) {
          words.removeFirst()
        }
        guard words.first == "import" else { return nil }
        words.removeFirst()
        if let word = words.first, kinds.contains(word) { words.removeFirst() }
        guard let module = words.first?.split(separator: ".").first else { return nil }
        return (index + 1, String(module))
      }
    }
  }
}

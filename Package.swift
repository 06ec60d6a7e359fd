// swift-tools-version: 6.2
import PackageDescription

// The package stands on the Swift toolchain and on Debian's C libraries alone: nothing is fetched.
// Swift 6 language mode comes with the tools version, and warnings are errors.
//
// Across modules the optimizer sees only what is inlinable unless it is told to look: the hot path
// runs through Ledger, Messages, Rules and Service, and its generics must be specialized.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// What the shell of every service is made of. A target declares all that it imports, also where it
/// comes with another: a build that goes on from an earlier one looks at nothing else to tell
/// whether a target is out of date.
let service: [Target.Dependency] = [
  "Ledger", "Messages", "EventLog", "Store", "ServiceRuntime", "SQLite",
]

/// A library target of this package; `path` is its folder.
func library(_ name: String, _ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, path: path, swiftSettings: strict)
}

/// The tests of one target (or of one concern that spans several).
func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
    resources: resources, swiftSettings: strict)
}

let package = Package(
  name: "saldo",
  products: [.executable(name: "saldo", targets: ["SaldoCommands"])],
  targets: [
    // Shared
    library("Limits", "Shared/Limits"),
    library("Ledger", "Shared/Ledger"),
    library("Messages", "Shared/Messages", ["Ledger", "Limits"]),
    library("EventLog", "Shared/EventLog", ["Limits"]),
    library("SQLite", "Shared/SQLite", ["CSQLite", "CSeals"]),
    // Every page that is read or written goes through it, in debug builds too.
    .target(
      name: "CSeals", dependencies: ["CSQLite"], path: "Shared/C/Seals",
      cSettings: [.unsafeFlags(["-O2"])]),
    .systemLibrary(
      name: "CNetwork", path: "Shared/C/Network", pkgConfig: "openssl",
      providers: [.apt(["libssl-dev"])]),
    library("Threads", "Shared/Threads"),
    library("HTTPServer", "Shared/HTTPServer", ["CNetwork", "Threads"]),
    library("Hashing", "Shared/Hashing", ["CNetwork"]),
    library("ArgumentParser", "Shared/ArgumentParser"),
    library("Logging", "Shared/Logging"),
    library("EventLogEmbedded", "Shared/EventLogEmbedded", ["EventLog", "SQLite", "Threads"]),
    library("EventLogTesting", "Shared/EventLogTesting", ["EventLog"]),
    .systemLibrary(
      name: "CSQLite", path: "Shared/C/SQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]),
    library("Store", "Shared/Store", ["EventLog", "CSQLite", "SQLite", "Hashing"]),
    library(
      "ServiceRuntime", "Shared/ServiceRuntime",
      ["EventLog", "Store", "SQLite", "Logging", "HTTPServer", "Threads", "Limits"]),
    .systemLibrary(
      name: "CRdKafka", path: "Shared/C/RdKafka", pkgConfig: "rdkafka",
      providers: [.apt(["librdkafka-dev"])]),
    library(
      "EventLogKafka", "Shared/EventLogKafka", ["EventLog", "CRdKafka", "Logging", "Limits"]),
    .systemLibrary(
      name: "CZip", path: "Shared/C/Zip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),

    .systemLibrary(
      name: "CZlib", path: "Shared/C/Zlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    library("Workbook", "Shared/Workbook", ["CZlib"]),

    // Services
    library("IngestRules", "Services/Ingest/Rules", ["Ledger", "Messages"]),
    library("IngestFiles", "Services/Ingest/Files", ["Ledger", "Messages", "CZip"]),
    library(
      "IngestService", "Services/Ingest/Service",
      ["IngestRules", "IngestFiles", "HTTPServer", "Logging", "Limits"] + service),
    library("DischargeRules", "Services/Discharge/Rules", ["Ledger", "Messages"]),
    library(
      "DischargeService", "Services/Discharge/Service", ["DischargeRules", "Limits"] + service),
    library("TransferRules", "Services/Transfer/Rules", ["Ledger", "Messages"]),
    library("TransferService", "Services/Transfer/Service", ["TransferRules"] + service),
    library("ReportingRules", "Services/Reporting/Rules", ["Ledger", "Messages"]),
    library(
      "ReportingService", "Services/Reporting/Service",
      ["ReportingRules", "Workbook", "HTTPServer", "Hashing", "Logging"] + service),
    library("SaldoSample", "Services/Saldo/Sample", ["Ledger", "CZip"]),
    library(
      "SaldoComposition", "Services/Saldo/Composition",
      [
        "IngestService", "DischargeService", "TransferService", "ReportingService",
        "EventLog", "EventLogEmbedded", "Ledger", "Messages", "ServiceRuntime", "Logging",
        "Threads", "SQLite", "Hashing", "Store",
      ]),
    .executableTarget(
      name: "SaldoCommands",
      dependencies: [
        "SaldoComposition", "IngestService", "IngestFiles", "ReportingService", "ReportingRules",
        "SaldoSample", "TransferService", "EventLog", "EventLogKafka", "Messages",
        "ServiceRuntime", "Store", "Ledger", "ArgumentParser", "Logging", "HTTPServer", "SQLite",
        "Workbook",
      ],
      path: "Services/Saldo/Commands", swiftSettings: strict),

    // Tests
    library(
      "Harness", "Tests/Support/Harness",
      [
        "IngestService", "DischargeService", "TransferService", "ReportingService",
        "ReportingRules", "EventLogTesting",
      ] + service),
    .executableTarget(
      name: "LogWriter", dependencies: ["EventLog", "EventLogEmbedded"],
      path: "Tests/Support/LogWriter",
      swiftSettings: strict),
    library("Brokers", "Tests/Support/Brokers"),
    .executableTarget(
      name: "MockBroker", dependencies: ["CRdKafka"], path: "Tests/Support/MockBroker",
      swiftSettings: strict),
    .executableTarget(
      name: "GroupReader", dependencies: ["EventLog", "EventLogKafka", "Logging"],
      path: "Tests/Support/GroupReader", swiftSettings: strict),
    .executableTarget(
      name: "SnapshotWriter", dependencies: ["Store", "EventLog", "SQLite"],
      path: "Tests/Support/SnapshotWriter", swiftSettings: strict),
    tests("LimitsTests", ["Limits"]),
    library("JSONSchema", "Tests/Support/JSONSchema"),
    tests("JSONSchemaTests", ["JSONSchema"]),
    tests("LoggingTests", ["Logging"]),
    tests("ArgumentParserTests", ["ArgumentParser"]),
    tests("YAMLDocumentTests", ["YAMLDocument"]),
    // Only tests read YAML.
    .systemLibrary(
      name: "CYAML", path: "Tests/Support/CYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"])]),
    library("YAMLDocument", "Tests/Support/YAMLDocument", ["CYAML"]),
    tests(
      "AsyncAPITests",
      [
        "YAMLDocument", "JSONSchema", "Harness", "SaldoComposition", "IngestService",
        "DischargeService", "TransferService", "ReportingService",
      ] + service),
    // Shares no code with the books it checks: it must keep depending on nothing.
    library("Auditor", "Tests/Support/Auditor"),
    tests(
      "AcceptanceTests",
      [
        "Auditor", "Harness", "IngestFiles", "EventLog", "EventLogTesting", "Ledger", "Messages",
        "ReportingRules", "ReportingService", "SaldoSample", "WorkbookReader",
      ],
      exclude: ["Golden", "Scenarios"]),
    tests("LedgerTests", ["Ledger"]),
    tests("SQLiteTests", ["SQLite", "CSQLite", "CSeals"]),
    tests("MessagesTests", ["Ledger", "Messages", "JSONSchema"]),
    tests(
      "EventLogContractTests",
      [
        "EventLog", "EventLogEmbedded", "EventLogKafka", "EventLogTesting", "Brokers", "LogWriter",
        "MockBroker", "SQLite", "Logging",
      ]),
    tests(
      "EventLogKafkaTests",
      [
        "EventLog", "EventLogKafka", "EventLogTesting", "Brokers", "MockBroker", "GroupReader",
        "CRdKafka", "Logging",
      ]),
    tests(
      "IngestFilesTests", ["IngestFiles", "Ledger", "Messages", "CZip"],
      resources: [.copy("Fixtures")]),
    tests("SaldoSampleTests", ["SaldoSample", "IngestFiles", "Ledger", "CZip"]),
    tests(
      "IngestRulesTests", ["IngestRules", "Auditor", "EventLogTesting", "Ledger", "Messages"]),
    tests(
      "IngestServiceTests",
      ["IngestService", "IngestFiles", "Harness", "HTTPServer", "Logging"] + service),
    tests("DischargeRulesTests", ["DischargeRules", "Ledger", "Messages"]),
    tests("DischargeServiceTests", ["DischargeService", "DischargeRules", "Limits"] + service),
    tests(
      "StoreTests",
      ["Brokers", "EventLogTesting", "SnapshotWriter", "Logging", "Limits"] + service),
    tests(
      "ReportingServiceTests",
      [
        "ReportingService", "ReportingRules", "EventLogTesting", "Auditor", "HTTPServer",
        "JSONSchema", "Logging", "WorkbookReader",
      ] + service),
    tests("TransferRulesTests", ["TransferRules", "Auditor", "Ledger", "Messages"]),
    tests("TransferServiceTests", ["TransferService"] + service),
    tests(
      "SimulationTests",
      [
        "Harness", "Auditor", "EventLogTesting", "ReportingRules", "ReportingService",
        "SaldoSample", "SaldoComposition", "Logging",
      ] + service),
    tests(
      "SaldoTests",
      [
        "SaldoCommands", "IngestService", "IngestFiles", "Auditor", "Brokers", "ServiceRuntime",
        "EventLog",
        "EventLogKafka", "SaldoComposition", "YAMLDocument", "ArgumentParser", "Logging",
        "HTTPServer",
        "RawHTTP", "EventLogEmbedded", "EventLogTesting", "Threads", "SQLite", "HTTPBench",
        "WorkbookReader", "ReportingRules", "ReportingService",
      ],
      exclude: ["Field/cases", "Field/cases.json", "Fixtures"]),
    tests(
      "SaldoCompositionTests",
      [
        "SaldoComposition", "IngestService", "ReportingService", "ReportingRules", "Auditor",
        "EventLogEmbedded", "EventLogTesting", "HTTPServer", "Logging", "Threads",
      ] + service),
    .executableTarget(
      name: "SaldoBench",
      dependencies: [
        "SaldoComposition", "DischargeRules", "DischargeService", "IngestFiles", "ReportingService",
        "SaldoSample", "EventLogEmbedded", "EventLogKafka", "IngestService", "TransferService",
        "Brokers", "ArgumentParser", "Logging",
      ] + service,
      path: "Tests/SaldoBench", exclude: ["Quix"], swiftSettings: strict),
    library("RawHTTP", "Tests/Support/RawHTTP"),
    tests("HashingTests", ["Hashing"]),
    // Shares no code with what writes them.
    library("WorkbookReader", "Tests/Support/WorkbookReader", ["CZip"]),
    tests("WorkbookTests", ["Workbook", "WorkbookReader"]),
    tests("HTTPServerTests", ["HTTPServer", "RawHTTP", "CNetwork"]),
    .executableTarget(
      name: "HTTPBench", dependencies: ["HTTPServer"], path: "Tests/Support/HTTPBench",
      swiftSettings: strict),
    tests("TidyTests", []),
  ]
)

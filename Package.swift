// swift-tools-version: 6.2
import PackageDescription

// Swift 6 language mode comes with the tools version; warnings are errors in our targets only,
// because the command line's switch would reach the dependencies too.
//
// Across modules the optimizer sees only what is inlinable unless it is told to look: the hot path
// runs through Ledger, Messages, Rules and Service, and its generics must be specialized.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
/// What the shell of every service is made of. A target declares all that it imports, also where it
/// comes with another: a build that goes on from an earlier one looks at nothing else to tell
/// whether a target is out of date.
let service: [Target.Dependency] = [
  "Ledger", "Messages", "EventLog", "Store", "ServiceRuntime", grdb, grdbSQLite,
]
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let lifecycleSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle")

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
  products: [.executable(name: "saldo", targets: ["Saldo"])],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Shared
    library("Ledger", "Shared/Ledger"),
    library("Messages", "Shared/Messages", ["Ledger"]),
    library("EventLog", "Shared/EventLog"),
    library("EventLogEmbedded", "Shared/EventLogEmbedded", ["EventLog", grdb, grdbSQLite]),
    library("EventLogTesting", "Shared/EventLogTesting", ["EventLog"]),
    .systemLibrary(
      name: "CSQLiteSetup", path: "Shared/CSQLiteSetup", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]),
    library("Store", "Shared/Store", ["EventLog", "CSQLiteSetup", grdb, grdbSQLite]),
    library(
      "ServiceRuntime", "Shared/ServiceRuntime",
      ["EventLog", "Store", grdb, logging, hummingbird]),
    .systemLibrary(
      name: "CRdKafka", path: "Shared/CRdKafka", pkgConfig: "rdkafka",
      providers: [.apt(["librdkafka-dev"])]),
    library("EventLogKafka", "Shared/EventLogKafka", ["EventLog", "CRdKafka", logging]),
    .systemLibrary(
      name: "CZip", path: "Shared/CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),

    // Services
    library("IngestRules", "Services/Ingest/Rules", ["Ledger", "Messages"]),
    library("IngestFiles", "Services/Ingest/Files", ["Ledger", "Messages", "CZip"]),
    library(
      "IngestService", "Services/Ingest/Service",
      ["IngestRules", "IngestFiles", hummingbird, logging] + service),
    library("DischargeRules", "Services/Discharge/Rules", ["Ledger", "Messages"]),
    library("DischargeService", "Services/Discharge/Service", ["DischargeRules"] + service),
    library("TransferRules", "Services/Transfer/Rules", ["Ledger", "Messages"]),
    library("TransferService", "Services/Transfer/Service", ["TransferRules"] + service),
    library("ReportingRules", "Services/Reporting/Rules", ["Ledger", "Messages"]),
    library("ReportingService", "Services/Reporting/Service", ["ReportingRules"] + service),
    library("SampleCompany", "Services/Sample", ["Ledger", "CZip"]),
    library(
      "LocalSystem", "Services/System",
      [
        "IngestService", "DischargeService", "TransferService", "ReportingService",
        "EventLog", "EventLogEmbedded", "Ledger", "Messages", "ServiceRuntime", logging,
      ]),
    .executableTarget(
      name: "Saldo",
      dependencies: [
        "LocalSystem", "IngestService", "IngestFiles", "ReportingService", "ReportingRules",
        "SampleCompany", "TransferService", "EventLog", "EventLogKafka", "Messages",
        "ServiceRuntime", "Store", "Ledger", arguments, logging, hummingbird, lifecycle,
        lifecycleSignals,
      ],
      path: "Services/Saldo", swiftSettings: strict),

    // Tests
    library(
      "Harness", "Tests/Support/Harness",
      [
        "IngestService", "DischargeService", "TransferService", "ReportingService",
        "EventLogTesting",
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
      name: "GroupReader", dependencies: ["EventLog", "EventLogKafka", logging],
      path: "Tests/Support/GroupReader", swiftSettings: strict),
    .executableTarget(
      name: "SnapshotWriter", dependencies: ["Store", "EventLog", grdb],
      path: "Tests/Support/SnapshotWriter", swiftSettings: strict),
    library("JSONSchema", "Tests/Support/JSONSchema"),
    tests("JSONSchemaTests", ["JSONSchema"]),
    // Only tests read YAML.
    library(
      "YAMLDocument", "Tests/Support/YAMLDocument", [.product(name: "Yams", package: "Yams")]),
    tests(
      "AsyncAPITests",
      [
        "YAMLDocument", "JSONSchema", "Harness", "LocalSystem", "IngestService",
        "DischargeService", "TransferService", "ReportingService",
      ] + service),
    // Shares no code with the books it checks: it must keep depending on nothing.
    library("Auditor", "Tests/Support/Auditor"),
    tests(
      "AcceptanceTests",
      [
        "Auditor", "Harness", "IngestFiles", "EventLog", "EventLogTesting", "Messages",
        "SampleCompany",
      ],
      exclude: ["Scenarios"]),
    tests("LedgerTests", ["Ledger"]),
    tests("MessagesTests", ["Ledger", "Messages", "JSONSchema"]),
    tests(
      "EventLogContractTests",
      [
        "EventLog", "EventLogEmbedded", "EventLogKafka", "EventLogTesting", "Brokers", "LogWriter",
        "MockBroker", grdb, logging,
      ]),
    tests(
      "EventLogKafkaTests",
      [
        "EventLog", "EventLogKafka", "EventLogTesting", "Brokers", "MockBroker", "GroupReader",
        "CRdKafka", logging,
      ]),
    tests("IngestFilesTests", ["IngestFiles", "CZip"], resources: [.copy("Fixtures")]),
    tests("SampleCompanyTests", ["SampleCompany", "IngestFiles", "Ledger", "CZip"]),
    tests("IngestRulesTests", ["IngestRules", "Ledger", "Messages"]),
    tests("IngestServiceTests", ["IngestService", "Harness"] + service),
    tests("DischargeRulesTests", ["DischargeRules", "Ledger", "Messages"]),
    tests("DischargeServiceTests", ["DischargeService"] + service),
    tests("StoreTests", ["Brokers", "EventLogTesting", "SnapshotWriter", logging] + service),
    tests("ReportingServiceTests", ["ReportingService", "ReportingRules"] + service),
    tests("TransferRulesTests", ["TransferRules", "Auditor", "Ledger", "Messages"]),
    tests("TransferServiceTests", ["TransferService"] + service),
    tests(
      "SimulationTests",
      [
        "Harness", "Auditor", "EventLogTesting", "Ledger", "Messages", "ReportingRules",
        "ReportingService", "SampleCompany",
      ]),
    tests(
      "SaldoTests",
      [
        "Saldo", "IngestService", "IngestFiles", "Auditor", "Brokers", "ServiceRuntime", "EventLog",
        "EventLogKafka", "LocalSystem", "YAMLDocument", arguments, logging,
      ]),
    tests(
      "LocalSystemTests",
      [
        "LocalSystem", "IngestService", "ReportingService", "Auditor", "EventLogTesting", "Ledger",
        "EventLog", logging,
      ]),
    .executableTarget(
      name: "SaldoBench",
      dependencies: [
        "LocalSystem", "DischargeRules", "DischargeService", "IngestFiles", "ReportingService",
        "SampleCompany", "EventLogEmbedded", "EventLogKafka", "IngestService", "TransferService",
        "Brokers", arguments, logging,
      ] + service,
      path: "Services/Bench", exclude: ["Quix"], swiftSettings: strict),
    tests("TidyTests", []),
  ]
)

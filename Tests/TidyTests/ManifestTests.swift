import Testing

/// The manifest is read as it is, and what it declares keeps the laws.
@Suite struct ManifestTests {
  private static let text = """
    let service: [Target.Dependency] = [
      "Ledger", "Store",
    ]
    func library(_ name: String, _ path: String) -> Target { .target(name: name, path: path) }
    let package = Package(
      name: "saldo",
      products: [.executable(name: "saldo", targets: ["SaldoCommands"])],
      targets: [
        library("Ledger", "Shared/Ledger"),
        library("DischargeRules", "Services/Discharge/Rules", ["Ledger"]),
        library(
          "IngestService", "Services/Ingest/Service", ["IngestRules"] + service),
        .systemLibrary(
          name: "CZip", path: "Shared/C/Zip", pkgConfig: "libzip", providers: [.apt(["z"])]),
        .executableTarget(
          name: "SaldoCommands", dependencies: ["IngestService"], path: "Services/Saldo/Commands"),
        tests("LedgerTests", ["Ledger"], exclude: ["Golden"]),
      ])
    """

  @Test func whatIsDeclaredIsRead() {
    let targets = Manifest(Self.text).targets
    #expect(
      targets.map(\.name) == [
        "Ledger", "DischargeRules", "IngestService", "CZip", "SaldoCommands", "LedgerTests",
      ])
    #expect(
      targets.map(\.folder) == [
        "Shared/Ledger", "Services/Discharge/Rules", "Services/Ingest/Service", "Shared/C/Zip",
        "Services/Saldo/Commands", "Tests/LedgerTests",
      ])
    #expect(
      targets.map(\.dependencies) == [
        [], ["Ledger"], ["IngestRules", "Ledger", "Store"], [], ["IngestService"], ["Ledger"],
      ])
    #expect(targets.first?.line == 9)
  }

  @Test(arguments: [
    ("IngestService", "Services/Ingest/Service", ["DischargeRules"]),
    ("IngestService", "Services/Ingest/Service", ["SaldoCommands"]),
    ("IngestService", "Services/Ingest/Service", ["LedgerTests"]),
    ("IngestFiles", "Services/Ingest/Service", []),
    ("Store", "Shared/Store", ["IngestService"]),
    ("Ledger", "Shared/Ledger", ["CZip"]),
    ("TransferRules", "Services/Transfer/Rules", ["IngestService"]),
    ("Auditor", "Tests/Support/Auditor", ["Ledger"]),
    ("IngestService", "Services/Ingest/Service", ["EventLogKafka"]),
  ])
  func aLawIsHeld(_ name: String, _ folder: String, _ dependencies: [String]) {
    let target = Manifest.Target(
      name: name, folder: folder, dependencies: Set(dependencies), line: 1)
    #expect(!Arrows.lawsBroken(by: target, in: Manifest(Self.text)).isEmpty)
  }

  @Test func whatKeepsTheLawsIsLetBe() {
    let manifest = Manifest(Self.text)
    for target in manifest.targets { #expect(Arrows.lawsBroken(by: target, in: manifest).isEmpty) }
  }
}

import Foundation
import JSONSchema
import Messages
import Testing

/// Every topic says in `schemas/` what is on it.
@Suite struct TopicSchemaTests {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "schemas")

  private static let catalog = [
    "immex.company.v1", "immex.plant.v1", "immex.part.v1", "immex.bom.v1",
    "immex.submanufacturer.v1", "immex.party.v1",
  ]
  private static let documents = [
    "immex.pedimento.v1", "immex.destruction.v1", "immex.destructionNotice.v1",
    "immex.submanufacture.v1",
    "saldo.datastage.v1", "saldo.partes.v1",
    // Moves between plants are documents.
    "immex.stock.v1",
  ]
  private static let decisions = ["immex.transfer.decision.v1"]
  /// What is rejected as soon as it is read.
  private static let notes = ["saldo.file.v1"]
  private static let withdrawals = ["immex.withdrawal.v1"]
  /// What others refer to.
  private static let shared: Set<String> = ["envelope", "messages", "values"]

  private static func schemas(of topic: Topic) -> [String] {
    switch topic {
    case .inbound: catalog + documents + decisions + withdrawals + notes
    case .documents: catalog + documents + withdrawals + ["documents-note"]
    case .sides: ["transfer-side"]
    case .transfers: ["transfer-state"]
    case .settings: ["setting-fact"]
    case .movements: ["movement"]
    case .ledger: ["ledger-entry"]
    case .records: ["document-record"]
    case .catalog: catalog
    case .rejected: ["rejected-event"]
    case .report:
      [
        "report-posting", "report-shortage", "report-receipt", "report-exit", "report-move",
        "report-submanufacture",
      ]
    case .balances: ["report-balance"]
    }
  }

  @Test(arguments: Topic.allCases) func theSchemasOfATopicAreThere(topic: Topic) throws {
    for name in Self.schemas(of: topic) {
      let data = try Data(contentsOf: Self.folder.appending(path: "\(name).json"))
      let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(
        schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema", "\(name)")
      #expect((schema["examples"] as? [Any])?.isEmpty == false, "\(name) has no examples")
      _ = try JSONSchema(directory: Self.folder, file: "\(name).json")
    }
  }

  @Test func everySchemaIsOfATopic() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
      .filter { $0 != "asyncapi.yaml" }
    let known = Set(Topic.allCases.flatMap(Self.schemas)).union(Self.shared)
    #expect(Set(files) == Set(known.map { "\($0).json" }))
  }
}

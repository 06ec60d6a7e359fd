import DischargeService
import Foundation
import IngestService
import Messages
import ReportingService
import SaldoComposition
import ServiceRuntime
import Testing
import TransferService
import YAMLDocument

/// The AsyncAPI document says what the code does: every topic, every stage, every schema.
@Suite struct AsyncAPITests {
  private let api: AsyncAPI

  init() throws { api = try AsyncAPI() }

  static let stages =
    IngestService.stages() + DischargeService.stages() + TransferService.stages()
    + ReportingService.stages(publishing: true)

  @Test func theDocumentIsAsyncAPI3() {
    let root = api.document.root
    #expect(root["asyncapi"].text == "3.0.0")
    #expect(root["info"]["title"].text == "Saldo" && !root["info"]["version"].isMissing)
    #expect(root["servers"].members.values.allSatisfy { $0["protocol"].text == "kafka" })
    let known: Set = [
      "asyncapi", "info", "defaultContentType", "servers", "channels", "operations", "components",
    ]
    #expect(Set(root.members.keys) == known)
  }

  @Test func everyReferenceLeadsSomewhere() throws {
    func check(_ value: YAMLValue, _ path: String) throws {
      switch value {
      case .map(let map):
        if let reference = map["$ref"]?.text {
          if reference.hasPrefix("#") {
            #expect(!api.document.resolve(value).isMissing, "\(path): \(reference)")
          } else {
            #expect(try Self.exists(reference), "\(path): \(reference)")
          }
        }
        for (name, member) in map { try check(member, "\(path)/\(name)") }
      case .list(let list):
        for (index, element) in list.enumerated() { try check(element, "\(path)/\(index)") }
      default: break
      }
    }
    try check(api.document.root, "#")
  }

  /// Whether `./file.json#/pointer` is there.
  private static func exists(_ reference: String) throws -> Bool {
    let parts = reference.split(separator: "#", maxSplits: 1)
    let data = try Data(contentsOf: AsyncAPI.folder.appending(path: parts[0]))
    var value: Any? = try JSONSerialization.jsonObject(with: data)
    for name in parts.dropFirst().first?.split(separator: "/") ?? [] {
      value = (value as? [String: Any])?[String(name)]
    }
    return value != nil
  }

  @Test func everyTopicIsAChannel() {
    #expect(Set(api.channels.map(\.address)) == Set(Topic.allCases.map(\.rawValue)))
    for channel in api.channels {
      #expect("saldo." + channel.name == channel.address)
    }
  }

  @Test(arguments: Topic.allCases) func aTopicIsMadeAsItsChannelSays(topic: Topic) throws {
    let channel = try #require(api.channels.first { $0.address == topic.rawValue })
    let partitions = topic.hasOnePartition ? 1 : LocalSystem.defaultPartitions
    #expect(channel.kafka["partitions"] == .integer(Int(partitions)))
    #expect(channel.kafka["replicas"] == .integer(3))
    let settings = channel.kafka["topicConfiguration"]
    #expect(settings["cleanup.policy"].texts == [topic.isCompacted ? "compact" : "delete"])
    // What is not compacted is kept forever.
    #expect(settings["retention.ms"] == (topic.isCompacted ? .missing : .integer(-1)))
  }

  @Test func everyStageIsItsOperations() {
    var expected: [String: AsyncAPI.Operation] = [:]
    let names = Dictionary(
      uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, String($0.rawValue.dropFirst(6))) })
    for stage in Self.stages {
      let name = "\(stage.service).\(stage.name)"
      expected["\(name).receive"] = .init(
        action: "receive", channel: names[stage.input] ?? "", group: stage.group)
      for output in stage.outputs {
        let channel = names[output] ?? ""
        expected["\(name).send.\(channel)"] = .init(action: "send", channel: channel)
      }
    }
    #expect(api.operations.mapValues(\.operation) == expected)
  }

  @Test func anOperationIsLimitedToMessagesOfItsChannel() {
    for (name, (operation, messages)) in api.operations {
      let channel = api.channels.first { $0.name == operation.channel }
      #expect(Set(messages).isSubset(of: Set(channel?.messages.map(\.name) ?? [])), "\(name)")
      let listed = api.document.root["operations"][name]["messages"].elements.count
      #expect(messages.count == listed, "\(name) lists a message of another channel")
    }
  }

  @Test func everyMessageIsOfAChannelAndHasAKeyAndAPayload() {
    let components = api.document.root["components"]["messages"].members.keys
    #expect(Set(components) == Set(api.channels.flatMap { $0.messages.map(\.name) }))
    for message in api.channels.flatMap(\.messages) {
      #expect(message.hasKey, "\(message.name)")
      #expect(message.isEmpty != !message.payload.isEmpty, "\(message.name)")
    }
  }

  @Test func everySchemaIsAMessages() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: AsyncAPI.folder.path)
      .filter { $0.hasSuffix(".json") }
    let shared: Set = ["envelope.json", "messages.json", "values.json"]
    let payloads = api.channels.flatMap(\.messages).flatMap(\.payload)
    let used = payloads.map { String($0.prefix { $0 != "#" }.dropFirst(2)) }
    #expect(Set(used) == Set(files).subtracting(shared))
  }

  @Test func bothModesOfEventsAreToldWithEveryType() throws {
    let inbound = try #require(api.channels.first { $0.address == Topic.inbound.rawValue })
    let structured = try #require(inbound.messages.first { $0.name == "structuredEvent" })
    let binary = try #require(inbound.messages.first { $0.name == "binaryEvent" })
    #expect(structured.contentType == "application/cloudevents+json")
    #expect(structured.payload.map { $0 + "#/$defs/data" } == binary.payload)
    let types = structured.payload.map { String($0.dropFirst(2).dropLast(5)) }
    #expect(binary.headers["properties"]["ce_type"]["enum"].texts == types)
    #expect(
      binary.headers["required"].texts == ["ce_specversion", "ce_id", "ce_source", "ce_type"])
  }
}

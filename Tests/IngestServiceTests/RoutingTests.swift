import EventLog
import Harness
import Messages
import Testing

/// Whoever sends an event, in whichever mode and with whatever key: it reaches its partition.
@Suite struct RoutingTests {
  /// An event and where it belongs. The partitions were computed apart from this code, with
  /// murmur2 as Kafka's Java client has it, over twelve partitions.
  struct Place: Sendable, CustomTestStringConvertible {
    var event: String
    var topic: Topic
    var key: String
    var partition: Int32

    var testDescription: String { "\(topic.rawValue) \(key)" }
  }

  static let places = [
    Place(
      event: pedimento(rfc: "XEXX010101000"), topic: .documents, key: "XEXX010101000",
      partition: 4),
    Place(
      event: pedimento(rfc: "XAXX010101000"), topic: .documents, key: "XAXX010101000",
      partition: 3),
    Place(
      event: pedimento(rfc: "ÑUÑ010203AB1"), topic: .documents, key: "ÑUÑ010203AB1", partition: 5),
    Place(event: act, topic: .documents, key: "XEXX010101000", partition: 4),
    Place(event: move, topic: .documents, key: "XEXX010101000", partition: 4),
    Place(event: stock("MTY-1", "PN-1"), topic: .movements, key: "MTY-1|PN-1", partition: 1),
    Place(event: stock("QRO-1", "PN-1"), topic: .movements, key: "QRO-1|PN-1", partition: 2),
    Place(event: stock("MTY-1", "PN-2"), topic: .movements, key: "MTY-1|PN-2", partition: 8),
    Place(event: stock("MTY-1", ""), topic: .rejected, key: "/erp/mty|e-1", partition: 4),
  ]

  static let keys: [[UInt8]] = [
    [], Array("MTY-1".utf8), Array("XAXX010101000".utf8), [0], Array("e-1".utf8),
    [UInt8](repeating: 0xFF, count: 300),
  ]

  @Test(arguments: places) func everyKeyAndModeLeadsToThePlace(_ place: Place) throws {
    for key in Self.keys {
      for record in try Self.records(place.event, key: key) {
        let sent = try IntakeStage().send([record])
        #expect(sent.map(\.topic) == [place.topic.rawValue])
        #expect(sent.map(\.key) == [place.key])
        #expect(sent.map(\.partition) == [place.partition])
      }
    }
  }

  @Test func theCatalogueGoesToEveryPartition() throws {
    for record in try Self.records(Self.plant, key: Array("k".utf8)) {
      let sent = try IntakeStage().send([record])
      #expect(sent.map(\.topic) == Array(repeating: Topic.documents.rawValue, count: 12))
      #expect(sent.map(\.partition) == Array(0..<12))
      #expect(Set(sent.map(\.key)) == ["plant|MTY-1"])
    }
  }

  @Test func stockIsTheSameMovementInBothModes() throws {
    let sent = try IntakeStage().send(Self.records(Self.stock("MTY-1", "PN-1"), key: []))
    #expect(sent.count == 2)
    #expect(sent.first?.value == sent.last?.value)
  }

  @Test func anEventInBinaryModeIsForwardedInStructuredMode() throws {
    let sent = try IntakeStage().send([
      Record(binaryMode: Array(Self.act.utf8), timestamp: 7)
    ])
    var decoder = EventDecoder()
    for text in [Self.act, try #require(sent.first?.value)] {
      let event = try Array(text.utf8).withUnsafeBytes { try decoder.decode($0) }
      #expect(event.id == "e-1" && event.source == "/erp/mty" && event.type.hasSuffix("n.v1"))
    }
  }

  @Test func aRecordThatCannotBeReadIsRejectedWholeWithItsIdentity() throws {
    var record = try Record(binaryMode: Array(Self.act.utf8), timestamp: 7)
    record.headers[0].value = Array("application/x-protobuf".utf8)
    record.value = [0x0A, 0xFF]
    let sent = try #require(try IntakeStage().send([record]).first)
    #expect(sent.topic == Topic.rejected.rawValue && sent.key == "/erp/mty|e-1")
    var reader = MessageReader<RejectedEvent>()
    let rejected = try Array(sent.value.utf8).withUnsafeBytes { try reader.read($0) }
    #expect(rejected.code == .contentTypeUnsupported && rejected.field == "content-type")
    #expect(rejected.id == "e-1" && rejected.source == "/erp/mty" && rejected.received == 7)
    #expect(rejected.event.contains(#""data_base64":"Cv8=""#))
    #expect(rejected.event.contains(#""datacontenttype":"application/x-protobuf""#))
  }

  @Test func aRecordOfNothingIsRejected() throws {
    let sent = try IntakeStage().send([
      Record(key: [], value: nil, timestamp: 0),
      Record(key: [], value: nil, headers: [.init(name: "ce_id", value: [])], timestamp: 0),
    ])
    #expect(sent.map(\.topic) == [Topic.rejected.rawValue, Topic.rejected.rawValue])
  }

  /// The event in structured and in binary mode.
  private static func records(_ event: String, key: [UInt8]) throws -> [Record] {
    [
      Record(key: key, value: Array(event.utf8), timestamp: 5),
      try Record(binaryMode: Array(event.utf8), key: key, timestamp: 5),
    ]
  }
}

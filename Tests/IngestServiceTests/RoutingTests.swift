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

  /// Where an event stands in a file goes with it, and is no part of what it says.
  @Test func thePlaceInAFileGoesWithTheEvent() throws {
    let place = EventPlace(file: "a \"b\"\\ñ.ndjson/1_501.asc", line: 17)
    let header = Record.Header(name: "\(EventPlace.header)", value: place.headerValue)
    func sent(_ event: String) throws -> String {
      let record = Record(key: [], value: Array(event.utf8), headers: [header], timestamp: 3)
      return try #require(try IntakeStage().send([record]).first).value
    }
    for event in [Self.act, Self.plant] {
      let (found, original) = EventPlace.taken(from: Array(try sent(event).utf8))
      #expect(found == place)
      #expect(original == Array(event.utf8))
      var decoder = EventDecoder()
      let plain = try Array(event.utf8).withUnsafeBytes { try decoder.decode($0) }
      let marked = try Array(try sent(event).utf8).withUnsafeBytes { try decoder.decode($0) }
      #expect(plain.fingerprint == marked.fingerprint)
    }
    var reader = MessageReader<RejectedEvent>()
    let rejected = try Array(try sent("{}").utf8).withUnsafeBytes { try reader.read($0) }
    #expect(rejected.file == place.file && rejected.line == 17 && rejected.event == "{}")
  }

  @Test func dataInBase64GoesOnAsJSON() throws {
    let data = #"{"rfc":"XEXX010101000","name":"Ñ","immexProgram":"1"}"#
    let event = { (member: String) in
      #"{"specversion":"1.0","id":"e","source":"/s","type":"immex.company.v1","#
        + #""time":"2026-01-02T09:00:00Z",\#(member)}"#
    }
    let encoded = Self.base64(Array(data.utf8))
    for text in [encoded, String(encoded.prefix { $0 != "=" })] {
      let sent = try IntakeStage().send([
        Record(key: [], value: Array(event(#""data_base64":"\#(text)""#).utf8), timestamp: 0)
      ])
      #expect(sent.first?.value == event(#""data":\#(data)"#))
    }
    for member in [
      #""data_base64":"***""#, #""data_base64":5"#, #""data_base64":"eHg=""#,
      #""data":{},"data_base64":"e30=""#,
    ] {
      let sent = try IntakeStage().send([
        Record(key: [], value: Array(event(member).utf8), timestamp: 0)
      ])
      var reader = MessageReader<RejectedEvent>()
      let text = try #require(sent.first).value
      let rejected = try Array(text.utf8).withUnsafeBytes { try reader.read($0) }
      #expect(rejected.code == .dataMalformed, "\(member)")
      #expect(rejected.event == event(member))
    }
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var text = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 {
        text.append(place <= part.count ? digits[bits >> (18 - 6 * place) & 63] : "=")
      }
    }
    return text
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

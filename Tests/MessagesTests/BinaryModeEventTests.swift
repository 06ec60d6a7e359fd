import Foundation
import JSONSchema
import Testing

@testable import Messages

/// CloudEvents in Kafka's binary mode become the events that they are.
@Suite struct BinaryModeEventTests {
  @Test(arguments: SampleEvents.all) func anEventIsTheSameInBothModes(text: String) throws {
    let structured = try decode(text)
    let binary = try Self.taken(BinaryRecord(text))
    #expect(binary.source == structured.source && binary.id == structured.id)
    #expect(binary.type == structured.type && binary.time == structured.time)
    #expect(binary.fingerprint == structured.fingerprint)
    #expect(binary.version == structured.version)
  }

  @Test(arguments: MalformedRecord.all)
  func malformedRecordsAreRejected(record: MalformedRecord) throws {
    #expect {
      try Self.taken(record.headers, record.value)
    } throws: { error in
      let rejection = error as? Rejection
      #expect(rejection?.code == record.code)
      #expect(rejection?.field == record.field)
      return rejection != nil
    }
  }

  @Test(arguments: MalformedRecord.all)
  func whatIsRejectedIsKeptWhole(record: MalformedRecord) throws {
    let text = try #require(Self.structured(record.headers, record.value)).text
    let kept = try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    for (name, value) in record.headers {
      let attribute = name == "content-type" ? "datacontenttype" : String(name.dropFirst(3))
      let texts = [kept[attribute], kept[name]].compactMap { $0 as? String }
      let read = String(validating: value, as: UTF8.self) ?? "\u{FF}\u{E9}"
      let isRepeated = record.headers.filter { $0.name.hasSuffix(name.dropFirst(3)) }.count > 1
      #expect(texts.contains(read) || isRepeated, "\(name)")
    }
    guard let value = record.value, !value.isEmpty else {
      #expect(kept["data"] == nil && kept["data_base64"] == nil)
      return
    }
    if let base64 = kept["data_base64"] as? String {
      #expect(Data(base64Encoded: base64) == Data(value))
    } else {
      let data = try JSONSerialization.jsonObject(with: Data(value), options: .fragmentsAllowed)
      #expect((kept["data"] as? NSObject) == (data as? NSObject))
    }
  }

  @Test func oneHeaderTwiceIsInTheTextTwice() throws {
    var record = BinaryRecord(SampleEvents.plant)
    record.headers.append(("ce_id", Array("e-2".utf8)))
    let text = try #require(Self.structured(record.headers, record.value)).text
    let kept = String(decoding: text, as: UTF8.self)
    #expect(kept.contains(#""id":"e-1""#) && kept.contains(#""id":"e-2""#))
  }

  static let contentTypes = [
    "application/json", "APPLICATION/JSON", "application/json; charset=utf-8",
    "application/json;charset=\"UTF-8\"", "application/vnd.immex.plant+json", "text/json",
  ]

  @Test(arguments: contentTypes) func jsonHasManyNames(type: String) throws {
    for name in ["content-type", "Content-Type", "ce_datacontenttype"] {
      var record = BinaryRecord(SampleEvents.plant)
      record.headers[0] = (name, Array(type.utf8))
      #expect(try Self.taken(record).id == "e-1", "\(name)")
    }
  }

  @Test func theContentTypeMayBeMissingAndOtherHeadersAreNoPartOfTheEvent() throws {
    var record = BinaryRecord(SampleEvents.plant)
    record.headers.removeFirst()
    record.headers += [("traceparent", [0xFF]), ("traceparent", []), ("ce", [])]
    record.headers.append(("ce_traceparent", Array("00-1-2-03".utf8)))
    #expect(try Self.taken(record).fingerprint == decode(SampleEvents.plant).fingerprint)
  }

  static let structured: [[(name: String, value: String)]] = [
    [], [("traceparent", "00")], [("content-type", "application/json")],
    [("content-type", "application/cloudevents+json")],
    [("Content-Type", "Application/CloudEvents+JSON; charset=UTF-8")],
    // The binding lets a structured event repeat its attributes as headers.
    [("content-type", "application/cloudevents+json"), ("ce_id", "other")],
  ]

  @Test(arguments: structured.indices) func otherRecordsAreStructured(index: Int) {
    let headers = Self.structured[index].map { (name: $0.name, value: Array($0.value.utf8)) }
    #expect(Self.structured(headers, Array(SampleEvents.plant.utf8)) == nil)
  }

  @Test(arguments: 0..<12) func bytesOfEveryLengthAreKept(length: Int) throws {
    let value = (0..<length).map { UInt8(truncatingIfNeeded: 0xFF - 37 * $0) }
    let text = try #require(Self.structured([("ce_id", [])], value)).text
    let kept = try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    let base64 = kept["data_base64"] as? String
    #expect(base64.flatMap { Data(base64Encoded: $0) } == (length == 0 ? nil : Data(value)))
  }

  private static func structured(
    _ headers: [BinaryModeEvent.Header], _ value: [UInt8]?
  ) -> (text: [UInt8], fault: Rejection?)? {
    guard let value else { return BinaryModeEvent(headers: headers, value: nil)?.structured() }
    return value.withUnsafeBytes { BinaryModeEvent(headers: headers, value: $0)?.structured() }
  }

  private static func taken(_ record: BinaryRecord) throws -> InboundEvent {
    try taken(record.headers, record.value)
  }

  /// The event that intake reads.
  private static func taken(
    _ headers: [BinaryModeEvent.Header], _ value: [UInt8]?
  ) throws -> InboundEvent {
    let event = try #require(structured(headers, value), "is taken for a structured event")
    if let fault = event.fault { throw fault }
    var decoder = EventDecoder()
    return try event.text.withUnsafeBytes { try decoder.decode($0) }
  }
}

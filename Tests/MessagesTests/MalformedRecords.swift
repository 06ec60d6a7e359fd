import Testing

@testable import Messages

/// A record in binary mode with one thing wrong, and what is said about it.
struct MalformedRecord: Sendable, CustomTestStringConvertible {
  var headers: [(name: String, value: [UInt8])]
  var value: [UInt8]?
  var code: RejectionCode
  var field: String

  /// A plant's record in which headers are replaced (nil: left out), added, or its value is.
  init(
    _ changes: [String: String?] = [:], adding more: [(String, [UInt8])] = [],
    value: [UInt8]?? = .some(plant.value), _ code: RejectionCode, _ field: String
  ) {
    var headers = Self.plant.headers.compactMap { header -> (name: String, value: [UInt8])? in
      guard let change = changes[header.name] else { return header }
      return change.map { (header.name, Array($0.utf8)) }
    }
    headers += more.map { (name: $0.0, value: $0.1) }
    self.headers = headers
    self.value = value ?? nil
    self.code = code
    self.field = field
  }

  var testDescription: String { "\(code.rawValue) \(field)" }

  static let plant = BinaryRecord(SampleEvents.plant)

  private static let long = String(repeating: "x", count: 257)
  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  static let all: [MalformedRecord] = [
    // The attributes are held to what a structured event's are held to.
    .init(["ce_specversion": nil], .fieldMissing, "specversion"),
    .init(["ce_specversion": "0.3"], .eventVersion, "specversion"),
    .init(["ce_specversion": ""], .eventVersion, "specversion"),
    .init(["ce_id": nil], .fieldMissing, "id"),
    .init(["ce_id": ""], .textMalformed, "id"),
    .init(["ce_id": long], .textMalformed, "id"),
    .init(["ce_id": "a\u{0}b"], .textMalformed, "id"),
    .init(["ce_id": "a\",\"id\":\"b\n"], .textMalformed, "id"),
    .init(["ce_source": nil], .fieldMissing, "source"),
    .init(["ce_source": " /erp"], .textMalformed, "source"),
    .init(["ce_type": nil], .fieldMissing, "type"),
    .init(["ce_type": "immex.plant.v2"], .typeUnknown, "type"),
    .init(["ce_type": "immex.part.v1"], .fieldMissing, "data.part"),
    .init(["ce_time": nil], .fieldMissing, "time"),
    .init(["ce_time": "2026-03-05"], .instantMalformed, "time"),
    .init(["ce_time": "1989-12-31T18:00:00Z"], .dateOutOfRange, "time"),
    // Headers that are no attributes.
    .init(adding: [("ce_id", text("e-1"))], .headerMalformed, "ce_id"),
    .init(adding: [("ce_Source", text("/erp"))], .headerMalformed, "ce_Source"),
    .init(adding: [("ce_", text("x"))], .headerMalformed, "ce_"),
    .init(adding: [("ce_data", text("{}"))], .headerMalformed, "ce_data"),
    .init(adding: [("ce_data_base64", text("e30="))], .headerMalformed, "ce_data_base64"),
    .init(adding: [("ce_trace parent", text("x"))], .headerMalformed, "ce_trace parent"),
    .init(adding: [("ce_subject", [0xFF, 0xE9])], .headerMalformed, "ce_subject"),
    .init(
      adding: [("content-type", text("application/json"))], .headerMalformed, "content-type"),
    .init(
      adding: [("ce_datacontenttype", text("application/json"))], .headerMalformed,
      "ce_datacontenttype"),
    // What the data is said to be.
    .init(["content-type": "application/xml"], .contentTypeUnsupported, "content-type"),
    .init(["content-type": "text/plain"], .contentTypeUnsupported, "content-type"),
    .init(["content-type": "json"], .contentTypeUnsupported, "content-type"),
    .init(["content-type": ""], .contentTypeUnsupported, "content-type"),
    .init(
      ["content-type": "application/json; charset=utf-16"], .contentTypeUnsupported,
      "content-type"),
    .init(
      ["content-type": "application/cloudevents+avro"], .contentTypeUnsupported, "content-type"),
    .init(
      ["content-type": "application/cloudevents-batch+json"], .contentTypeUnsupported,
      "content-type"),
    .init(
      ["content-type": "application/cloudevents+json; charset=latin1"], .contentTypeUnsupported,
      "content-type"),
    // The data.
    .init(value: .some(nil), .fieldMissing, "data"),
    .init(value: [], .fieldMissing, "data"),
    .init(value: text("null"), .fieldMissing, "data"),
    .init(value: text("[]"), .fieldType, "data"),
    .init(value: text("{}"), .fieldMissing, "data.plant"),
    .init(value: text("{"), .jsonMalformed, "data"),
    .init(value: text(#"{},"id":"other""#), .jsonMalformed, "data"),
    .init(value: text("\u{FEFF}{}"), .jsonMalformed, "data"),
    .init(value: [0x7B, 0xFF, 0x7D], .jsonMalformed, "data"),
    .init(value: [0, 0, 0, 0, 1], .jsonMalformed, "data"),
  ]
}

/// A structured event as a record of Kafka carries it in binary mode.
struct BinaryRecord: Sendable {
  var headers: [(name: String, value: [UInt8])] = [("content-type", Array("application/json".utf8))]
  var value: [UInt8]?

  /// Takes a structured event apart: a string's header is its text, any other's its JSON.
  init(_ event: String) {
    var tape = JSONTape()
    let parts = try? Array(event.utf8).withUnsafeBytes { bytes in
      try tape.read(bytes) { root in
        var parts: [(String, [UInt8])] = []
        root.forEachMember { name, value in
          let isData = name.string == "data"
          let text = isData ? Array(value.source) : Array((value.string ?? "").utf8)
          parts.append((name.string ?? "", text))
        }
        return parts
      }
    }
    for (name, text) in parts ?? [] {
      if name == "data" { value = text } else { headers.append(("ce_" + name, text)) }
    }
  }
}

/// What a `content-type` header says: `type/subtype; charset=…`, compared without regard to case.
struct MediaType {
  /// `type/subtype` in small letters.
  private let name: String
  /// The charset in small letters; nil if none is named.
  private let charset: String?

  init(_ bytes: [UInt8]) {
    let parts = String(decoding: bytes, as: UTF8.self).lowercased().split(
      separator: ";", omittingEmptySubsequences: false)
    name = Self.trimmed(parts.first ?? "")
    charset = parts.dropFirst().lazy.map { Self.trimmed($0) }
      .first { $0.hasPrefix("charset=") }
      .map { $0.dropFirst("charset=".count).filter { $0 != "\"" } }
  }

  /// Whether it stands for a CloudEvent in some event format, or for several.
  var isCloudEvents: Bool { name.hasPrefix("application/cloudevents") }

  /// Whether it stands for one CloudEvent in the JSON event format.
  var isJSONEventFormat: Bool {
    (name == "application/cloudevents" || name == "application/cloudevents+json") && isUTF8
  }

  /// Whether it stands for an array of CloudEvents in the JSON event format.
  var isJSONBatchFormat: Bool {
    (name == "application/cloudevents-batch" || name == "application/cloudevents-batch+json")
      && isUTF8
  }

  /// Whether it is JSON, in the one encoding that JSON has.
  var isJSON: Bool {
    guard let slash = name.firstIndex(of: "/"), !isCloudEvents else { return false }
    let subtype = name[name.index(after: slash)...]
    return (subtype == "json" || subtype.hasSuffix("+json")) && isUTF8
  }

  private var isUTF8: Bool { charset.map { ["utf-8", "utf8", "us-ascii"].contains($0) } ?? true }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }
}

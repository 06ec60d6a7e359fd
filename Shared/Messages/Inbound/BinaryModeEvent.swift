/// A CloudEvent as a record of Kafka carries it in binary mode: each attribute is a header with the
/// prefix `ce_`, `content-type` is that of the data, and the value is the data.
///
/// Beyond intake there is one form only: ``structured()`` gives the event as the JSON format has
/// it, so that one event is the same event whichever mode its sender chose.
public struct BinaryModeEvent {
  /// A header: its name, and its bytes as the sender chose to write them.
  public typealias Header = (name: String, value: [UInt8])

  private let headers: [Header]
  private let data: UnsafeRawBufferPointer?

  static let prefix = "ce_"
  static let contentType = "content-type"

  /// The event of a record; nil if the record carries a structured one.
  ///
  /// As the Kafka binding has it, a content type that begins with `application/cloudevents` means
  /// structured mode. So does a record without any `ce_` header: producers need not say what they
  /// send. An event format other than JSON cannot be read, and is told as a fault of the headers.
  ///
  /// - Parameter value: the record's value, nil if it has none; it must outlive this event.
  public init?(headers: [Header], value: UnsafeRawBufferPointer?) {
    let type = headers.first { Self.isContentType($0.name) }.map { MediaType($0.value) }
    if let type, type.isCloudEvents {
      if type.isJSONEventFormat { return nil }
    } else if !headers.contains(where: { $0.name.hasPrefix(Self.prefix) }) {
      return nil
    }
    self.headers = headers
    data = value
  }

  /// The event in structured mode, and what is wrong with its headers or its data as such.
  ///
  /// The text is whole also where something is wrong: a header that is no attribute keeps its name
  /// with the prefix, bytes that are not UTF-8 are read as Latin-1, and data that is not JSON is in
  /// `data_base64`.
  public func structured() -> (text: [UInt8], fault: Rejection?) {
    var text: [UInt8] = [UInt8(ascii: "{")]
    text.reserveCapacity(256 + (data?.count ?? 0))
    var fault: Rejection?
    var seen: Set<String> = []
    for header in headers {
      guard let name = Self.attribute(header.name) else { continue }
      let value = String(validating: header.value, as: UTF8.self)
      let isAttribute = Self.isAttribute(name)
      let isFirst = seen.insert(name).inserted
      let kept = value ?? String(latin1: header.value)
      if value == nil || !isAttribute || !isFirst {
        fault = fault ?? Rejection(.headerMalformed, field: header.name, value: kept)
      }
      Self.append(isAttribute ? name : header.name, kept, to: &text)
      if name == "datacontenttype", value != nil, !MediaType(header.value).isJSON {
        fault = fault ?? Rejection(.contentTypeUnsupported, field: header.name, value: kept)
      }
    }
    if let data, data.count > 0 {
      if let error = Self.append(data: data, to: &text) { fault = fault ?? error }
    }
    text.append(UInt8(ascii: "}"))
    return (text, fault)
  }

  /// The attribute that a header stands for; nil for any other header, which is no part of the
  /// event.
  private static func attribute(_ header: String) -> String? {
    if isContentType(header) { return "datacontenttype" }
    return header.hasPrefix(prefix) ? String(header.dropFirst(prefix.count)) : nil
  }

  /// Kafka compares names of headers byte by byte, and HTTP's producers write this one as they
  /// please.
  private static func isContentType(_ header: String) -> Bool {
    header.utf8.count == contentType.utf8.count && header.lowercased() == contentType
  }

  /// Whether a name may be an attribute's: small letters and digits, and not what the binding keeps
  /// elsewhere.
  private static func isAttribute(_ name: String) -> Bool {
    !name.isEmpty && name != "data"
      && name.utf8.allSatisfy {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
      }
  }

  private static func append(_ name: String, _ value: String, to text: inout [UInt8]) {
    if text.count > 1 { text.append(UInt8(ascii: ",")) }
    text.append(jsonString: name)
    text.append(UInt8(ascii: ":"))
    text.append(jsonString: value)
  }

  /// Appends the data as it stands where it is one JSON value, so that it cannot end the member
  /// that it is put into.
  private static func append(
    data: UnsafeRawBufferPointer, to text: inout [UInt8]
  ) -> Rejection? {
    if text.count > 1 { text.append(UInt8(ascii: ",")) }
    var tape = JSONTape()
    do throws(JSONSyntaxError) {
      try tape.parse(data)
    } catch {
      text.append(json: #""data_base64":""#)
      text.append(base64: data)
      text.append(UInt8(ascii: "\""))
      return Rejection(
        .jsonMalformed, field: "data", value: "byte \(error.offset): expected \(error.expected)")
    }
    text.append(json: #""data":"#)
    text.append(contentsOf: data)
    return nil
  }
}

extension String {
  /// Bytes of no known encoding, each as the character of its number.
  public init(latin1 bytes: some Sequence<UInt8>) {
    self.init(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}

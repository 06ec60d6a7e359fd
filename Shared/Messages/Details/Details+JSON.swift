import Ledger

extension Details: MemberReadable {
  /// Appends them as an object of texts, its keys in order.
  public func write(to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    for name in Name.allCases {
      guard let text = self[name] else { continue }
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      bytes.append(jsonString: name.rawValue)
      bytes.append(json: ":", text)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  init(_ members: inout MemberReader) throws(MessageError) {
    self.init()
    try members.eachText { key, text in
      if let name = Name(rawValue: key) { self[name] = text }
    }
  }
}

extension Details: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    var texts: [String: String] = [:]
    for name in Name.allCases { texts[name.rawValue] = self[name] }
    try container.encode(texts)
  }

  public init(from decoder: any Decoder) throws {
    self.init()
    let texts = try decoder.singleValueContainer().decode([String: String].self)
    for (key, text) in texts {
      if let name = Name(rawValue: key) { self[name] = text }
    }
  }
}

extension Details {
  /// The details of a text that ``write(to:)`` made.
  ///
  /// - Throws: ``MessageError``.
  public init(json text: UnsafeRawBufferPointer) throws(MessageError) {
    var tape = JSONTape()
    do throws(JSONSyntaxError) {
      try tape.parse(text)
    } catch {
      throw MessageError(field: "", what: "byte \(error.offset): expected \(error.expected)")
    }
    self = try tape.withRoot(of: text) { (root) throws(MessageError) in try Details(json: root) }
  }

  /// The details of a text that ``text`` made; none where there is no text.
  ///
  /// - Throws: ``MessageError``.
  public init(text: String?) throws(MessageError) {
    self.init()
    guard var text else { return }
    var failure: MessageError?
    text.withUTF8 { bytes in
      do throws(MessageError) {
        self = try Details(json: UnsafeRawBufferPointer(bytes))
      } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Their canonical form; nil where nothing is said.
  public var text: String? {
    guard !isEmpty else { return nil }
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

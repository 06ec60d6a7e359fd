/// How a post carries CloudEvents, as their HTTP binding has it.
public enum HTTPEventMode: Sendable, Equatable {
  /// One event or several, as JSON.
  case structured
  /// One event: its attributes are `ce-` headers, its data is the body.
  case binary
  /// In an event format that is not read.
  case unsupported

  /// The mode of a post with these headers.
  ///
  /// Posts that say neither, such as NDJSON, are structured: senders need not say what they send.
  public init(headers: [(name: String, value: String)]) {
    let type = headers.first { $0.name.lowercased() == BinaryModeEvent.contentType }
      .map { MediaType(Array($0.value.utf8)) }
    if let type, type.isCloudEvents {
      self = type.isJSONEventFormat || type.isJSONBatchFormat ? .structured : .unsupported
    } else {
      let isEvent = headers.contains { $0.name.lowercased() == "ce-specversion" }
      self = isEvent ? .binary : .structured
    }
  }
}

extension BinaryModeEvent {
  /// The event of a post in binary mode; nil if there is none. Headers are read as Kafka's are:
  /// their names in small letters, with an underscore behind the prefix.
  ///
  /// - Parameter body: the data; it must outlive this event.
  public init?(posted headers: [(name: String, value: String)], body: UnsafeRawBufferPointer) {
    let read = headers.map { header -> Header in
      let name = header.name.lowercased()
      guard name.hasPrefix("ce-") else { return (name, Array(header.value.utf8)) }
      return (Self.prefix + name.dropFirst(3), Self.decoded(header.value))
    }
    self.init(headers: read, value: body.isEmpty ? nil : body)
  }

  /// What a header's value stands for: quotes around it go, and `%` stands before the number of a
  /// byte.
  private static func decoded(_ value: String) -> [UInt8] {
    var text = Array(value.utf8)
    let quote = UInt8(ascii: "\"")
    if text.count > 1, text.first == quote, text.last == quote {
      text = unquoted(text[1..<text.count - 1])
    }
    var decoded: [UInt8] = []
    var index = 0
    while index < text.count {
      if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
        let byte = UInt8(String(decoding: text[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(text[index])
        index += 1
      }
    }
    return decoded
  }

  private static func unquoted(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var (plain, isEscaped): ([UInt8], Bool) = ([], false)
    for byte in text {
      if byte == UInt8(ascii: "\\"), !isEscaped {
        isEscaped = true
      } else {
        plain.append(byte)
        isEscaped = false
      }
    }
    return plain
  }
}

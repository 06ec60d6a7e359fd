@testable import HTTPServer

/// Conversations: requests with their bodies one after the other, as a connection reads them. The
/// same must be read whether the bytes come together or in parts, and what is taken must be what a
/// simple reading of the head says.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = input(start, count)
  let whole = Conversation.read([bytes[...]])
  let parted = Conversation.read(Parts.of(bytes))
  precondition(whole == parted, "read differently in parts:\n\(whole)\n\(parted)")
  return 0
}

/// Reads what a client sent.
private struct Conversation {
  private static let limits: ServerLimits = {
    var limits = ServerLimits()
    (limits.requestLine, limits.head, limits.headers) = (80, 400, 6)
    return limits
  }()

  private var bytes: [UInt8] = []
  private var start = 0
  private var scanner = HeadScanner(limits: Self.limits)
  private var decoder: ChunkDecoder?
  private var left: Int64 = 0
  private var body: [UInt8] = []
  private var said: [String] = []

  /// What was read, in words.
  static func read(_ parts: [ArraySlice<UInt8>]) -> [String] {
    var conversation = Conversation()
    do throws(HTTPError) {
      for part in parts {
        conversation.bytes += part
        while try conversation.step() {}
      }
      conversation.said.append("waits \(conversation.scanner.hasBegun) \(conversation.body)")
    } catch {
      conversation.said.append("\(error)")
    }
    return conversation.said
  }

  /// Whether there may be more to read.
  private mutating func step() throws(HTTPError) -> Bool {
    if decoder != nil || left > 0 { return try readBody() }
    guard let found = try scanner.head(in: bytes[start...]) else { return false }
    scanner = HeadScanner(limits: Self.limits)
    start = found.upperBound
    let head = try RequestHead(bytes[found], limits: Self.limits)
    SimpleReading.check(head, Array(bytes[found]))
    said.append("\(head.method) \(head.target) \(head.framing) \(head.keepsAlive)")
    switch head.framing {
    case .none: break
    case .length(let length): left = length
    case .chunked: decoder = ChunkDecoder()
    }
    return true
  }

  private mutating func readBody() throws(HTTPError) -> Bool {
    guard start < bytes.count else { return false }
    if var decoder {
      start += try decoder.take(bytes[start...], into: &body)
      self.decoder = decoder.isDone ? nil : decoder
    } else {
      let count = Int(min(left, Int64(bytes.count - start)))
      body += bytes[start..<(start + count)]
      (start, left) = (start + count, left - Int64(count))
    }
    if decoder == nil, left == 0 {
      said.append("body \(body)")
      body = []
    }
    return true
  }
}

/// A head as it is read by splitting text, which shares no code with the parser.
private enum SimpleReading {
  static func check(_ head: RequestHead, _ bytes: [UInt8]) {
    for (index, byte) in bytes.enumerated() {
      precondition(byte >= 0x20 && byte != 0x7F || [0x09, 0x0A, 0x0D].contains(byte), "a control")
      precondition(byte != 0x0A || index > 0 && bytes[index - 1] == 0x0D, "a bare line feed")
      precondition(byte != 0x0D || bytes[index + 1] == 0x0A, "a bare return")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      preconditionFailure("no text")
    }
    let lines = text.unicodeScalars.split(separator: "\n").map { String($0.dropLast()) }.dropLast()
    let first = lines[0].unicodeScalars.split(separator: " ").map { String($0) }
    precondition(first.count == 3 && first[0].utf8.elementsEqual(head.method.description.utf8))
    precondition(first[2] == (head.isHTTP10 ? "HTTP/1.0" : "HTTP/1.1"))
    var fields: [(name: String, value: String)] = []
    for line in lines.dropFirst() {
      let colon = line.unicodeScalars.firstIndex(of: ":") ?? line.startIndex
      let name = line.unicodeScalars[..<colon].map { String($0).lowercased() }.joined()
      let value = String(line.unicodeScalars[colon...].dropFirst())
      precondition(!name.isEmpty && !name.contains { $0.isWhitespace }, "name \(name)")
      fields.append((name, value.trimmingBlanks()))
    }
    let lengths = fields.filter { $0.name == "content-length" }.map(\.value)
    let codings = fields.filter { $0.name == "transfer-encoding" }.map(\.value)
    precondition(lengths.count + codings.count <= 1, "two lengths")
    precondition(!head.isHTTP10 || codings.isEmpty, "a coding in HTTP/1.0")
    let isChunked = codings.first.map { Array($0.lowercased().utf8) == Array("chunked".utf8) }
    precondition(isChunked != false && (isChunked == true) == (head.framing == .chunked), "coding")
    if case .length(let length) = head.framing { precondition(lengths == ["\(length)"], "length") }
    let hosts = fields.filter { $0.name == "host" }
    precondition(hosts.count == 1 || head.isHTTP10 && hosts.isEmpty, "hosts")
    precondition(head.headers.fields.count - fields.count <= (hosts.isEmpty ? 1 : 0), "headers")
    for (field, other) in zip(head.headers.fields, fields) {
      precondition(field.value.utf8.elementsEqual(other.value.utf8), "value \(field) \(other)")
    }
    let closes = fields.filter { $0.name == "connection" }.flatMap {
      $0.value.split(separator: ",")
    }
    .contains { String($0).trimmingBlanks().lowercased() == "close" }
    precondition(head.keepsAlive == !(closes || head.isHTTP10), "keeps alive")
  }
}

extension String {
  fileprivate func trimmingBlanks() -> String {
    var scalars = unicodeScalars[...]
    while let first = scalars.first, first == " " || first == "\t" { scalars.removeFirst() }
    while let last = scalars.last, last == " " || last == "\t" { scalars.removeLast() }
    return String(scalars)
  }
}

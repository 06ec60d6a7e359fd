/// A response as it comes in.
struct ClientResponse {
  private var input: [UInt8] = []
  private var status: Status?
  private var headers = Headers()
  private var body: [UInt8] = []
  private let isWithoutBody: Bool

  init(isWithoutBody: Bool) { self.isWithoutBody = isWithoutBody }

  /// Waits for a word about the body, for as long as the socket has patience; returns whether it is
  /// to be sent.
  mutating func isAskedFor(_ socket: ClientSocket) throws(ClientError) -> Bool {
    while true {
      if let status = try takeHead() {
        guard status.code < 200 else { return false }
        // 100: go on. There may be others of its kind, of which nothing follows.
        self.status = nil
        return true
      }
      guard let bytes = try socket.receive() else { return true }
      guard !bytes.isEmpty else { throw ClientError("the server closed without an answer") }
      input += bytes
    }
  }

  /// Takes all of it.
  ///
  /// - Parameter limit: the most bytes of a body.
  mutating func take(_ socket: ClientSocket, atMost limit: Int) throws(ClientError) {
    while status == nil {
      if let found = try takeHead() {
        if found.code < 200 { status = nil }
        continue
      }
      guard let bytes = try socket.receive() else {
        throw ClientError("the server did not answer in time")
      }
      guard !bytes.isEmpty else { throw ClientError("the server closed without an answer") }
      input += bytes
    }
    if isWithoutBody || status?.isWithoutBody == true { return }
    var decoder = headers[.transferEncoding] == nil ? nil : ChunkDecoder()
    let length = headers[.contentLength].flatMap { Int($0) }
    while true {
      if decoder != nil {
        do {
          _ = try decoder?.take(input[...], into: &body)
        } catch {
          throw ClientError("the answer is malformed: \(error.message)")
        }
        if decoder?.isDone == true { return }
      } else {
        body += input
        if let length, body.count >= length { return }
      }
      input = []
      guard body.count <= limit else { throw ClientError("the answer is too long") }
      guard let bytes = try socket.receive() else {
        throw ClientError("the answer did not come to its end in time")
      }
      if bytes.isEmpty {
        guard decoder == nil, length == nil else {
          throw ClientError("the answer was cut short")
        }
        return
      }
      input = bytes
    }
  }

  func answer() throws(ClientError) -> HTTPClient.Answer {
    guard let status else { throw ClientError("the server closed without an answer") }
    return .init(status: status, headers: headers, body: body)
  }

  /// The status, once the head is there.
  private mutating func takeHead() throws(ClientError) -> Status? {
    guard let end = Self.end(of: input) else {
      guard input.count <= 64 << 10 else { throw ClientError("the answer is not HTTP") }
      return nil
    }
    let lines = input[..<end].split(separator: ASCII.lineFeed).map { line in
      String(decoding: line.last == ASCII.carriageReturn ? line.dropLast() : line, as: UTF8.self)
    }
    let words = (lines.first ?? "").split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let code = Int(words[1]) else {
      throw ClientError("the answer is not HTTP")
    }
    headers = Headers()
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " }
      headers.append(HeaderName(String(line[..<colon])), String(value))
    }
    input.removeSubrange(..<end)
    status = Status(code: code, reason: words.count > 2 ? words[2] : "")
    return status
  }

  /// The index behind a head's empty line.
  private static func end(of bytes: [UInt8]) -> Int? {
    let mark: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + 4)].elementsEqual(mark) }
      .map { $0 + 4 }
  }
}

import Glibc

/// Sends requests to one server, each over a connection of its own: what commands need that talk to
/// running services. Its calls block, so they are for threads of a command's own.
public struct HTTPClient: Sendable {
  /// Where the server is.
  public var site: Site
  /// The token to send; nil for none. It goes to that server and nowhere else.
  public var token: String?
  /// How long to wait for the other side at most, at a time.
  public var patience = Duration.seconds(60)
  /// Told how many bytes of the body have been sent, now and then; from the thread that sends.
  public var progress: (@Sendable (Int64) -> Void)?

  /// A client of a server.
  public init(_ site: Site, token: String? = nil) { (self.site, self.token) = (site, token) }

  /// What is sent.
  public enum Body: Sendable {
    /// Nothing.
    case none
    /// Bytes.
    case bytes([UInt8])
    /// The bytes of a file.
    case file(String)
  }

  /// What came back.
  public struct Answer: Sendable {
    /// The status.
    public var status: Status
    /// The headers.
    public var headers: Headers
    /// The body.
    public var body: [UInt8]
  }

  /// Bodies above that are sent once the server has said that it takes them, or nothing for a
  /// moment.
  private static let large = 64 << 10
  private static let moment = Duration.seconds(2)
  /// The most that is taken of a response.
  private static let longest = 64 << 20

  /// Sends a request and takes its response.
  ///
  /// - Parameter path: escaped, with its leading slash.
  /// - Throws: ``ClientError``.
  public func send(
    _ method: Method, _ path: String, headers: Headers = [:], _ body: Body = .none
  ) throws(ClientError) -> Answer {
    let source = try BodySource(body)
    let socket = try ClientSocket(site)
    socket.setPatience(patience)
    let asksFirst = source.length > Self.large
    var response = ClientResponse(isWithoutBody: method == .head)
    guard socket.send(head(method, path, headers, source, asksFirst)[...]) else {
      throw .last("the request could not be sent")
    }
    var goesOn = true
    if asksFirst {
      socket.setPatience(Self.moment)
      goesOn = try response.isAskedFor(socket)
      socket.setPatience(patience)
    }
    while goesOn, let chunk = try source.next() {
      // Who answers before the end does not want the rest.
      guard !socket.hasInput, socket.send(chunk[...]) else { break }
      progress?(source.sent)
    }
    try response.take(socket, atMost: Self.longest)
    return try response.answer()
  }

  private func head(
    _ method: Method, _ path: String, _ headers: Headers, _ source: BodySource, _ asksFirst: Bool
  ) -> [UInt8] {
    var text = "\(method) \(path) HTTP/1.1\r\nHost: \(authority)\r\nConnection: close\r\n"
    for field in headers.fields { text += "\(field.name): \(field.value)\r\n" }
    if let token { text += "Authorization: Bearer \(token)\r\n" }
    if method != .get { text += "Content-Length: \(source.length)\r\n" }
    if asksFirst { text += "Expect: 100-continue\r\n" }
    return Array((text + "\r\n").utf8)
  }

  private var authority: String {
    let name = site.host.utf8.contains(UInt8(ascii: ":")) ? "[\(site.host)]" : site.host
    return name + (site.port.map { ":\($0)" } ?? "")
  }

  /// A segment of a path, or a name or a value of a query, escaped.
  public static func escaped(_ segment: String) -> String {
    var escaped = ""
    for byte in segment.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        escaped += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
      }
    }
    return escaped
  }
}

/// The bytes of a request's body, a part after the other.
private final class BodySource {
  let length: Int64
  private var bytes: [UInt8] = []
  private var descriptor: Int32 = -1
  private var left: Int64

  /// How much of them was taken.
  var sent: Int64 { length - left }

  init(_ body: HTTPClient.Body) throws(ClientError) {
    switch body {
    case .none: length = 0
    case .bytes(let given):
      bytes = given
      length = Int64(given.count)
    case .file(let path):
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      var status = stat()
      guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
        length = 0
        left = 0
        throw .last("the file cannot be read")
      }
      length = Int64(status.st_size)
    }
    left = length
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// - Throws: ``ClientError`` where the file has become shorter, or cannot be read.
  func next() throws(ClientError) -> [UInt8]? {
    guard left > 0 else { return nil }
    guard descriptor >= 0 else {
      left = 0
      return bytes
    }
    let wanted = Int(min(left, 256 << 10))
    var count = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      count = read(descriptor, buffer.baseAddress, wanted)
      filled = max(0, count)
    }
    if count < 0 { throw .last("the file cannot be read") }
    guard count > 0 else { throw ClientError("the file became shorter while it was sent") }
    left -= Int64(count)
    return chunk
  }
}

import Glibc

/// One connection: reads requests one after the other, has them answered, and writes the responses.
///
/// All of it is one task. Whatever has to wait for the client suspends, so a client that is slow
/// costs memory for its buffers and nothing else.
actor Connection {
  /// What all connections of a server share.
  struct Service: Sendable {
    var limits: ServerLimits
    var serverName: String?
    var respond: @Sendable (Request) async -> Response
    var onAnswer: @Sendable (AccessRecord) -> Void
    var onFault: @Sendable (any Error) -> Void
  }

  let socket: Socket
  let remoteAddress: String
  let service: Service
  let wire: Wire
  /// What came and is not yet used.
  var input: [UInt8] = []
  var inputStart = 0
  /// Whether the last read took all that there was.
  var isDrained = false
  /// The bytes since others had their turn.
  var unyielded = 0
  /// What is to be sent with the next flush.
  var output: [UInt8] = []
  var exchange: Exchange?
  private var lastSerial: UInt64 = 0

  /// - Throws: ``TLSError``.
  init(
    _ socket: Socket, remoteAddress: String, tls: TLSContext?, service: Service
  ) throws(TLSError) {
    (self.socket, self.remoteAddress, self.service) = (socket, remoteAddress, service)
    wire =
      if let tls {
        .secure(try TLSSession(tls, descriptor: socket.descriptor))
      } else {
        .clear(socket.descriptor)
      }
  }

  var limits: ServerLimits { service.limits }

  /// Serves requests until the client, the server or a failure ends it. Closing the socket is the
  /// caller's part.
  func run() async {
    do {
      try await handshake()
      while try await serveNext() {}
      if case .secure(let session) = wire { session.end() }
    } catch {
      // Nobody is left to be told, and a client that goes away is nothing to report.
    }
  }

  /// Whether the connection can be used on.
  private func serveNext() async throws -> Bool {
    let head: RequestHead
    do {
      guard let next = try await readHead() else { return false }
      head = next
    } catch let error as HTTPError {
      try await refuse(error)
      return false
    }
    return try await serve(head)
  }

  private func serve(_ head: RequestHead) async throws -> Bool {
    lastSerial += 1
    let serial = lastSerial
    exchange = Exchange(serial: serial, head: head, limits: limits)
    let response = await service.respond(
      Request(
        method: head.method, target: head.target, headers: head.headers,
        body: body(head, serial), remoteAddress: remoteAddress, isSecure: wire.isSecure))
    var isComplete = false
    defer { note(response.status, isComplete) }
    let keepsAlive = try await send(response)
    isComplete = true
    if !keepsAlive {
      if head.keepsAlive || exchange?.isReceived == false { try await linger() }
      return false
    }
    while try await nextChunk(of: serial) != nil {}
    return true
  }

  private func body(_ head: RequestHead, _ serial: UInt64) -> RequestBody {
    let length: Int64?
    switch head.framing {
    case .none: return .empty
    case .length(let count): length = count
    case .chunked: length = nil
    }
    return RequestBody(length: length) { try await self.nextChunk(of: serial) }
  }

  /// The next request's head; nil where the client ended the connection instead.
  private func readHead() async throws -> RequestHead? {
    exchange = nil
    var scanner = HeadScanner(limits: limits)
    var deadline = ContinuousClock.now + limits.idleTime
    var hasBegun = false
    while true {
      if !hasBegun, inputStart < input.count {
        // Clients of old end a body with a line's end that belongs to nothing.
        if input[inputStart...].starts(with: [ASCII.carriageReturn, ASCII.lineFeed]) {
          inputStart += 2
        }
        hasBegun = true
        deadline = .now + limits.headTime
      }
      if let end = try scanner.end(in: input[inputStart...]) {
        let bytes = input[inputStart..<end]
        inputStart = end
        return try RequestHead(bytes, limits: limits)
      }
      do {
        guard try await fill(atMost: 16 << 10, until: deadline, isIdle: true) else { return nil }
      } catch ConnectionError.timedOut where hasBegun {
        throw HTTPError(.requestTimeout, code: "timeout", "the request took too long to come")
      }
    }
  }

  /// Answers what is no request, and has the connection end.
  private func refuse(_ error: HTTPError) async throws {
    var pace = Pace(limits)
    let response = Router.json(error)
    try ResponseHead(
      status: response.status, headers: response.headers,
      framing: .length(response.body.length ?? 0), keepsAlive: false,
      serverName: service.serverName
    ).write(to: &output)
    if case .bytes(let bytes) = response.body.content { output += bytes }
    let sent = output.count
    try await flush(&pace)
    service.onAnswer(
      AccessRecord(
        remoteAddress: remoteAddress, method: "", path: "", status: error.status, received: 0,
        sent: Int64(sent), time: .zero, isComplete: true))
    try await linger()
  }

  private func note(_ status: Status, _ isComplete: Bool) {
    guard let exchange else { return }
    service.onAnswer(
      AccessRecord(
        remoteAddress: remoteAddress, method: exchange.head.method.description,
        path: exchange.head.target.path, status: status, received: exchange.received,
        sent: exchange.sent, time: .now - exchange.began, isComplete: isComplete))
  }
}

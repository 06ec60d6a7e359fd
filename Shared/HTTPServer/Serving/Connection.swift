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
    var proxies: [AddressRange]
    /// What responses that are whole may take in memory.
    var budget: ByteBudget
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
  /// The edges before the last read, if that took all that there was.
  var drained: Socket.Marks?
  var share = FairShare()
  /// What is to be sent with the next flush.
  var output: [UInt8] = []
  var isFlushing = false
  /// Why nothing is sent any more: what came after a write that failed would come behind a hole.
  var writeFailure: (any Error)?
  /// The request in hand.
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

  /// Serves requests until the client, the server or a failure ends it. Whatever still waits for
  /// the client then is told that the connection is closed, and the descriptor is closed with its
  /// owner, the socket.
  func run() async {
    do {
      try await handshake()
      while try await serveNext() {
        if share.isOver(after: FairShare.call) { await Task.yield() }
      }
      if case .secure(let session) = wire { session.end() }
    } catch {
      // Nobody is left to be told, and a client that goes away is nothing to report.
    }
    exchange = nil
    socket.end()
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
    let current = Exchange(serial: lastSerial, head: head, limits: limits)
    exchange = current
    let request = Request(
      method: head.method, target: head.target, headers: head.headers, body: body(current),
      peer: remoteAddress, isSecure: wire.isSecure, proxies: service.proxies,
      // A request that is kept must not keep the descriptor.
      clientEnd: { [weak socket] in socket?.hasPeerEnded ?? true })
    current.client = request.remoteAddress
    let response = await service.respond(request)
    let keepsAlive: Bool
    do {
      keepsAlive = try await send(response, current)
      note(current, isComplete: true)
    } catch {
      note(current, isComplete: false)
      throw error
    }
    guard keepsAlive, !current.isReading else {
      exchange = nil
      // Of a reader that the handler left behind.
      socket.endWaits()
      try await linger()
      return false
    }
    while try await nextChunk(of: current.serial) != nil {}
    exchange = nil
    return true
  }

  private func body(_ current: Exchange) -> RequestBody {
    let length: Int64?
    switch current.head.framing {
    case .none: return .empty
    case .length(let count): length = count
    case .chunked: length = nil
    }
    let serial = current.serial
    // A body that is kept must not keep the connection, and with it the descriptor.
    return RequestBody(length: length) { [weak self] in
      guard let self else { throw ConnectionError.closed }
      return try await self.nextChunk(of: serial)
    }
  }

  /// The next request's head; nil if the client ended the connection instead.
  private func readHead() async throws -> RequestHead? {
    var scanner = HeadScanner(limits: limits)
    var deadline = ContinuousClock.now + limits.idleTime
    var hasBegun = false
    while true {
      if let found = try scanner.head(in: input[inputStart...]) {
        inputStart = found.upperBound
        return try RequestHead(input[found], limits: limits)
      }
      if scanner.hasBegun, !hasBegun {
        hasBegun = true
        deadline = .now + limits.headTime
      }
      do {
        guard try await fill(atMost: 16 << 10, until: deadline, isIdle: true) else { return nil }
      } catch ConnectionError.timedOut where hasBegun {
        throw HTTPError(.requestTimeout, code: "timeout", "the request took too long to come")
      }
    }
  }

  /// Returns what is no request, and has the connection end.
  private func refuse(_ error: HTTPError) async throws {
    let response = Router.problem(error)
    try ResponseHead(
      status: response.status, headers: response.headers,
      framing: .length(response.body.length ?? 0), keepsAlive: false,
      serverName: service.serverName
    ).write(to: &output)
    if case .bytes(let bytes) = response.body.content { output += bytes }
    let sent = output.count
    try await flush(Pace(limits))
    service.onAnswer(
      AccessRecord(
        remoteAddress: remoteAddress, method: "", path: "", status: error.status, received: 0,
        sent: Int64(sent), time: .zero, isComplete: true))
    try await linger()
  }

  private func note(_ exchange: Exchange, isComplete: Bool) {
    service.onAnswer(
      AccessRecord(
        remoteAddress: exchange.client, method: exchange.head.method.description,
        path: exchange.head.target.path, status: exchange.status, received: exchange.received,
        sent: exchange.sent, time: .now - exchange.began, isComplete: isComplete))
  }
}

import Glibc

/// The response.
extension Connection {
  /// How long a body is that goes into the buffer behind its head, and counts for nothing.
  private static let small = 16 << 10

  /// Sends a response, and returns whether the connection can be used on.
  ///
  /// - Throws: what writing the body throws, once the connection was cut.
  func send(_ response: Response, _ current: Exchange) async throws -> Bool {
    let held = service.budget.share()
    if case .bytes(let bytes) = response.body.content, bytes.count > Self.small,
      !held.set(bytes.count)
    {
      return try await send(Router.problem(.noPlace), current)
    }
    current.hasAnswered = true
    current.status = response.status
    let head = current.head
    let framing = Self.framing(response, isHTTP10: head.isHTTP10)
    let keepsAlive =
      head.keepsAlive && framing != .close && !socket.endsWhenIdle && current.canSkipRest
    do {
      try ResponseHead(
        status: response.status, headers: response.headers, framing: framing,
        keepsAlive: keepsAlive, serverName: service.serverName
      ).write(to: &output)
    } catch {
      service.onFault(error)
      output = []
      return try await send(
        Router.problem(
          HTTPError(.internalServerError, code: "internal", "the server has a fault")), current)
    }
    if head.method == .head || response.status.isWithoutBody {
      try await flush(current)
      return keepsAlive
    }
    switch response.body.content {
    case .bytes(let bytes) where bytes.count <= Self.small:
      output += bytes
      try await flush(current)
    case .bytes(let bytes):
      try await flush(current, then: bytes)
      withExtendedLifetime(held) {}
    case .stream(_, let write):
      current.framing = framing
      if case .length(let length) = framing { current.toSend = length }
      try await stream(write, current)
    }
    return keepsAlive
  }

  private static func framing(_ response: Response, isHTTP10: Bool) -> ResponseHead.Framing {
    if response.status == .resetContent { return .length(0) }
    if response.status.isWithoutBody { return .none }
    if let length = response.body.length { return .length(length) }
    return isHTTP10 ? .close : .chunked
  }

  private func stream(_ write: ResponseBody.Writing, _ current: Exchange) async throws {
    do {
      let serial = current.serial
      var writer = BodyWriter { try await self.sendPart($0, of: serial) }
      try await write(&writer)
      try await writer.flush()
      guard current.toSend == 0 else { throw LengthMismatch() }
      if current.framing == .chunked { output += Array("0\r\n\r\n".utf8) }
      // Also the head, if nothing was written.
      try await flush(current)
    } catch {
      // With a reset the client cannot take what it has for the whole.
      var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
      setsockopt(
        socket.descriptor, SOL_SOCKET, SO_LINGER, &linger,
        socklen_t(MemoryLayout<Glibc.linger>.size))
      switch error {
      case ConnectionError.misused: service.onFault(error)
      case is ConnectionError, is CancellationError: break
      default: service.onFault(error)
      }
      throw error
    }
  }

  private func sendPart(_ bytes: [UInt8], of serial: UInt64) async throws {
    guard let current = exchange, current.serial == serial else { throw ConnectionError.misused }
    if let writeFailure { throw writeFailure }
    // In chunks, nothing is the end.
    if bytes.isEmpty { return }
    do {
      try Task.checkCancellation()
      switch current.framing {
      case .chunked:
        output += Array((String(bytes.count, radix: 16) + "\r\n").utf8)
        output += bytes
        output += [ASCII.carriageReturn, ASCII.lineFeed]
      case .length:
        guard Int64(bytes.count) <= current.toSend else { throw LengthMismatch() }
        current.toSend -= Int64(bytes.count)
        output += bytes
      case .none, .close: output += bytes
      }
      try await flush(current)
    } catch {
      writeFailure = writeFailure ?? error
      throw error
    }
  }

  /// Sends the output as part of an exchange, and bytes that follow it.
  func flush(_ current: Exchange, then body: [UInt8] = []) async throws {
    let count = output.count + body.count
    try await flush(current.taking, then: body)
    current.sent += Int64(count)
  }
}

/// A body is not as long as it was said to be.
struct LengthMismatch: Error, CustomStringConvertible {
  var description: String { "the response's body is not as long as was said" }
}

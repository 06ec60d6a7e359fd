import Glibc

/// The response.
extension Connection {
  /// Sends a response; answers whether the connection can be used on.
  ///
  /// - Throws: what writing the body throws, once the connection was cut.
  func send(_ response: Response) async throws -> Bool {
    guard let current = exchange else { throw ConnectionError.misused }
    exchange?.hasAnswered = true
    let head = current.head
    let isWithoutBody = response.status.isWithoutBody
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
        Router.json(
          HTTPError(.internalServerError, code: "internal", "the server has a fault")))
    }
    switch response.body.content {
    case _ where isWithoutBody || head.method == .head: try await flushExchange()
    case .bytes(let bytes):
      output += bytes
      try await flushExchange()
    case .stream(_, let write):
      exchange?.framing = framing
      if case .length(let length) = framing { exchange?.toSend = length }
      try await stream(write, serial: current.serial)
    }
    return keepsAlive
  }

  private static func framing(_ response: Response, isHTTP10: Bool) -> ResponseHead.Framing {
    if response.status.isWithoutBody { return .none }
    if let length = response.body.length { return .length(length) }
    return isHTTP10 ? .close : .chunked
  }

  private func stream(_ write: ResponseBody.Writing, serial: UInt64) async throws {
    do {
      var writer = BodyWriter { try await self.sendPart($0, of: serial) }
      try await write(&writer)
      try await writer.flush()
      guard exchange?.toSend == 0 else { throw LengthMismatch() }
      if exchange?.framing == .chunked { output += Array("0\r\n\r\n".utf8) }
      // Also the head, where nothing was written.
      try await flushExchange()
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
    guard let current = exchange, current.serial == serial, !current.isWriting else {
      throw ConnectionError.misused
    }
    try Task.checkCancellation()
    exchange?.isWriting = true
    defer { exchange?.isWriting = false }
    switch current.framing {
    case .chunked:
      output += Array((String(bytes.count, radix: 16) + "\r\n").utf8)
      output += bytes
      output += [ASCII.carriageReturn, ASCII.lineFeed]
    case .length:
      guard Int64(bytes.count) <= current.toSend else { throw LengthMismatch() }
      exchange?.toSend -= Int64(bytes.count)
      output += bytes
    case .none, .close: output += bytes
    }
    try await flushExchange()
  }

  func flushExchange() async throws {
    guard var pace = exchange?.taking else { throw ConnectionError.misused }
    let count = output.count
    try await flush(&pace)
    exchange?.taking = pace
    exchange?.sent += Int64(count)
  }
}

/// A body is not as long as it was said to be.
struct LengthMismatch: Error, CustomStringConvertible {
  var description: String { "the response's body is not as long as was said" }
}

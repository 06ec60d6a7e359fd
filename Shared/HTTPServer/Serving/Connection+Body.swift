/// The request's body.
extension Connection {
  private static let chunkSize = 64 << 10

  /// The next part of a request's body; nil at its end.
  ///
  /// - Throws: ``HTTPError`` where the body is malformed or too slow, ``ConnectionError``.
  func nextChunk(of serial: UInt64) async throws -> [UInt8]? {
    guard let current = exchange, current.serial == serial, !current.isReading else {
      throw ConnectionError.misused
    }
    if current.isReceived { return nil }
    exchange?.isReading = true
    defer { exchange?.isReading = false }
    do {
      try await askForBody()
      let chunk =
        switch current.head.framing {
        case .none: [UInt8]?.none
        case .length: try await nextOfLength()
        case .chunked: try await nextOfChunked()
        }
      exchange?.received += Int64(chunk?.count ?? 0)
      return chunk
    } catch {
      exchange?.isBroken = true
      if case ConnectionError.timedOut = error {
        throw HTTPError(.requestTimeout, code: "timeout", "the body came too slowly")
      }
      throw error
    }
  }

  private func askForBody() async throws {
    guard let exchange, exchange.awaitsContinue else { return }
    guard !exchange.hasAnswered else { throw ConnectionError.misused }
    self.exchange?.awaitsContinue = false
    output += Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    try await flushExchange()
  }

  private func nextOfLength() async throws -> [UInt8] {
    if inputStart == input.count { try await fillFromBody() }
    let count = Int(min(Int64(input.count - inputStart), exchange?.toReceive ?? 0))
    exchange?.toReceive -= Int64(count)
    if inputStart == 0, count == input.count {
      // All of it: handed on as it is.
      defer { input = [] }
      return input
    }
    defer { inputStart += count }
    return Array(input[inputStart..<(inputStart + count)])
  }

  private func nextOfChunked() async throws -> [UInt8]? {
    var body: [UInt8] = []
    while body.isEmpty {
      if inputStart == input.count { try await fillFromBody() }
      guard var decoder = exchange?.decoder else { throw ConnectionError.misused }
      inputStart += try decoder.take(input[inputStart...], into: &body)
      exchange?.decoder = decoder
      if decoder.isDone { return body.isEmpty ? nil : body }
    }
    return body
  }

  private func fillFromBody() async throws {
    guard let pace = exchange?.sending else { throw ConnectionError.misused }
    let began = ContinuousClock.now
    guard try await fill(atMost: Self.chunkSize, until: pace.deadline) else {
      throw HTTPError.malformed("the body ends before its end")
    }
    exchange?.sending.spend(since: began)
    exchange?.sending.earn(input.count)
  }
}

/// The request's body.
extension Connection {
  private static let chunkSize = 64 << 10

  /// The next part of a request's body; nil at its end. The first failure is the last: whatever is
  /// asked for after it fails in the same way.
  ///
  /// - Throws: ``HTTPError`` if the body is malformed or too slow, ``ConnectionError``.
  func nextChunk(of serial: UInt64) async throws -> [UInt8]? {
    guard let current = exchange, current.serial == serial, !current.isReading else {
      throw ConnectionError.misused
    }
    if let failure = current.readFailure ?? writeFailure { throw failure }
    if current.isReceived { return nil }
    current.isReading = true
    defer { current.isReading = false }
    do {
      try await askForBody(current)
      let chunk =
        switch current.head.framing {
        case .none: [UInt8]?.none
        case .length: try await nextOfLength(current)
        case .chunked: try await nextOfChunked(current)
        }
      current.received += Int64(chunk?.count ?? 0)
      return chunk
    } catch {
      let failure: any Error =
        switch error {
        case ConnectionError.timedOut:
          HTTPError(.requestTimeout, code: "timeout", "the body came too slowly")
        case ConnectionError.ended: HTTPError.noPlace
        default: error
        }
      current.readFailure = failure
      throw failure
    }
  }

  private func askForBody(_ current: Exchange) async throws {
    guard current.awaitsContinue else { return }
    guard !current.hasAnswered else { throw ConnectionError.misused }
    current.awaitsContinue = false
    output += Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    try await flush(current)
  }

  private func nextOfLength(_ current: Exchange) async throws -> [UInt8] {
    if inputStart == input.count { try await fill(current) }
    let count = Int(min(Int64(input.count - inputStart), current.toReceive))
    current.toReceive -= Int64(count)
    if inputStart == 0, count == input.count {
      // All of it: handed on as it is.
      defer { input = [] }
      return input
    }
    defer { inputStart += count }
    return Array(input[inputStart..<(inputStart + count)])
  }

  private func nextOfChunked(_ current: Exchange) async throws -> [UInt8]? {
    var body: [UInt8] = []
    while body.isEmpty {
      if inputStart == input.count { try await fill(current) }
      inputStart += try current.decoder.take(input[inputStart...], into: &body)
      if current.decoder.isDone { return body.isEmpty ? nil : body }
    }
    return body
  }

  private func fill(_ current: Exchange) async throws {
    let began = ContinuousClock.now
    defer { current.sending.spend(since: began) }
    guard try await fill(atMost: Self.chunkSize, until: current.sending.deadline) else {
      throw HTTPError.malformed("the body ends before its end")
    }
    // The handler may have returned meanwhile: then the bytes are not this body's any more.
    guard exchange === current else { throw ConnectionError.misused }
    current.sending.earn(input.count)
  }
}

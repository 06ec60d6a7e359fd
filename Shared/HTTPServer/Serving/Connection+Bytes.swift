import Glibc

/// The bytes in and out.
extension Connection {
  /// How long a client has to take the last response and close, in ``linger()``.
  private static let lingerTime = Duration.seconds(2)

  /// How many bytes a client that never makes the server wait may send or take before the others
  /// have their turn on the threads that all share.
  private static let fairShare = 1 << 20

  /// Reads what there is into the input; false at its end.
  ///
  /// - Parameter isIdle: whether there is no request in hand.
  func fill(
    atMost count: Int, until deadline: ContinuousClock.Instant, isIdle: Bool = false
  ) async throws -> Bool {
    if inputStart > 0 {
      input.removeSubrange(..<inputStart)
      inputStart = 0
    }
    // An idle connection is to hold no buffer.
    if input.isEmpty, input.capacity > 0, isIdle { input = [] }
    if isDrained { try await socket.wait(.reading, until: deadline, isIdle: isIdle) }
    while true {
      let outcome = try input.isEmpty ? readAnew(count) : readMore(count)
      switch outcome {
      case .bytes(let got):
        // A short read took all that there was; within TLS more may be deciphered already.
        isDrained = got < count && !wire.isSecure
        unyielded += got
        if unyielded > Self.fairShare {
          unyielded = 0
          await Task.yield()
        }
        return true
      case .end: return false
      case .wants(let direction):
        try await socket.wait(direction, until: deadline, isIdle: isIdle)
      }
    }
  }

  /// Reads into a new input, so that a body's part is handed on without being copied.
  private func readAnew(_ count: Int) throws -> WireOutcome {
    var outcome = WireOutcome.end
    input = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      outcome = try wire.read(UnsafeMutableRawBufferPointer(buffer))
      if case .bytes(let got) = outcome { filled = got }
    }
    return outcome
  }

  private func readMore(_ count: Int) throws -> WireOutcome {
    try withUnsafeTemporaryAllocation(byteCount: count, alignment: 16) { buffer in
      let outcome = try wire.read(buffer)
      if case .bytes(let got) = outcome {
        input.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      }
      return outcome
    }
  }

  /// Sends the output, at the client's pace.
  func flush(_ pace: inout Pace) async throws {
    let bytes = output
    output = []
    try await send(bytes, &pace)
    // The buffer is worth keeping while a response goes on.
    if output.isEmpty, bytes.capacity <= 2 * BodyWriter.capacity {
      output = bytes
      output.removeAll(keepingCapacity: true)
    }
  }

  private func send(_ bytes: [UInt8], _ pace: inout Pace) async throws {
    var sent = 0
    unyielded += bytes.count
    if unyielded > Self.fairShare {
      unyielded = 0
      await Task.yield()
    }
    while sent < bytes.count {
      let outcome = try bytes.withUnsafeBytes { buffer in
        try wire.write(UnsafeRawBufferPointer(rebasing: buffer[sent...]))
      }
      switch outcome {
      case .bytes(let count):
        sent += count
        pace.earn(count)
      case .end: throw ConnectionError.closed
      case .wants(let direction):
        let began = ContinuousClock.now
        try await socket.wait(direction, until: pace.deadline)
        pace.spend(since: began)
      }
    }
  }

  /// Goes on with TLS until data can be sent; nothing in the clear.
  func handshake() async throws {
    guard case .secure(let session) = wire else { return }
    let deadline = ContinuousClock.now + limits.headTime
    while case .wants(let direction) = try session.handshake() {
      try await socket.wait(direction, until: deadline, isIdle: true)
    }
  }

  /// Says that nothing more comes, and drops what the client still sends: were the connection
  /// closed on it, the client could lose the response that it has not read yet.
  func linger() async throws {
    if case .secure(let session) = wire { session.end() }
    shutdown(socket.descriptor, Int32(SHUT_WR))
    let deadline = ContinuousClock.now + Self.lingerTime
    while ContinuousClock.now < deadline {
      input.removeAll(keepingCapacity: true)
      inputStart = 0
      guard try await fill(atMost: 64 << 10, until: deadline) else { return }
    }
  }
}

extension Wire {
  /// Whether it is within TLS.
  var isSecure: Bool { if case .secure = self { true } else { false } }
}

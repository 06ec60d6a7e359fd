import Glibc

/// The bytes in and out.
extension Connection {
  /// How long a client has to take the last response and close, in ``linger()``.
  private static let lingerTime = Duration.seconds(2)

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
    if let marks = drained {
      try await socket.wait(.reading, since: marks, until: deadline, isIdle: isIdle)
      drained = nil
    }
    while true {
      let marks = socket.marks
      switch try input.isEmpty ? readAnew(count) : readMore(count) {
      case .bytes(let got):
        // A short read took all that there was; within TLS more may be deciphered already.
        drained = got < count && !wire.isSecure ? marks : nil
        if share.isOver(after: got) { await Task.yield() }
        return true
      case .end: return false
      case .wants(let direction):
        try await socket.wait(direction, since: marks, until: deadline, isIdle: isIdle)
      case .again: await Task.yield()
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

  /// Sends the output, at the client's pace. The first failure is the last: nothing that is to be
  /// sent after it is.
  ///
  /// - Parameter body: bytes that follow it, sent from where they are and not copied.
  func flush(_ pace: Pace, then body: [UInt8] = []) async throws {
    if let writeFailure { throw writeFailure }
    do {
      // From two tasks at a time the bytes of both would be mixed.
      guard !isFlushing else { throw ConnectionError.misused }
      isFlushing = true
      defer { isFlushing = false }
      let bytes = output
      output = []
      try await send(bytes, pace)
      try await send(body, pace)
      // The buffer is worth keeping while a response goes on.
      if output.isEmpty, bytes.capacity <= 2 * BodyWriter.capacity {
        output = bytes
        output.removeAll(keepingCapacity: true)
      }
    } catch {
      writeFailure = writeFailure ?? error
      output = []
      throw error
    }
  }

  /// Sends bytes, at the client's pace.
  private func send(_ bytes: [UInt8], _ pace: Pace) async throws {
    var sent = 0
    while sent < bytes.count {
      if let writeFailure { throw writeFailure }
      let marks = socket.marks
      let outcome = try bytes.withUnsafeBytes { buffer in
        try wire.write(UnsafeRawBufferPointer(rebasing: buffer[sent...]))
      }
      switch outcome {
      case .bytes(let count):
        sent += count
        pace.earn(count)
        if share.isOver(after: count) { await Task.yield() }
      case .end: throw ConnectionError.closed
      case .wants(let direction):
        let began = ContinuousClock.now
        defer { pace.spend(since: began) }
        try await socket.wait(direction, since: marks, until: pace.deadline)
      case .again: await Task.yield()
      }
    }
  }

  /// Goes on with TLS until data can be sent; nothing in the clear.
  func handshake() async throws {
    guard case .secure(let session) = wire else { return }
    let deadline = ContinuousClock.now + limits.headTime
    while true {
      let marks = socket.marks
      switch try session.handshake() {
      case .bytes, .end: return
      case .wants(let direction):
        try await socket.wait(direction, since: marks, until: deadline, isIdle: true)
      case .again: await Task.yield()
      }
    }
  }

  /// Says that nothing more comes, and drops what the client still sends, until it closes too: a
  /// socket that is closed with bytes unread, or to which bytes come later, is reset, and what the
  /// client has not read yet of the response is lost.
  func linger() async throws {
    if case .secure(let session) = wire { session.end() }
    shutdown(socket.descriptor, Int32(SHUT_WR))
    (input, inputStart) = ([], 0)
    let deadline = ContinuousClock.now + Self.lingerTime
    while ContinuousClock.now < deadline {
      let marks = socket.marks
      switch try Wire.drop(atMost: 1 << 20, from: socket.descriptor) {
      case .bytes(let count): if share.isOver(after: count) { await Task.yield() }
      case .end: return
      case .wants(let direction):
        try await socket.wait(direction, since: marks, until: deadline)
      case .again: await Task.yield()
      }
    }
  }
}

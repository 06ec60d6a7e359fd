/// Where one request and its response stand, within a connection.
struct Exchange {
  /// Tells it from the connection's others: a body of an earlier one must not read this one's.
  let serial: UInt64
  let head: RequestHead
  let began = ContinuousClock.now
  /// How fast the client sends, and takes.
  var sending, taking: Pace

  /// The bytes of the body that are still to come, where it states its length.
  var toReceive: Int64 = 0
  var decoder = ChunkDecoder()
  /// Whether the client waits to be told to send the body.
  var awaitsContinue: Bool
  /// Whether the body is malformed, or was given up on: what comes next on the connection is not
  /// known.
  var isBroken = false
  var isReading = false
  /// Whether the response has begun: then it is too late to ask for the body.
  var hasAnswered = false
  var received: Int64 = 0

  /// How the response's body ends.
  var framing = ResponseHead.Framing.none
  /// The bytes of it that are still to be sent, where its length is known.
  var toSend: Int64 = 0
  var isWriting = false
  var sent: Int64 = 0

  init(serial: UInt64, head: RequestHead, limits: ServerLimits) {
    (self.serial, self.head) = (serial, head)
    (sending, taking) = (Pace(limits), Pace(limits))
    awaitsContinue = head.expectsContinue && head.framing != .none
    if case .length(let length) = head.framing { toReceive = length }
  }

  /// Whether the whole body was read.
  var isReceived: Bool {
    switch head.framing {
    case .none: true
    case .length: toReceive == 0
    case .chunked: decoder.isDone
    }
  }

  /// Whether what is left of the body is worth reading for the sake of the connection.
  var canSkipRest: Bool {
    if isReceived { return true }
    guard case .length = head.framing, !isBroken, !awaitsContinue else { return false }
    return toReceive <= 64 << 10
  }
}

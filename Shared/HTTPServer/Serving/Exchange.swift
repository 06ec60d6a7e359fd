/// Where one request and its response stand, within a connection. Not Sendable: it is the
/// connection's, and whatever comes too late changes an exchange that nothing looks at any more.
final class Exchange {
  /// Tells it from the connection's others: a body of an earlier one must not read this one's.
  let serial: UInt64
  let head: RequestHead
  /// The client's address.
  var client = ""
  let began = ContinuousClock.now
  /// How fast the client sends, and takes.
  let sending, taking: Pace

  /// The bytes of the body that are still to come, if it states its length.
  var toReceive: Int64 = 0
  var decoder = ChunkDecoder()
  /// Whether the client waits to be told to send the body.
  var awaitsContinue: Bool
  /// Why the body cannot be read on: it is malformed, or was given up on. What comes next on the
  /// connection is not known then.
  var readFailure: (any Error)?
  var isReading = false
  /// Whether the response has begun: then it is too late to ask for the body.
  var hasAnswered = false
  var received: Int64 = 0

  /// How the response's body ends.
  var framing = ResponseHead.Framing.none
  /// The bytes of it that are still to be sent, if its length is known.
  var toSend: Int64 = 0
  var sent: Int64 = 0
  /// The status that was sent.
  var status = Status.internalServerError

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
    if isReading || readFailure != nil { return false }
    if isReceived { return true }
    guard case .length = head.framing, !awaitsContinue else { return false }
    return toReceive <= 64 << 10
  }
}

import HTTPServer

/// Takes the events of a body into the log while it comes in.
struct EventsBody {
  private var producer: InboundProducer
  private var splitter = EventSplitter()
  private var check = EventCheck()

  init(into producer: InboundProducer) { self.producer = producer }

  /// What a body turned out to be.
  enum Posted {
    /// Events, which are durable now.
    case events(EventVerdicts)
    /// Another kind of file: how it begins, and where it goes on.
    case somethingElse([UInt8], rest: RequestBody.AsyncIterator)
  }

  /// Takes a body.
  mutating func take(_ body: RequestBody) async throws -> Posted {
    var chunks = body.makeAsyncIterator()
    var isAtEnd = false
    while !isAtEnd {
      if let chunk = try await chunks.next() {
        chunk.withUnsafeBytes { splitter.append($0) }
      } else {
        isAtEnd = true
      }
      do {
        try split(atEnd: isAtEnd)
      } catch {
        return .somethingElse(Array(splitter.rest), rest: chunks)
      }
      if producer.isFull || isAtEnd { try await producer.send() }
    }
    return .events(check.verdicts)
  }

  private mutating func split(atEnd: Bool) throws(NotEvents) {
    try Self.split(&splitter, atEnd: atEnd, into: &producer, &check)
  }

  // The parts by themselves, so that each can be changed while another is.
  private static func split(
    _ splitter: inout EventSplitter, atEnd: Bool, into producer: inout InboundProducer,
    _ check: inout EventCheck
  ) throws(NotEvents) {
    let received = InboundProducer.now()
    try splitter.split(atEnd: atEnd) { event in
      check.check(event)
      producer.add(event, received: received)
    }
  }
}

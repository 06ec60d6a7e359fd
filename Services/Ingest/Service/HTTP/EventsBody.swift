import HTTPServer
import IngestFiles

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
      let chunk = try await chunks.next()
      isAtEnd = chunk == nil
      Self.split(chunk ?? [], atEnd: isAtEnd, &splitter, into: &producer, &check)
      if splitter.form == .somethingElse {
        return .somethingElse(Array(splitter.rest), rest: chunks)
      }
      if producer.isFull || isAtEnd { try await producer.send() }
    }
    return .events(check.verdicts)
  }

  // The parts by themselves, so that each can be changed while another is.
  private static func split(
    _ chunk: [UInt8], atEnd: Bool, _ splitter: inout EventSplitter,
    into producer: inout InboundProducer, _ check: inout EventCheck
  ) {
    let received = InboundProducer.now()
    chunk.withUnsafeBytes { bytes in
      splitter.take(bytes, atEnd: atEnd) { event, _ in
        check.check(event)
        producer.add(event, received: received)
      }
    }
  }
}

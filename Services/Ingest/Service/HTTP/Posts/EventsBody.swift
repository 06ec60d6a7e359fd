import HTTPServer
import IngestFiles

/// Takes the events of a body into the log while it comes in.
struct EventsBody {
  private var producer: InboundProducer
  private var splitter: EventSplitter
  private var check: EventCheck
  private let share: ByteBudget.Share
  private let freeBytes: Int

  /// - Parameters:
  ///   - check: judges the events.
  ///   - budget: what all posts may hold together.
  init(
    into producer: InboundProducer, check: EventCheck, limits: FrontLimits, budget: ByteBudget
  ) {
    self.producer = producer
    self.check = check
    var files = FileLimits()
    files.maxLine = limits.event
    splitter = EventSplitter(limits: files)
    share = budget.share()
    freeBytes = limits.freeBytes
  }

  /// What a body turned out to be.
  enum Posted {
    /// Events, which are durable now.
    case events(EventVerdicts)
    /// Another kind of file: how it begins, and where it goes on.
    case somethingElse([UInt8], rest: RequestBody.AsyncIterator)
  }

  /// Takes a body.
  ///
  /// - Throws: ``PostStopped``, ``Refusal/busy``, and what the body and the log throw. What came
  ///   before may be in the log.
  mutating func take(_ body: RequestBody) async throws -> Posted {
    var chunks = body.makeAsyncIterator()
    var isAtEnd = false
    while !isAtEnd {
      let chunk = try await chunks.next()
      isAtEnd = chunk == nil
      if let chunk { try await makeRoom(for: chunk.count) }
      Self.split(chunk ?? [], atEnd: isAtEnd, &splitter, into: &producer, &check)
      if splitter.form == .somethingElse {
        return .somethingElse(Array(splitter.rest), rest: chunks)
      }
      if producer.isFull || isAtEnd || check.stop != nil { try await producer.send() }
      if let stop = check.stop { throw PostStopped(reason: stop, counts: check.verdicts.counts) }
    }
    return .events(check.verdicts)
  }

  /// Makes room for bytes that came: where the budget has none, what waits is sent at once.
  private mutating func makeRoom(for count: Int) async throws {
    let held = splitter.rest.count + count - freeBytes
    if share.set(max(0, held + producer.heldBytes)) { return }
    try await producer.send()
    guard share.set(max(0, held)) else { throw Refusal.busy }
  }

  // The parts by themselves, so that each can be changed while another is.
  private static func split(
    _ chunk: [UInt8], atEnd: Bool, _ splitter: inout EventSplitter,
    into producer: inout InboundProducer, _ check: inout EventCheck
  ) {
    let received = InboundProducer.now()
    chunk.withUnsafeBytes { bytes in
      splitter.take(bytes, atEnd: atEnd) { event, _ in
        if check.admits(event) { producer.add(event, received: received) }
      }
    }
  }
}

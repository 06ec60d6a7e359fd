import HTTPServer
import IngestFiles
import Messages

/// Takes the events of a body into the log while it comes in.
struct EventsBody {
  private var producer: InboundProducer
  private var splitter: EventSplitter
  private var check: EventCheck
  private let share: ByteBudget.Share
  private let freeBytes: Int
  private let eventLimit: Int
  /// The file that the body is; nil if it is events as such.
  private let file: String?

  /// - Parameters:
  ///   - file: the file's name that the body is, where it is one.
  ///   - check: judges the events.
  ///   - budget: what all posts may hold together.
  init(
    into producer: InboundProducer, file: String? = nil, check: EventCheck, limits: FrontLimits,
    budget: ByteBudget
  ) {
    self.producer = producer
    self.file = file
    eventLimit = limits.event
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
      Self.split(chunk ?? [], atEnd: isAtEnd, file, &splitter, into: &producer, &check)
      if splitter.form == .somethingElse {
        return .somethingElse(Array(splitter.rest), rest: chunks)
      }
      if isAtEnd, splitter.isWithinArray { noteCut() }
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
    _ chunk: [UInt8], atEnd: Bool, _ file: String?, _ splitter: inout EventSplitter,
    into producer: inout InboundProducer, _ check: inout EventCheck
  ) {
    let received = InboundProducer.now()
    chunk.withUnsafeBytes { bytes in
      splitter.take(bytes, atEnd: atEnd) { event, line in
        let place = file.map { EventPlace(file: $0, line: line) }
        if check.admits(event, at: place) {
          producer.add(event, received: received, place: place)
        }
      }
    }
  }

  /// Tells that the text ends within an array.
  private mutating func noteCut() {
    let note = FileNote(
      .cut, line: splitter.line, detail: "the array of events is not closed: it is cut short")
    let place = file.map { EventPlace(note.place, of: $0) }
    note.event(of: file ?? "").withUnsafeBytes { event in
      guard check.admits(event, at: place) else { return }
      producer.add(event, received: InboundProducer.now(), place: place)
    }
    check.verdicts.counts.add([note], of: file ?? "")
  }

  /// Takes an event whose attributes are headers: the body is its data.
  ///
  /// - Throws: ``PostStopped``, ``Refusal/busy``, and what the body and the log throw.
  mutating func takeBinary(
    _ body: RequestBody, headers: [(name: String, value: String)]
  ) async throws -> EventVerdicts {
    var data: [UInt8] = []
    for try await chunk in try body.limited(to: Int64(eventLimit)) {
      guard share.set(max(0, data.count + chunk.count - freeBytes)) else { throw Refusal.busy }
      data += chunk
    }
    data.withUnsafeBytes { bytes in
      guard let event = BinaryModeEvent(posted: headers, body: bytes) else { return }
      let (text, fault) = event.structured()
      text.withUnsafeBytes { text in
        // A header that is no attribute makes no event: what is sent on says so.
        guard check.admits(text, fault: fault) else { return }
        producer.add(text, received: InboundProducer.now())
      }
    }
    try await producer.send()
    if let stop = check.stop { throw PostStopped(reason: stop, counts: check.verdicts.counts) }
    return check.verdicts
  }
}

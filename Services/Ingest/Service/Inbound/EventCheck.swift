import IngestFiles
import IngestRules
import Messages

/// What is wrong with an event that was sent, for its sender.
public struct EventFault: Sendable, Equatable, Codable {
  /// Which of the events sent, from 0.
  public var index: Int
  /// What is wrong: a ``RejectionCode``.
  public var code: String
  /// Path of the field that is wrong; empty for the whole event.
  public var field: String
  /// The field's value, cut short.
  public var value: String
  /// The event's `id`, where it has one.
  public var id: String
  /// What was expected; nil if the code or the value says it.
  public var expected: String?
  /// Where it stands in the file that was sent; nil if no file was.
  public var file: String?
  /// The line in the file, from 1.
  public var line: Int64?
}

/// What of a file was not taken, or counts otherwise than it stands.
public struct FileRemark: Sendable, Equatable, Codable {
  /// What it is: a ``FileNote/Code``.
  public var code: String
  /// The file, with the member of a ZIP behind a slash.
  public var file: String
  /// The first line, from 1; 0 where it is none.
  public var line: Int64
  /// How often.
  public var count: Int
  /// What it is, for people.
  public var detail: String
  /// Whether something may be missing in the books.
  public var isRejection: Bool
}

/// How many events were taken and how many of them intake will reject, with the first faults.
///
/// What only the other facts can tell (a conflict, something that is not known yet) shows in the
/// reports and not here.
public struct IntakeCounts: Sendable, Equatable, Codable {
  /// Events that are well formed.
  public var accepted = 0
  /// Events that intake rejects; they are kept whole in the rejected topic.
  public var rejected = 0
  /// The first faults.
  public var errors: [EventFault] = []
  /// What of a file was not taken, or counts otherwise than it stands; nil if there is nothing.
  public var notes: [FileRemark]?

  /// How many faults are told at most.
  public static let errorLimit = 20

  /// Nothing yet.
  public init() {}

  /// Events of both kinds.
  public var total: Int { accepted + rejected }

  /// Adds the notes of a file.
  mutating func add(_ more: [FileNote], of file: String) {
    guard !more.isEmpty else { return }
    notes =
      (notes ?? [])
      + more.map { note in
        FileRemark(
          code: note.code.rawValue, file: EventPlace(note.place, of: file).file, line: note.line,
          count: note.count, detail: note.detail, isRejection: note.code.isRejection)
      }
  }
}

/// Counts, and whether there was anything in the events at all.
struct EventVerdicts: Sendable {
  var counts = IntakeCounts()
  /// Whether some event was a JSON object at least.
  var anyReadable = false
}

/// What ends a post.
struct EventRules: Sendable {
  /// How many events may be such as intake rejects.
  var faults = Int.max
  /// Whose events they must be; nil for anybody's.
  var producer: Producer?
  /// Whether the events are made of a file of another kind, whose sources are not its sender's.
  var isOfFile = false
}

/// Judges events as intake will, and counts. It also tells when a post is to be ended: after too
/// many faults, and at an event that is not its sender's to send.
struct EventCheck {
  var verdicts = EventVerdicts()
  /// Why the post is to be ended; then no further event is taken.
  private(set) var stop: Stop?
  private let rules: EventRules
  private var decoder = EventDecoder()

  /// A check by rules, at the beginning of a post.
  init(_ rules: EventRules = .init()) { self.rules = rules }

  /// Judges an event; returns whether it is to be taken, as it is also where intake rejects it.
  ///
  /// - Parameters:
  ///   - fault: what is wrong with what carried the event; it is rejected for that then.
  ///   - place: where it stands in a file, where it came in one.
  mutating func admits(
    _ event: UnsafeRawBufferPointer, fault: Rejection? = nil, at place: EventPlace? = nil
  ) -> Bool {
    guard stop == nil else { return false }
    do throws(Rejection) {
      if let fault { throw fault }
      let read = try decoder.decode(event)
      try Intake.check(read) { TimeZones.isKnown($0) }
      if let producer = rules.producer,
        let found = producer.objection(to: read, isOfFile: rules.isOfFile)
      {
        let fault = EventFault(
          index: verdicts.counts.total, code: "notPermitted", field: found.field,
          value: found.value, id: read.id)
        stop = .notPermitted(fault, by: producer.name)
        return false
      }
      verdicts.counts.accepted += 1
      verdicts.anyReadable = true
    } catch {
      guard verdicts.counts.rejected < rules.faults else {
        stop = .tooManyFaults(rules.faults)
        return false
      }
      note(error.located(at: place), event, place)
    }
    return true
  }

  private mutating func note(
    _ error: Rejection, _ event: UnsafeRawBufferPointer, _ place: EventPlace?
  ) {
    if verdicts.counts.errors.count < IntakeCounts.errorLimit {
      verdicts.counts.errors.append(
        EventFault(
          index: verdicts.counts.total, code: error.code.rawValue, field: error.field,
          value: error.value, id: decoder.identity(of: event).id,
          expected: error.expected, file: place?.file, line: place?.line))
    }
    verdicts.counts.rejected += 1
    if ![.jsonMalformed, .eventNotAnObject, .fileEmpty].contains(error.code) {
      verdicts.anyReadable = true
    }
  }
}

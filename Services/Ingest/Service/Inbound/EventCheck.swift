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

  /// How many faults are told at most.
  public static let errorLimit = 20

  /// Nothing yet.
  public init() {}

  /// Events of both kinds.
  public var total: Int { accepted + rejected }
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
  private(set) var verdicts = EventVerdicts()
  /// Why the post is to be ended; then no further event is taken.
  private(set) var stop: Stop?
  private let rules: EventRules
  private var decoder = EventDecoder()

  /// A check by rules, at the beginning of a post.
  init(_ rules: EventRules = .init()) { self.rules = rules }

  /// Judges an event; answers whether it is to be taken, as it is also where intake rejects it.
  mutating func admits(_ event: UnsafeRawBufferPointer) -> Bool {
    guard stop == nil else { return false }
    do throws(Rejection) {
      let read = try decoder.decode(event)
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
      note(error, event)
    }
    return true
  }

  private mutating func note(_ error: Rejection, _ event: UnsafeRawBufferPointer) {
    if verdicts.counts.errors.count < IntakeCounts.errorLimit {
      verdicts.counts.errors.append(
        EventFault(
          index: verdicts.counts.total, code: error.code.rawValue, field: error.field,
          value: error.value, id: decoder.identity(of: event).id))
    }
    verdicts.counts.rejected += 1
    if error.code != .jsonMalformed && error.code != .eventNotAnObject {
      verdicts.anyReadable = true
    }
  }
}

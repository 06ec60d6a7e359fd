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

/// Judges events as intake will, and counts.
struct EventCheck {
  private(set) var verdicts = EventVerdicts()
  private var decoder = EventDecoder()

  mutating func check(_ event: UnsafeRawBufferPointer) {
    do throws(Rejection) {
      _ = try decoder.decode(event)
      verdicts.counts.accepted += 1
      verdicts.anyReadable = true
    } catch {
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
}

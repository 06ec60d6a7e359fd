/// A fact that was not taken, whole and with the reason, on `saldo.rejected`.
public struct RejectedEvent: Sendable, Equatable, Codable {
  /// What is wrong.
  public var code: RejectionCode
  /// The event as it came: its text, where it is UTF-8, else its bytes as Latin-1.
  public var event: String
  /// Path of the field that is wrong; empty for the whole event.
  public var field: String
  /// The file that it came in, and ``line`` there; nil where it came in none.
  public var file: String?
  public var id: String
  public var line: Int64?
  /// True where other facts may still change it: the fact is kept, and taken up if they do.
  public var provisional: Bool
  /// Milliseconds since the epoch at which it was received.
  public var received: Int64
  public var source: String
  public var type: String
  /// The field's value, cut short.
  public var value: String

  /// A fact that was not taken.
  public init(
    rejection: Rejection, event: String, source: String, id: String, type: String, received: Int64,
    provisional: Bool = false, place: EventPlace? = nil
  ) {
    code = rejection.code
    self.event = event
    field = rejection.field
    file = place?.file
    line = place?.line
    self.id = id
    self.provisional = provisional
    self.received = received
    self.source = source
    self.type = type
    value = rejection.value
  }

  /// The key on the topic: the event's identity.
  public var key: String { source + "|" + id }
}

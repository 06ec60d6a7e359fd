/// A fact that was not taken, with the reason, on `saldo.rejected`: whole, or if it is large its
/// beginning, and where all of it lies.
public struct RejectedEvent: Sendable, Equatable, Codable {
  /// What is wrong.
  public var code: RejectionCode
  /// Where the whole event lies, if it is only begun here.
  public var cut: CutEvent?
  /// The event as it came, or its beginning: its text if it is UTF-8, else its bytes as Latin-1.
  public var event: String
  /// Path of the field that is wrong; empty for the whole event.
  public var field: String
  /// The file that it came in, and ``line`` there; nil if it came in none.
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

  /// How many bytes of an event are kept here at most. JSON may double them, and more.
  public static let eventLimit = 64 << 10
  /// How many of each part of its identity, which is not checked where the event was not taken.
  static let identityLimit = 1_000

  /// Keeps what is small enough for a message, and says where the rest lies.
  ///
  /// - Parameters:
  ///   - topic: of the record that carried the event.
  ///   - partition: likewise.
  ///   - offset: likewise.
  public mutating func limit(topic: String, partition: Int32, offset: Int64) {
    id = Self.beginning(of: id, Self.identityLimit)
    source = Self.beginning(of: source, Self.identityLimit)
    type = Self.beginning(of: type, Self.identityLimit)
    let bytes = event.utf8.count
    guard bytes > Self.eventLimit else { return }
    cut = CutEvent(
      bytes: Int64(bytes), hash: Self.hex(Fingerprint.of(event)), offset: offset,
      partition: partition, topic: topic)
    event = Self.beginning(of: event, Self.eventLimit)
  }

  /// So many bytes of a text, and no part of a character.
  private static func beginning(of text: String, _ limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    let utf8 = text.utf8
    var end = utf8.index(utf8.startIndex, offsetBy: limit)
    while end.samePosition(in: text.unicodeScalars) == nil { end = utf8.index(before: end) }
    return String(text[..<end])
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// The key on the topic: the event's identity.
  public var key: String { source + "|" + id }
}

/// Where an event lies that is too large for the topic of rejected ones.
public struct CutEvent: Sendable, Equatable, Codable {
  /// The length of its text.
  public var bytes: Int64
  /// The ``Fingerprint`` of its text, as 16 hexadecimal digits.
  public var hash: String
  /// The offset of the record that carried it; of a provisional rejection, of the record at which
  /// it was found, and the event lies there or before.
  public var offset: Int64
  /// The partition of that record.
  public var partition: Int32
  /// The topic of that record.
  public var topic: String

  /// Where an event lies.
  public init(bytes: Int64, hash: String, offset: Int64, partition: Int32, topic: String) {
    self.bytes = bytes
    self.hash = hash
    self.offset = offset
    self.partition = partition
    self.topic = topic
  }
}

/// The name of a fact: the source and id of its event.
public struct FactName: Hashable, Sendable, Codable {
  /// The event's id.
  public var id: String
  /// Who sent it.
  public var source: String

  /// The name of an event.
  public init(source: String, id: String) {
    self.id = id
    self.source = source
  }

  /// A text that stands for it, and no other, and the key of what is said of it.
  public var text: String { source.withoutBars + "|" + id }

  /// A number that is mostly another for another name (``EventIdentity``).
  public var fingerprint: UInt64 { EventIdentity.fingerprint(source: source, id: id) }
}

extension InboundEvent {
  /// The event's name.
  public var name: FactName { FactName(source: source, id: id) }
}

extension String {
  /// The text so that a bar behind it ends it: bars and backslashes within it have a backslash
  /// before them.
  public var withoutBars: String {
    guard utf8.contains(where: { $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "\\") }) else {
      return self
    }
    return replacing("\\", with: "\\\\").replacing("|", with: "\\|")
  }
}

/// What the documents stage tells one of its own partitions, on `saldo.documents` among the events.
public enum DocumentsNote: Sendable, Equatable {
  /// The partition's turn: what waits is derived.
  case turn
}

extension DocumentsNote {
  /// Reads a note; nil for anything else, which is an event.
  ///
  /// No event is a note: it says its `specversion`.
  public init?(_ value: UnsafeRawBufferPointer) {
    guard value.elementsEqual(Self.turnText.utf8) else { return nil }
    self = .turn
  }

  /// The key of the record.
  public var key: String { "turn" }

  /// Appends the text of the note.
  public func write(to bytes: inout [UInt8]) { bytes.append(contentsOf: Self.turnText.utf8) }

  private static var turnText: String { #"{"note":"turn"}"# }
}

/// What partitions of the documents stage are told on `saldo.documents`, among the events.
public enum DocumentsNote: Sendable, Equatable {
  /// The partition's turn, which it asked for itself: what waits is derived.
  case turn
  /// A fact that a withdrawal names is known, to the partition that speaks for the withdrawal.
  case found(FoundFact)
}

/// A fact that a withdrawal names, as far as a reader of the withdrawal wants to know it.
public struct FoundFact: Hashable, Sendable, Codable {
  /// The document that it is of, or the thing of the catalogue; empty for stock.
  public var document: String
  /// The plant, if the fact is of one.
  public var plant: String?
  /// The company's; empty for a fact that is of none.
  public var rfc: String
  /// What the withdrawal names: the text of a ``Withdrawal/Target``.
  public var target: String
  /// The type of the event.
  public var type: String

  /// A fact that a withdrawal names.
  public init(target: String, type: String, rfc: String, document: String, plant: String? = nil) {
    self.document = document
    self.plant = plant
    self.rfc = rfc
    self.target = target
    self.type = type
  }
}

extension DocumentsNote {
  /// The partition that speaks for the withdrawals of a fact.
  ///
  /// - Parameter target: the text of a ``Withdrawal/Target``.
  public static func speaker(for target: String, of partitions: Int32) -> Int32 {
    Int32(Fingerprint.of(target) % UInt64(max(1, partitions)))
  }

  /// The key of the record.
  public var key: String {
    switch self {
    case .turn: "turn"
    case .found(let fact): fact.target
    }
  }

  /// Appends the text of the note.
  public func write(to bytes: inout [UInt8]) {
    switch self {
    case .turn: bytes.append(contentsOf: Self.turnText.utf8)
    case .found(let fact):
      bytes.append(contentsOf: Self.foundStart.utf8)
      fact.write(to: &bytes)
      bytes.append(UInt8(ascii: "}"))
    }
  }

  fileprivate static var turnText: String { #"{"turn":true}"# }
  fileprivate static var foundStart: String { #"{"found":"# }
}

/// Tells notes from events; keeps its tape from one record to the next.
public struct DocumentsNoteReader {
  private var tape = JSONTape()

  /// A reader with an empty tape.
  public init() {}

  /// Reads a note; nil for anything else, which is an event: that says its `specversion`.
  ///
  /// - Throws: ``MessageError`` with the field that is wrong.
  public mutating func read(
    _ value: UnsafeRawBufferPointer
  ) throws(MessageError) -> DocumentsNote? {
    if value.elementsEqual(DocumentsNote.turnText.utf8) { return .turn }
    guard value.starts(with: DocumentsNote.foundStart.utf8) else { return nil }
    do throws(JSONSyntaxError) {
      try tape.parse(value)
    } catch {
      throw MessageError(field: "", what: "byte \(error.offset): expected \(error.expected)")
    }
    return try tape.withRoot(of: value) { (root) throws(MessageError) in
      guard root["specversion"] == nil, let found = root["found"] else { return nil }
      return .found(try FoundFact(json: found))
    }
  }
}

/// Messages that write themselves in canonical JSON (keys ascending, `JSONEncoder`'s escapes) and
/// read themselves from a tape.
///
/// They give and take exactly what `JSONEncoder` and `JSONDecoder` do with the same type.
public protocol LogMessage: Codable, Sendable {
  /// Appends the message's canonical form.
  func write(to bytes: inout [UInt8])

  /// Reads the message of a JSON object, whatever the order of its members; unknown ones are
  /// ignored.
  ///
  /// - Throws: ``MessageError`` with the field that is wrong.
  init(_ node: JSONNode) throws(MessageError)
}

extension LogMessage {
  /// A fingerprint of what the message says; never 0.
  ///
  /// - Parameter buffer: memory for its bytes, which may be used again.
  public func fingerprint(using buffer: inout [UInt8]) -> UInt64 {
    buffer.removeAll(keepingCapacity: true)
    write(to: &buffer)
    return buffer.withUnsafeBytes { Fingerprint.of($0) } | 1
  }
}

/// What is wrong with a message of the log.
public struct MessageError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Path of the field within the message, such as `lots[2].value`; empty for the whole.
  public var field: String
  /// What is wrong with it.
  public var what: String

  /// What is wrong with a field.
  public init(field: String, what: String) {
    self.field = field
    self.what = what
  }

  public var description: String { field.isEmpty ? what : "\(field): \(what)" }

  /// The same, of a field of an enclosing value.
  func within(_ path: String) -> MessageError {
    let joined = field.isEmpty ? path : field.first == "[" ? path + field : path + "." + field
    return MessageError(field: joined, what: what)
  }
}

/// Reads messages of one type; keeps its tape from one message to the next.
public struct MessageReader<Message: LogMessage> {
  private var tape = JSONTape()

  /// A reader with an empty tape.
  public init() {}

  /// Reads one message.
  ///
  /// - Throws: ``MessageError`` with the field that is wrong, or with none where the text is not
  ///   JSON.
  public mutating func read(_ text: UnsafeRawBufferPointer) throws(MessageError) -> Message {
    do throws(JSONSyntaxError) {
      try tape.parse(text)
    } catch {
      throw MessageError(field: "", what: "byte \(error.offset): expected \(error.expected)")
    }
    return try tape.withRoot(of: text) { (root) throws(MessageError) in try Message(root) }
  }
}

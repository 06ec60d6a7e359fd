/// Where something stands in a file.
public struct FilePlace: Sendable, Equatable {
  /// The member of a ZIP; empty for the file itself.
  public var member: String
  /// The line, from 1.
  public var line: Int64
  /// The column of a spreadsheet whose cell intake will refuse; nil if it will refuse none.
  public var column: String?

  /// A place in a file.
  public init(member: String = "", line: Int64, column: String? = nil) {
    self.member = member
    self.line = line
    self.column = column
  }
}

/// Where a file's events go, in order.
public protocol InboundSink {
  /// Takes one structured CloudEvent (JSON, no newline); `event` is valid during the call only.
  ///
  /// What a file holds in an event's place is passed as well, whatever it is: intake rejects it
  /// with its text, so that nothing is lost.
  mutating func take(event: UnsafeRawBufferPointer, at place: FilePlace) throws

  /// Takes what the file held and could not be passed as an event: a rejection, see
  /// ``FileNote/Code/isRejection``.
  mutating func take(note: FileNote) throws
}

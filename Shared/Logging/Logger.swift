/// Writes log lines: the messages of one part of a program, with the fields that they share.
///
/// A value: a copy has a level and metadata of its own. Where lines go is its handler's business.
public struct Logger: Sendable {
  /// What the lines belong to, such as a program's name.
  public let label: String
  /// Takes the lines.
  public var handler: any LogHandler

  /// A logger to standard error, in lines for people, from `info` on.
  public init(label: String) {
    self.init(label: label) { StreamLogHandler.standardError(label: $0) }
  }

  /// A logger to a handler.
  ///
  /// - Parameter factory: makes the handler, given the label.
  public init(label: String, factory: (String) -> any LogHandler) {
    (self.label, handler) = (label, factory(label))
  }

  /// The least level that is written.
  public var logLevel: Level {
    get { handler.logLevel }
    set { handler.logLevel = newValue }
  }

  /// A field of every line from now on; nil takes it away.
  public subscript(metadataKey key: String) -> Metadata.Value? {
    get { handler[metadataKey: key] }
    set { handler[metadataKey: key] = newValue }
  }

  /// Writes a line, if its level is not below ``logLevel``; else nothing of it is evaluated.
  ///
  /// - Parameters:
  ///   - message: what happened; the same text each time, so that it can be searched for.
  ///   - error: what it happened by.
  ///   - metadata: the particulars.
  ///   - source: who says it; the module of `file` unless told otherwise.
  public func log(
    level: Level, _ message: @autoclosure () -> Message,
    error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    guard level >= logLevel else { return }
    handler.log(
      event: LogEvent(
        level: level, message: message(), error: error(), metadata: metadata(), source: source(),
        file: file, function: function, line: line))
  }
}

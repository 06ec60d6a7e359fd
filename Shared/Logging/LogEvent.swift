/// All that is known of a line.
public struct LogEvent: Sendable {
  /// How much it matters.
  public var level: Logger.Level
  /// What happened.
  public var message: Logger.Message
  /// What it happened by.
  public var error: (any Error)?
  /// The line's own fields; nil if it has none.
  public var metadata: Logger.Metadata?
  /// Who said it, if that was told.
  private var saidBy: String?
  /// The file that the line is written in, as `Module/File.swift`.
  public var file: String
  /// The function that it is written in.
  public var function: String
  /// The number of its line in the file.
  public var line: UInt

  /// A line.
  ///
  /// - Parameter source: the module of the file if nil.
  public init(
    level: Logger.Level, message: Logger.Message, error: (any Error)? = nil,
    metadata: Logger.Metadata?, source: String?, file: String, function: String, line: UInt
  ) {
    (self.level, self.message, self.error, self.metadata) = (level, message, error, metadata)
    (saidBy, self.file, self.function, self.line) = (source, file, function, line)
  }

  /// Who says it: the module that the line is written in, unless told otherwise.
  public var source: String {
    get { saidBy ?? String(file.prefix { $0 != "/" }) }
    set { saidBy = newValue }
  }
}

/// A line of each level; see ``Logger/log(level:_:error:metadata:source:file:function:line:)``.
extension Logger {
  /// Tells what only helps to follow the program step by step.
  public func trace(
    _ message: @autoclosure () -> Message, error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(
      level: .trace, message(), error: error(), metadata: metadata(), source: source(), file: file,
      function: function, line: line)
  }

  /// Tells what helps to find a fault.
  public func debug(
    _ message: @autoclosure () -> Message, error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(
      level: .debug, message(), error: error(), metadata: metadata(), source: source(), file: file,
      function: function, line: line)
  }

  /// Tells what is worth knowing while all is well.
  public func info(
    _ message: @autoclosure () -> Message, error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(
      level: .info, message(), error: error(), metadata: metadata(), source: source(), file: file,
      function: function, line: line)
  }

  /// Tells what is not a fault and may need attention.
  public func notice(
    _ message: @autoclosure () -> Message, error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(
      level: .notice, message(), error: error(), metadata: metadata(), source: source(), file: file,
      function: function, line: line)
  }

  /// Tells of a fault that the program copes with.
  public func warning(
    _ message: @autoclosure () -> Message, error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(
      level: .warning, message(), error: error(), metadata: metadata(), source: source(),
      file: file,
      function: function, line: line)
  }

  /// Tells of a fault that it does not cope with.
  public func error(
    _ message: @autoclosure () -> Message, error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(
      level: .error, message(), error: error(), metadata: metadata(), source: source(), file: file,
      function: function, line: line)
  }

  /// Tells of a fault that needs attention at once.
  public func critical(
    _ message: @autoclosure () -> Message, error: @autoclosure () -> (any Error)? = nil,
    metadata: @autoclosure () -> Metadata? = nil, source: @autoclosure () -> String? = nil,
    file: String = #fileID, function: String = #function, line: UInt = #line
  ) {
    log(
      level: .critical, message(), error: error(), metadata: metadata(), source: source(),
      file: file,
      function: function, line: line)
  }
}

import Logging

/// How log lines are written to standard error.
public enum LogFormat: String, Sendable, CaseIterable {
  /// Lines for people.
  case text
  /// A JSON object to a line, for machines: `time`, `level`, `message`, and the metadata under
  /// their own names within `metadata`.
  case json

  /// A logger to standard error that writes this format.
  public func logger(label: String, level: Logger.Level) -> Logger {
    var logger =
      switch self {
      case .text: Logger(label: label) { StreamLogHandler.standardError(label: $0) }
      case .json: Logger(label: label) { JSONLogHandler(label: $0) }
      }
    logger.logLevel = level
    return logger
  }
}

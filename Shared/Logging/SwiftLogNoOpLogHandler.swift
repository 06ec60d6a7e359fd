/// Takes lines and writes none.
public struct SwiftLogNoOpLogHandler: LogHandler {
  /// A handler that writes nothing.
  public init() {}

  /// Nothing is written.
  public func log(event: LogEvent) {}

  /// No field is kept.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  /// No field is kept.
  public var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }

  /// Always the highest, so that nearly nothing is evaluated.
  public var logLevel: Logger.Level {
    get { .critical }
    set {}
  }
}

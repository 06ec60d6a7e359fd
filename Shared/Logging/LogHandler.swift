/// Where a logger's lines go.
///
/// A handler that is a struct keeps level and metadata for one logger; a class shares them among
/// all that have it.
public protocol LogHandler: Sendable {
  /// Takes a line. Called only for levels from ``logLevel`` on, from any thread.
  func log(event: LogEvent)

  /// A field of every line; nil takes it away.
  subscript(metadataKey key: String) -> Logger.Metadata.Value? { get set }

  /// The fields of every line.
  var metadata: Logger.Metadata { get set }

  /// The least level that is written.
  var logLevel: Logger.Level { get set }

  /// What is asked for further fields of each line; nil for nothing.
  var metadataProvider: Logger.MetadataProvider? { get set }
}

extension LogHandler {
  /// Nothing is asked, and what is set is dropped: for handlers that know of no providers.
  public var metadataProvider: Logger.MetadataProvider? {
    get { nil }
    set {}
  }
}

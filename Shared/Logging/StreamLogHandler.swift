#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Synchronization

/// Writes lines for people: time, level, label, fields, source and message.
public struct StreamLogHandler: LogHandler {
  /// The least level that is written.
  public var logLevel = Logger.Level.info
  /// The fields of every line.
  public var metadata: Logger.Metadata = [:]
  /// What is asked for further fields of each line.
  public var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let descriptor: Int32

  /// Held while a line is written: a line longer than a pipe's buffer takes several calls, and no
  /// other may come between them.
  private static let turn = Mutex(())

  /// A handler to standard error.
  public static func standardError(label: String) -> Self {
    Self(label: label, descriptor: STDERR_FILENO)
  }

  /// A handler to standard output.
  public static func standardOutput(label: String) -> Self {
    Self(label: label, descriptor: STDOUT_FILENO)
  }

  init(label: String, descriptor: Int32) { (self.label, self.descriptor) = (label, descriptor) }

  /// A field of every line; nil takes it away.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes the line at once. Where nobody reads there is nobody to tell.
  public func log(event: LogEvent) {
    var line = Array(text(of: event, at: time(nil)).utf8)[...]
    Self.turn.withLock { _ in
      while !line.isEmpty {
        let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { return }
        line = line.dropFirst(written)
      }
    }
  }

  /// The line with its end.
  func text(of event: LogEvent, at time: time_t) -> String {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    let fields = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let error = event.error.map { ": \($0)" } ?? ""
    return "\(Self.text(of: time)) \(event.level) \(label):\(fields) [\(event.source)] "
      + "\(event.message)\(error)\n"
  }

  /// An instant in the machine's time zone, as ISO 8601 has it.
  private static func text(of time: time_t) -> String {
    var (time, parts) = (time, tm())
    localtime_r(&time, &parts)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
      let count = strftime(buffer.baseAddress, buffer.count, "%Y-%m-%dT%H:%M:%S%z", &parts)
      return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}

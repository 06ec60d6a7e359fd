/// Where the log is that services talk over.
public enum LogAddress: Equatable, Sendable {
  /// In the data folder, of one process.
  case embedded
  /// A Kafka cluster: some of its brokers as `host:port`, with commas between them.
  case kafka(servers: String)

  private static let scheme = "kafka://"
  private static let form =
    "must be kafka://HOST:PORT[,HOST:PORT...], or left out for the log "
    + "in the data folder"

  /// The value of the option `--log`; nil if it is not given.
  ///
  /// - Throws: ``ConfigurationError`` where it has another form.
  public init(_ text: String?) throws(ConfigurationError) {
    guard let text else {
      self = .embedded
      return
    }
    guard text.hasPrefix(Self.scheme) else { throw ConfigurationError("--log", Self.form) }
    let servers = text.dropFirst(Self.scheme.count)
    let each = servers.split(separator: ",", omittingEmptySubsequences: false)
    for server in each {
      guard Self.isServer(server) else { throw ConfigurationError("--log", Self.form) }
    }
    self = .kafka(servers: String(servers))
  }

  /// Whether a text is a host and a port; a user, a path or an option among them has no place here.
  private static func isServer(_ text: Substring) -> Bool {
    guard let colon = text.lastIndex(of: ":"),
      let port = UInt16(text[text.index(after: colon)...]), port > 0
    else { return false }
    let host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      return host.count > 2 && host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || $0 == ":" }
    }
    return !host.isEmpty
      && host.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "_")
      }
  }
}

extension LogAddress: CustomStringConvertible {
  public var description: String {
    switch self {
    case .embedded: "the log in the data folder"
    case .kafka(let servers): "\(Self.scheme)\(servers)"
    }
  }
}

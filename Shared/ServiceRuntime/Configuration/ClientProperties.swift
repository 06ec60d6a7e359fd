/// Properties of the Kafka client out of a file, the environment and the command line. What is
/// given in several takes the value of the last of them.
///
/// Values may be secrets: no error and no description shows one.
public struct ClientProperties: Sendable {
  /// What a property's variable begins with; the rest is its name in capitals, with `_` for `.`.
  public static let variablePrefix = "SALDO_KAFKA_"
  /// Names the Kafka that this program's tests run on, and no property of a client.
  private static let notAProperty = "SALDO_KAFKA_HOME"
  private static let fileOption = "--kafka-file"
  private static let option = "--kafka"
  /// What other options say.
  private static let elsewhere = [
    "bootstrap.servers": "--log", "metadata.broker.list": "--log",
    "group.instance.id": "--instance",
  ]

  private struct Entry {
    var value: String
    var origin: String
  }

  private var entries: [String: Entry] = [:]

  /// Reads properties.
  ///
  /// - Parameters:
  ///   - file: a file of `name=value` lines, where blank ones and those that begin with `#` say
  ///     nothing.
  ///   - environment: the process's; an empty variable counts as none.
  ///   - options: `name=value` each.
  /// - Throws: ``ConfigurationError`` that names the place, and never a value.
  public init(
    file: String?, environment: [String: String], options: [String]
  ) throws(ConfigurationError) {
    if let file { try add(file: file) }
    for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
      guard name.hasPrefix(Self.variablePrefix), name != Self.notAProperty, !value.isEmpty else {
        continue
      }
      let property = name.dropFirst(Self.variablePrefix.count).lowercased()
        .split(separator: "_", omittingEmptySubsequences: false).joined(separator: ".")
      try set(property, value, origin: name)
    }
    var given: Set<String> = []
    for (index, text) in options.enumerated() {
      guard let (name, value) = NamedValues.pair(text[...]) else {
        throw ConfigurationError(
          "\(Self.option) (number \(index + 1) of \(options.count))",
          "must be NAME=VALUE, such as socket.keepalive.enable=true")
      }
      let origin = "\(Self.option) \(name)"
      guard given.insert(name).inserted else { throw ConfigurationError(origin, Self.twice) }
      try set(name, value, origin: origin)
    }
  }

  /// The properties by name.
  public var values: [String: String] { entries.mapValues(\.value) }

  /// Where a property was given; nil if it was not.
  public func origin(of property: String) -> String? { entries[property]?.origin }

  /// The place that a complaint about a property is about: the longest property named in it.
  public func origin(namedIn complaint: String) -> String? {
    entries.filter { complaint.contains($0.key) }.max { $0.key.count < $1.key.count }?.value.origin
  }

  private static let twice = "is given twice: give it once"

  private mutating func add(file: String) throws(ConfigurationError) {
    var given: Set<String> = []
    for entry in try NamedValues(file: file, option: Self.fileOption).entries {
      let origin = "\(entry.place): \(entry.name)"
      guard given.insert(entry.name).inserted else { throw ConfigurationError(origin, Self.twice) }
      try set(entry.name, entry.value, origin: origin)
    }
  }

  private mutating func set(
    _ property: String, _ value: String, origin: String
  ) throws(ConfigurationError) {
    if let option = Self.elsewhere[property] {
      throw ConfigurationError(origin, "is not taken here: use \(option)")
    }
    entries[property] = Entry(value: value, origin: origin)
  }
}

/// Names and places only: a value may be a secret.
extension ClientProperties: CustomStringConvertible, CustomReflectable {
  public var description: String {
    entries.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value.origin))" }
      .joined(separator: ", ")
  }

  public var customMirror: Mirror { Mirror(self, children: [("properties", description)]) }
}

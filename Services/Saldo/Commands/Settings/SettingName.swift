import SaldoComposition
import ServiceRuntime

/// An option of the services' commands that settings may give.
struct SettingName: Sendable {
  enum Kind: Sendable {
    /// Has one value.
    case value
    /// May be given several times.
    case list
    /// Is there or not: `true` or `false`.
    case flag
  }

  /// Its name on the command line, without the dashes.
  let option: String
  var kind = Kind.value
  /// Whether only what takes facts in has it.
  var isOfIntake = false
  /// Whether it has a variable: `SALDO_KAFKA_NAME` is a property of the Kafka client.
  var isInEnvironment = true

  /// Its variable in the environment.
  var variable: String {
    Settings.variablePrefix + option.uppercased().split(separator: "-").joined(separator: "_")
  }

  /// Whether a command has it.
  func belongs(to command: String) -> Bool {
    !isOfIntake || ["up", ServiceName.ingest.rawValue].contains(command)
  }

  /// What stands for a value on the command line.
  ///
  /// - Throws: ``ConfigurationError`` for a flag that is neither on nor off.
  func arguments(_ value: String, _ origin: String) throws(ConfigurationError) -> [String] {
    guard kind == .flag else { return ["--\(option)=\(value)"] }
    switch value {
    case "true": return ["--\(option)"]
    case "false": return []
    default: throw ConfigurationError(origin, "must be true or false, not '\(value)'")
    }
  }

  /// The commands that take settings.
  static let commands = Set(["up"] + ServiceName.allCases.map(\.rawValue))
  /// Names the file of the others.
  static let file = SettingName(option: "settings")

  /// All of them.
  static let all = [
    SettingName(option: "data"), .init(option: "host"), .init(option: "port"),
    .init(option: "public-url", kind: .list), .init(option: "trusted-proxy", kind: .list),
    .init(option: "tls-certificate"), .init(option: "tls-key"), .init(option: "operations-port"),
    .init(option: "token-file", isOfIntake: true), .init(option: "watch", isOfIntake: true),
    .init(option: "watch-quiet", isOfIntake: true), .init(option: "partitions"),
    .init(option: "batch-size"), .init(option: "pairing-days"), .init(option: "log"),
    .init(option: "kafka-file", isInEnvironment: false), .init(option: "topic-prefix"),
    .init(option: "wait"), .init(option: "instance"), .init(option: "create-topics", kind: .flag),
    .init(option: "snapshots"), .init(option: "log-level"), .init(option: "log-format"),
  ]
}

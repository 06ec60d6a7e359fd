import ArgumentParser
import EventLog
import EventLogKafka
import Foundation
import Logging
import Messages
import SaldoComposition
import ServiceRuntime

/// The log that services talk over.
struct EventLogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A Kafka cluster to use instead of the log in the data folder: some of its brokers as "
        + "kafka://HOST:PORT[,HOST:PORT...].", valueName: "url"))
  var log: String?

  @Option(
    help: ArgumentHelp(
      "A property of the Kafka client, librdkafka; once for each. It takes precedence over the "
        + "variable SALDO_KAFKA_NAME (with _ for each dot), and that over --kafka-file. Secrets "
        + "belong in one of the latter two.", valueName: "name=value"))
  var kafka: [String] = []

  @Option(help: ArgumentHelp("A file of such properties, one per line.", valueName: "file"))
  var kafkaFile: String?

  @Option(
    help: ArgumentHelp(
      "A prefix of all topic and group names, if several systems share the cluster, such "
        + "as trial.", valueName: "text"))
  var topicPrefix = ""

  @Option(
    help: ArgumentHelp(
      "How long to wait at the start for the brokers of a cluster, and as a service for its "
        + "topics; at least 5 seconds for the first answer.", valueName: "seconds"))
  var wait = 30

  /// How long the first answer of a cluster is waited for at least: it takes a moment to connect.
  static let leastWait = Duration.seconds(5)

  func validate() throws {
    guard (0...86_400).contains(wait) else { throw ValidationError("--wait must be 0 to 86400.") }
    guard topicPrefix.isEmpty || InstanceName.isValid(topicPrefix) else {
      throw ValidationError("--topic-prefix must be \(InstanceName.form).")
    }
    do {
      guard try LogAddress(log) == .embedded else { return }
    } catch {
      throw ValidationError("\(error).")
    }
    let given = [
      ("--kafka", !kafka.isEmpty), ("--kafka-file", kafkaFile != nil),
      ("--topic-prefix", !topicPrefix.isEmpty),
    ].first { $0.1 }?.0
    if let given { throw ValidationError("\(given) needs --log kafka://HOST:PORT.") }
  }

  /// The log's address.
  var address: LogAddress { get throws { try LogAddress(log) } }

  /// Whether the log is shared with other processes.
  var isShared: Bool { get throws { try address != .embedded } }

  /// Whether it is said once where to send: to a service, or to the cluster's log.
  ///
  /// - Throws: `ValidationError` where it is not.
  func checkTarget(_ service: ServiceAddress?) throws {
    guard try (service != nil) != isShared else {
      throw ValidationError(
        service == nil
          ? "Where to? Give --to http://HOST:PORT, or --log kafka://HOST:PORT."
          : "Give --to or --log, not both.")
    }
  }

  /// Opens the cluster's log, where topics and groups go by the names that the prefix gives them.
  ///
  /// - Parameters:
  ///   - instance: as for ``cluster(_:instance:replication:firstAnswer:_:)``.
  ///   - firstAnswer: likewise.
  func open(
    _ servers: String, instance: String?, firstAnswer: Duration? = nil, _ logger: Logger
  ) throws -> any EventLog {
    let log = try cluster(servers, instance: instance, firstAnswer: firstAnswer, logger)
    return topicPrefix.isEmpty ? log : PrefixedLog(log, prefix: topicPrefix)
  }

  /// Opens the cluster's log as it is.
  ///
  /// - Parameters:
  ///   - servers: some of its brokers.
  ///   - instance: this process's name in its groups, if it is to keep its partitions while it
  ///     starts again.
  ///   - replication: how many copies of each partition topics get that are made.
  ///   - firstAnswer: how long to wait until a broker has answered once; nil for what was asked
  ///     for.
  /// - Throws: ``ConfigurationError`` or ``ArgumentError`` that names the setting at fault.
  func cluster(
    _ servers: String, instance: String?, replication: Int32? = nil,
    firstAnswer: Duration? = nil, _ logger: Logger
  ) throws -> KafkaLog {
    let properties = try ClientProperties(
      file: kafkaFile, environment: ProcessInfo.processInfo.environment, options: kafka)
    var settings = KafkaSettings(servers: servers)
    settings.properties = properties.values
    settings.instance = instance
    settings.replication = replication
    settings.openTopics = [topicPrefix + Topic.inbound.rawValue]
    settings.firstAnswer = firstAnswer ?? max(.seconds(wait), Self.leastWait)
    do {
      return try KafkaLog(settings: settings, logger: logger)
    } catch {
      throw ArgumentError(
        properties.origin(namedIn: "\(error)") ?? "kafka://\(servers)", "\(error)")
    }
  }

  /// What to do about an error of the cluster; empty where nothing is known.
  func advice(_ error: EventLogError, _ servers: String) -> String {
    guard case .unknownTopic = error else { return "" }
    let prefix = topicPrefix.isEmpty ? "" : " --topic-prefix \(topicPrefix)"
    return ": make the topics with 'saldo topics create --log kafka://\(servers)\(prefix)'"
  }
}

import ArgumentParser
import EventLog
import EventLogKafka
import Foundation
import Logging
import ServiceRuntime

/// The log that services talk over.
struct EventLogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A Kafka cluster's log, in the place of one in the data folder: some of its brokers as "
        + "kafka://HOST:PORT[,HOST:PORT...].", valueName: "url"))
  var log: String?

  @Option(
    help: ArgumentHelp(
      "A property of the Kafka client, librdkafka; once for each. It goes before the environment's "
        + "SALDO_KAFKA_NAME (a _ for each dot), and that before --kafka-file. What is secret "
        + "belongs in one of those.", valueName: "name=value"))
  var kafka: [String] = []

  @Option(help: ArgumentHelp("A file of such properties, one to a line.", valueName: "file"))
  var kafkaFile: String?

  func validate() throws {
    do {
      guard try LogAddress(log) == .embedded else { return }
    } catch {
      throw ValidationError("\(error).")
    }
    let given = kafka.isEmpty ? (kafkaFile == nil ? nil : "--kafka-file") : "--kafka"
    if let given { throw ValidationError("\(given) needs --log kafka://HOST:PORT.") }
  }

  /// The log's address.
  var address: LogAddress { get throws { try LogAddress(log) } }

  /// Whether the log is shared with other processes.
  var isShared: Bool { get throws { try address != .embedded } }

  /// Opens the cluster's log.
  ///
  /// - Parameters:
  ///   - servers: some of its brokers.
  ///   - instance: this process's name in its groups, if it is to keep its partitions while it
  ///     starts again.
  ///   - replication: how many copies of each partition topics get that are made.
  /// - Throws: ``ConfigurationError`` or ``ArgumentError`` that names the setting at fault.
  func open(
    _ servers: String, instance: String?, replication: Int32? = nil, _ logger: Logger
  ) throws -> KafkaLog {
    let properties = try ClientProperties(
      file: kafkaFile, environment: ProcessInfo.processInfo.environment, options: kafka)
    var settings = KafkaSettings(servers: servers)
    settings.properties = properties.values
    settings.instance = instance
    settings.replication = replication
    do {
      return try KafkaLog(settings: settings, logger: logger)
    } catch {
      throw ArgumentError(properties.origin(namedIn: "\(error)") ?? "kafka://\(servers)", "\(error)")
    }
  }
}

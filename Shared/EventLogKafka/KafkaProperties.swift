import EventLog
import Limits

/// What each connection to the cluster is configured with.
enum KafkaProperties {
  /// What a connection is for.
  enum Role: Sendable {
    /// Asks for topics, offsets and settings; reads and writes no records.
    case inquiries
    case producer
    /// A member of a group.
    case consumer(group: String)
  }

  /// The largest record, packed or compressed, that topics made here and producers take. A message
  /// between services is far below it; an event of a producer may come near.
  static let largestMessage = Limits.logRecord

  /// How often a reader asks whether its topic has more partitions.
  static let topicInterval = (name: "topic.metadata.refresh.interval.ms", milliseconds: 60_000)

  /// The properties for a connection, in the order in which they are to be set.
  ///
  /// - Throws: ``EventLogError/failed(_:)`` where a property is set that Saldo depends on.
  static func all(
    _ settings: KafkaSettings, role: Role, client: String
  ) throws(EventLogError) -> [(name: String, value: String)] {
    let required = required(settings, role: role)
    var chosen = defaults(role: role, client: client)
    for (name, value) in settings.properties {
      if let reason = reserved[name] {
        throw .failed("the Kafka property \(name) cannot be set: \(reason)")
      }
      if let needed = needed[name], value.lowercased() != needed {
        throw .failed(
          "the Kafka property \(name) must be \(needed): what is read and written would not be "
            + "safe otherwise; leave it out")
      }
      chosen[name] = value
    }
    chosen.merge(required) { $1 }
    return chosen.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }

  /// Whether a property's value must not be shown. Rather too many than too few.
  static func isSecret(_ name: String) -> Bool {
    name.hasPrefix("sasl.") || name.hasPrefix("ssl.") || name.contains("password")
      || name.contains("secret") || name.contains("token")
  }

  /// What is said elsewhere.
  private static let reserved = [
    "bootstrap.servers": "the servers are part of the log's address",
    "metadata.broker.list": "the servers are part of the log's address",
    "group.id": "each stage of a service has a group of its own",
    "group.instance.id": "it is the name of the instance",
    "transactional.id":
      "positions and effects commit together in the services' stores, not in Kafka's transactions",
  ]

  /// What the services' correctness depends on.
  private static let needed = [
    "acks": "all", "request.required.acks": "all", "enable.idempotence": "true",
    "enable.gapless.guarantee": "true", "message.timeout.ms": "0", "delivery.timeout.ms": "0",
    "delivery.report.only.error": "false", "enable.auto.commit": "false",
    "auto.commit.enable": "false", "enable.auto.offset.store": "false",
    "auto.offset.reset": "error", "enable.partition.eof": "true",
    "isolation.level": "read_committed", "allow.auto.create.topics": "false",
  ]

  private static func required(_ settings: KafkaSettings, role: Role) -> [String: String] {
    var required = [
      "bootstrap.servers": settings.servers, "allow.auto.create.topics": "false",
    ]
    switch role {
    case .inquiries: required["isolation.level"] = "read_committed"
    case .producer:
      required["enable.idempotence"] = "true"
      required["acks"] = "all"
      // A record that is given up while later ones are written would be a hole, which readers take
      // for a repetition once it is sent again: nothing is given up, and what is refused ends all.
      required["enable.gapless.guarantee"] = "true"
      required["message.timeout.ms"] = "0"
    case .consumer(let group):
      required["group.id"] = group
      if let instance = settings.instance { required["group.instance.id"] = instance }
      // Positions come from the stores: nothing may be committed, found or reset behind our back.
      required["enable.auto.commit"] = "false"
      required["enable.auto.offset.store"] = "false"
      required["auto.offset.reset"] = "error"
      required["enable.partition.eof"] = "true"
      required["isolation.level"] = "read_committed"
    }
    return required
  }

  private static func defaults(role: Role, client: String) -> [String: String] {
    var defaults = [
      "client.id": client, "socket.keepalive.enable": "true", "log.connection.close": "false",
      "reconnect.backoff.max.ms": "2000", "message.max.bytes": "\(largestMessage)",
    ]
    switch role {
    case .inquiries: break
    case .producer:
      // A step's messages come all at once, so there is little to wait for.
      defaults["linger.ms"] = "2"
      defaults["compression.type"] = "lz4"
      defaults["queue.buffering.max.kbytes"] = "131072"
      defaults["queue.buffering.max.messages"] = "500000"
    case .consumer:
      // Not cooperative-sticky, with which fewer partitions would be closed at a rebalance:
      // librdkafka 2.0.2 can end the process in that assignor, by a failed assertion.
      defaults["partition.assignment.strategy"] = "range"
      defaults["session.timeout.ms"] = "15000"
      defaults[topicInterval.name] = "\(topicInterval.milliseconds)"
      defaults["heartbeat.interval.ms"] = "3000"
      // A seek waits for the fetch that is under way.
      defaults["fetch.wait.max.ms"] = "100"
      // The queue is emptied as it fills; bytes bound it, whatever the size of a message.
      defaults["queued.max.messages.kbytes"] = "32768"
      defaults["queued.min.messages"] = "1000000"
      defaults["check.crcs"] = "true"
    }
    return defaults
  }
}

import CRdKafka
import EventLog
import Logging

/// One of librdkafka's clients, which has threads and connections of its own. It ends with the last
/// reference to it.
///
/// Sendable: the pointer never changes, librdkafka's functions on it may be called from any thread,
/// and it is destroyed when nobody holds it any more.
final class KafkaHandle: @unchecked Sendable {
  let pointer: OpaquePointer
  private let context: KafkaContext

  /// Connects in the background; a broker that cannot be reached shows in what is asked later.
  ///
  /// - Parameters:
  ///   - trouble: is told what is wrong with the brokers.
  ///   - callbacks: what a consumer is told within its own polls.
  init(
    _ settings: KafkaSettings, role: KafkaProperties.Role, client: String, logger: Logger,
    trouble: BrokerTrouble = BrokerTrouble(), callbacks: ConsumerCallbacks? = nil
  ) throws(EventLogError) {
    let context = KafkaContext(
      logger: logger, trouble: trouble, callbacks: callbacks,
      mechanism: settings.properties["sasl.mechanisms"] ?? settings.properties["sasl.mechanism"])
    guard let configuration = rd_kafka_conf_new() else {
      throw .failed("no memory for a Kafka client")
    }
    do {
      for (name, value) in try KafkaProperties.all(settings, role: role, client: client) {
        try Self.set(configuration, name, value)
      }
    } catch {
      rd_kafka_conf_destroy(configuration)
      throw error
    }
    rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(context).toOpaque())
    rd_kafka_conf_set_log_cb(configuration, kafkaDidLog)
    rd_kafka_conf_set_error_cb(configuration, kafkaDidFail)
    var type = RD_KAFKA_CONSUMER
    switch role {
    case .inquiries: break
    case .producer:
      type = RD_KAFKA_PRODUCER
      rd_kafka_conf_set_events(configuration, RD_KAFKA_EVENT_DR)
    case .consumer:
      rd_kafka_conf_set_rebalance_cb(configuration, kafkaDidRebalance)
      rd_kafka_conf_set_offset_commit_cb(configuration, kafkaDidCommit)
    }
    var text = [CChar](repeating: 0, count: 512)
    guard let pointer = rd_kafka_new(type, configuration, &text, text.count) else {
      // Only where it succeeds is the configuration librdkafka's.
      rd_kafka_conf_destroy(configuration)
      throw .failed("a Kafka client cannot be made: \(KafkaText.from(text))")
    }
    self.pointer = pointer
    self.context = context
  }

  /// A consumer has been closed on its thread. Closing it once more, which is what destroying it
  /// would do, waits for a callback that nobody answers any more.
  deinit { rd_kafka_destroy_flags(pointer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE) }

  /// Why this client can go on no more; nil while it can.
  var fatalError: String? {
    var text = [CChar](repeating: 0, count: 512)
    let code = rd_kafka_fatal_error(pointer, &text, text.count)
    guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
    return "\(KafkaText.of(code)): \(KafkaText.from(text))"
  }

  /// With which error this client can go on no more; none while it can.
  var fatalCode: rd_kafka_resp_err_t { rd_kafka_fatal_error(pointer, nil, 0) }

  private static func set(
    _ configuration: OpaquePointer, _ name: String, _ value: String
  ) throws(EventLogError) {
    var text = [CChar](repeating: 0, count: 512)
    let result = rd_kafka_conf_set(configuration, name, value, &text, text.count)
    guard result != RD_KAFKA_CONF_OK else { return }
    // librdkafka quotes the value.
    let reason = KafkaProperties.isSecret(name) ? "its value is refused" : KafkaText.from(text)
    throw .failed("the Kafka property \(name) cannot be set: \(reason)")
  }
}

/// What a client's callbacks reach.
final class KafkaContext: Sendable {
  let logger: Logger
  let trouble: BrokerTrouble
  let callbacks: ConsumerCallbacks?
  /// How clients log in, where they do.
  let mechanism: String?

  init(
    logger: Logger, trouble: BrokerTrouble, callbacks: ConsumerCallbacks?, mechanism: String?
  ) {
    self.logger = logger
    self.trouble = trouble
    self.callbacks = callbacks
    self.mechanism = mechanism
  }

  /// Writes a line, unless it was written a moment ago.
  func log(_ level: Logger.Level, _ message: Logger.Message, _ text: String, as kind: String) {
    guard let held = trouble.admit(text) else {
      return logger.debug(message, metadata: ["kind": "\(kind)", "text": "\(text)"])
    }
    var metadata: Logger.Metadata = ["kind": "\(kind)", "text": "\(text)"]
    if held > 0 { metadata["repeated"] = "\(held)" }
    logger.log(level: level, message, metadata: metadata)
  }

  static func of(_ opaque: UnsafeMutableRawPointer?) -> KafkaContext? {
    opaque.map { Unmanaged<KafkaContext>.fromOpaque($0).takeUnretainedValue() }
  }
}

/// librdkafka's C strings.
enum KafkaText {
  static func of(_ code: rd_kafka_resp_err_t) -> String { String(cString: rd_kafka_err2str(code)) }

  static func from(_ text: [CChar]) -> String {
    String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

// Free functions: librdkafka calls them on threads of its own.

private func kafkaDidLog(
  _ client: OpaquePointer?, _ level: Int32, _ facility: UnsafePointer<CChar>?,
  _ text: UnsafePointer<CChar>?
) {
  guard let client, let context = KafkaContext.of(rd_kafka_opaque(client)) else { return }
  let facility = facility.map { String(cString: $0) } ?? ""
  // One set of properties serves producers and consumers, and librdkafka remarks on that.
  let level: Logger.Level =
    switch level {
    case _ where facility == "CONFWARN": .debug
    case ...3: .error
    case 4: .warning
    case 5, 6: .info
    default: .debug
    }
  context.log(level, "kafka client", text.map { String(cString: $0) } ?? "", as: facility)
}

private func kafkaDidFail(
  _ client: OpaquePointer?, _ code: Int32, _ reason: UnsafePointer<CChar>?,
  _ opaque: UnsafeMutableRawPointer?
) {
  guard let context = KafkaContext.of(opaque) else { return }
  let reason = reason.map { String(cString: $0) } ?? ""
  let error = rd_kafka_resp_err_t(rawValue: code)
  guard KafkaFailure.isRefusal(error) else {
    return context.log(.warning, "kafka trouble", reason, as: KafkaText.of(error))
  }
  let advice =
    error == RD_KAFKA_RESP_ERR__SSL ? "" : KafkaClient.advice(mechanism: context.mechanism)
  context.trouble.refused(reason + advice)
  context.log(.error, "kafka refuses the connection", reason + advice, as: KafkaText.of(error))
}

import CRdKafka

/// The Kafka client under this module.
public enum KafkaLibrary {
  /// The version of librdkafka that the process runs with, such as `2.0.2`.
  public static var version: String { String(cString: rd_kafka_version_str()) }
}

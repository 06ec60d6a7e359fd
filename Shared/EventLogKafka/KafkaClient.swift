import CRdKafka

/// The client library that this program runs on.
public enum KafkaClient {
  /// Its version, such as `2.0.2`: of the library that was found, not of the one that was built
  /// with.
  public static var version: String { String(cString: rd_kafka_version_str()) }

  /// The first version whose login by SCRAM brokers of Kafka 4 take: earlier ones repeat the
  /// client's nonce, which these refuse.
  private static let scramSince: Int32 = 0x0206_01ff

  /// Whether brokers of Kafka 4 take its logins by SCRAM.
  public static var logsInByScramToKafka4: Bool { rd_kafka_version() >= scramSince }

  /// What else to know of a login that was refused; empty if nothing is.
  static func advice(mechanism: String?) -> String {
    guard !logsInByScramToKafka4, mechanism?.uppercased().hasPrefix("SCRAM") ?? false
    else { return "" }
    return " (brokers since Kafka 4 also refuse any login by SCRAM of librdkafka before 2.6.1; "
      + "this is \(version))"
  }
}

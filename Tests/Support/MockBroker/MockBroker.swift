import CRdKafka
import Foundation

/// librdkafka's mock of a Kafka cluster as a process, so that tests can lose it or be lost by it.
///
/// `MockBroker <brokers>` prints where it listens, then does what each line of its input says and
/// answers `ok` or why not, until the input ends: `topic NAME PARTITIONS`, `down BROKER`,
/// `up BROKER`, `fail REQUEST ERROR...` (the numbers of Kafka's protocol), `end`.
@main
enum MockBroker {
  static func main() {
    let configuration = rd_kafka_conf_new()
    // It would remark that it has no servers to connect to.
    rd_kafka_conf_set(configuration, "log_level", "3", nil, 0)
    guard CommandLine.arguments.count == 2, let brokers = Int32(CommandLine.arguments[1]),
      let client = rd_kafka_new(RD_KAFKA_PRODUCER, configuration, nil, 0),
      let cluster = rd_kafka_mock_cluster_new(client, brokers),
      let servers = rd_kafka_mock_cluster_bootstraps(cluster)
    else {
      answer("usage: MockBroker <brokers>")
      exit(2)
    }
    answer(String(cString: servers))
    while let line = readLine(), line != "end" {
      let words = line.split(separator: " ").map(String.init)
      let code = perform(words, on: cluster)
      answer(code == RD_KAFKA_RESP_ERR_NO_ERROR ? "ok" : String(cString: rd_kafka_err2str(code)))
    }
    rd_kafka_mock_cluster_destroy(cluster)
    rd_kafka_destroy(client)
  }

  private static func perform(
    _ words: [String], on cluster: OpaquePointer
  ) -> rd_kafka_resp_err_t {
    let numbers = words.dropFirst().compactMap { Int32($0) }
    switch (words.first, numbers.first, words.count) {
    case ("topic", let partitions?, 3):
      let code = rd_kafka_mock_topic_create(cluster, words[1], partitions, 1)
      return code == RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS ? RD_KAFKA_RESP_ERR_NO_ERROR : code
    case ("down", let broker?, 2): return rd_kafka_mock_broker_set_down(cluster, broker)
    case ("up", let broker?, 2): return rd_kafka_mock_broker_set_up(cluster, broker)
    case ("fail", let request?, 3...):
      let errors = numbers.dropFirst().map { rd_kafka_resp_err_t(rawValue: $0) }
      rd_kafka_mock_push_request_errors_array(cluster, Int16(request), errors.count, errors)
      return RD_KAFKA_RESP_ERR_NO_ERROR
    default: return RD_KAFKA_RESP_ERR__INVALID_ARG
    }
  }

  private static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}

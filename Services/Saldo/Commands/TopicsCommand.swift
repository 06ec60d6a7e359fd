import ArgumentParser
import EventLog
import EventLogKafka
import Messages
import SaldoComposition
import ServiceRuntime

/// `saldo topics`: the topics of a cluster.
struct TopicsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topics",
    abstract: "Creates the topics on a Kafka cluster, and checks them.",
    discussion: """
      Every topic has the same number of partitions, which is fixed once it is created. Records \
      are kept forever (retention.ms=-1); compacted topics keep the last record of each key.

      Exit codes: 0 when every topic is as it must be; 1 when some are not (the output says \
      what to do); 2 when the brokers cannot be reached or refuse.
      """,
    subcommands: [Create.self, Describe.self])

  /// Which cluster, and what is wanted of its topics.
  struct Options: ParsableArguments {
    @OptionGroup var eventLog: EventLogOptions

    @Option(
      help: ArgumentHelp(
        "How many partitions every topic has. (default: what they have, or "
          + "\(LocalSystem.defaultPartitions))", valueName: "number"))
    var partitions: Int32?

    @Option(
      help: ArgumentHelp(
        "How many copies of each partition to keep. (default: 3, or as many as there are brokers)",
        valueName: "number"))
    var replication: Int32?

    func validate() throws {
      guard try eventLog.isShared else {
        throw ValidationError("--log kafka://HOST:PORT is required.")
      }
      if let partitions, !(1...1_000).contains(partitions) {
        throw ValidationError("--partitions must be 1 to 1000.")
      }
      if let replication, !(1...100).contains(replication) {
        throw ValidationError("--replication must be 1 to 100.")
      }
    }
  }

  /// `saldo topics create`.
  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract: "Creates the topics that are missing, and checks all.",
      discussion: """
        Topics that exist stay as they are.

        Examples:
          saldo topics create --log kafka://127.0.0.1:9092
          saldo topics create --log kafka://a:9092,b:9092,c:9092 --partitions 24 --replication 3
        """)

    @OptionGroup var options: Options

    func run() async throws { try await TopicsRun(options: options).run(creating: true) }
  }

  /// `saldo topics describe`.
  struct Describe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "describe",
      abstract: "Checks the topics, and shows the state of each.",
      discussion: """
        Changes nothing.

        Examples:
          saldo topics describe --log kafka://127.0.0.1:9092
          saldo topics describe --log kafka://127.0.0.1:9092 --partitions 24
        """)

    @OptionGroup var options: Options

    func run() async throws { try await TopicsRun(options: options).run(creating: false) }
  }
}

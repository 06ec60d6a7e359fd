import ArgumentParser
import SaldoComposition

/// A command that runs one service as a process of its own.
protocol ServiceCommand: AsyncParsableCommand {
  /// The service.
  static var service: ServiceName { get }
  var options: ServiceOptions { get }
  /// Who may send facts, where it takes any.
  var producers: ProducerOptions { get }
  /// The folder that it takes files from; nil where it takes none.
  var watch: WatchOptions? { get }
}

extension ServiceCommand {
  var producers: ProducerOptions { .init() }
  var watch: WatchOptions? { nil }

  /// The command's help.
  static func help(
    _ service: ServiceName, _ abstract: String, _ more: String = ""
  ) -> CommandConfiguration {
    CommandConfiguration(
      commandName: service.rawValue, abstract: abstract,
      discussion: """
        Any number of processes of a service share its partitions over a Kafka cluster, each \
        with a data folder of its own; they start and stop in any order. --log \
        kafka://HOST:PORT is required: the log in a data folder is for one process, which is \
        'saldo up'.

        Once it accepts connections it prints "listening on HOST:PORT" on standard output. It runs \
        until SIGTERM or SIGINT, finishes the work in hand and exits with 0; a second signal ends \
        it at once.
        \(more)
        GET /health/live       200 while the process runs
        GET /health/ready      200 once every stage works on its partitions, else 503
        GET /metrics           metrics in the Prometheus text format

        Examples:
          saldo \(service.rawValue) --log kafka://127.0.0.1:9092 --data \(service.rawValue)-1
          saldo \(service.rawValue) --log kafka://a:9092,b:9092 --data \(service.rawValue)-1 \\
            --instance \(service.rawValue)-1 --kafka-file client.properties --port 0

        Exit codes: 0 after SIGTERM or SIGINT; 2 when it cannot start or go on; 130 or 143 when \
        a second signal ends it.
        """)
  }

  func run() async throws {
    try await SystemRun(
      services: [Self.service], data: options.data, listener: options.listener,
      producers: producers, system: options.system, logger: options.logging.logger, watch: watch
    ).run()
  }
}

/// The options of a service's command.
struct ServiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of this process's stores; created if missing.", valueName: "dir"))
  var data: String

  @OptionGroup var listener: ListenOptions
  @OptionGroup var system: SystemOptions
  @OptionGroup var logging: LogOptions
  @OptionGroup var settings: SettingsOptions

  func validate() throws {
    guard try system.eventLog.isShared else {
      throw ValidationError(
        "--log kafka://HOST:PORT is required: the log in a data folder is for one process, which "
          + "is 'saldo up'.")
    }
  }
}

/// `saldo ingest`: checks what comes in, and derives movements from documents.
struct IngestCommand: ServiceCommand {
  static let service = ServiceName.ingest
  static let configuration = help(
    service, "Runs the ingest service: takes events and files, and derives movements from them.",
    """

    POST /v1/events        one CloudEvent, a JSON array of them, or NDJSON
    POST /v1/files/{name}  a file as for 'saldo process'
    """)

  @OptionGroup var options: ServiceOptions
  @OptionGroup var producers: ProducerOptions
  @OptionGroup var watching: WatchOptions

  var watch: WatchOptions? { watching }
}

/// `saldo discharge`: keeps the books.
struct DischargeCommand: ServiceCommand {
  static let service = ServiceName.discharge
  static let configuration = help(
    service, "Runs the discharge service: keeps the books, and matches exits with entries.")

  @OptionGroup var options: ServiceOptions
}

/// `saldo transfer`: opens at one plant what left another.
struct TransferCommand: ServiceCommand {
  static let service = ServiceName.transfer
  static let configuration = help(
    service, "Runs the transfer service: opens lots at one plant for what a move took at another.")

  @OptionGroup var options: ServiceOptions
}

/// `saldo reporting`: keeps the read models.
struct ReportingCommand: ServiceCommand {
  static let service = ServiceName.reporting
  static let configuration = help(
    service, "Runs the reporting service: keeps the tables that reports read.")

  @OptionGroup var options: ServiceOptions
}

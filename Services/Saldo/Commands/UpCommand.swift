import ArgumentParser
import SaldoComposition

/// `saldo up`: the four services as a running system.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Runs the services on a data folder, and takes events and files over HTTP.",
    discussion: """
      Once it accepts connections it prints "listening on HOST:PORT" on standard output. It \
      runs until SIGTERM or SIGINT, finishes the work in hand and exits with 0; a second signal \
      ends it at once.

      POST /v1/events        one CloudEvent, a JSON array of them, or NDJSON
      POST /v1/files/{name}  a file as for 'saldo process'
      GET /api/v1/reports    the reports; each also as .csv, .xlsx or .json (see \
      /api/v1/openapi.json)
      GET /v1/transfers      virtual transfers and their state; one: /v1/transfers/{id}
      POST /v1/transfers/pair, /v1/transfers/unpair  a person's decision about two documents
      GET /health/live       200 while the process runs
      GET /health/ready      200 once every stage works on its partitions, else 503
      GET /metrics           metrics in the Prometheus text format

      Posts return {"accepted": n, "rejected": n, "errors": [...]} once everything is durable; \
      errors are problem details (RFC 9457). With --token-file, producers must identify \
      themselves: Authorization: Bearer TOKEN.

      Examples:
        saldo up --data books
        saldo up --data books --watch /srv/sftp/saldo
        saldo up --data books --token-file producers --operations-port 9090 --log-level debug
        saldo up --data books --host 0.0.0.0 --port 443 --public-url https://books.example \
          --tls-certificate books.pem --tls-key books.key --token-file producers
        saldo up --data books --log kafka://127.0.0.1:9092 --create-topics
        curl --data-binary @events.ndjson http://127.0.0.1:8080/v1/events

      Exit codes: 0 after SIGTERM or SIGINT; 2 when it cannot start or go on; 130 or 143 when a \
      second signal ends it.
      """)

  @Option(help: ArgumentHelp("The folder of the books; created if missing.", valueName: "dir"))
  var data: String

  @OptionGroup var listener: ListenOptions
  @OptionGroup var producers: ProducerOptions
  @OptionGroup var watching: WatchOptions
  @OptionGroup var system: SystemOptions
  @OptionGroup var logging: LogOptions
  @OptionGroup var settings: SettingsOptions

  func run() async throws {
    try await SystemRun(
      services: ServiceName.allCases, data: data, listener: listener, producers: producers,
      system: system, logger: logging.logger, watch: watching
    ).run()
  }
}

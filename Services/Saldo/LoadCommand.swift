import ArgumentParser
import EventLog
import Foundation
import IngestService
import Ledger
import LocalSystem
import Messages
import ServiceRuntime

/// `saldo load`: files to running services.
struct LoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Sends files to running services, one after the other.",
    discussion: """
      Files are as for 'saldo process', and are streamed. When a file is answered for, its events \
      are durable. What only other facts can tell (a conflict, something not known yet) shows in \
      the reports, not here.

      With --to they go by HTTP to 'saldo up' or 'saldo ingest'; with --log they are written \
      straight to the cluster's inbound topic.

      Examples:
        saldo load events.ndjson --to http://127.0.0.1:8080
        saldo load files/* --to https://books.example --token-file token
        saldo load files/* --log kafka://127.0.0.1:9092

      Exit codes: 0 when every event is well formed; 1 when some were rejected (the first are \
      shown); 2 when a file cannot be read or is refused, or the services cannot be reached.
      """)

  @Argument(help: ArgumentHelp("The files to send.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp("Where the services listen: http://HOST:PORT.", valueName: "url"),
    transform: ServiceAddress.parse)
  var to: ServiceAddress?

  @OptionGroup var sender: TokenOptions

  @OptionGroup var eventLog: EventLogOptions

  func validate() throws {
    try eventLog.checkTarget(to)
  }

  func run() async throws {
    _ = try InputPaths.check(files)
    guard case .kafka(let servers) = try eventLog.address else {
      guard let to else { return }
      return try await load(to: Sending(to: to, token: try sender.token))
    }
    let log = try eventLog.open(servers, instance: nil, LogOptions.logger(.warning))
    do {
      let partitions = try await log.partitions(of: Topic.inbound.rawValue)
      let loader = FileLoader(log: log, partitions: partitions, turns: Turns())
      try await load(to: Producing(loader: loader))
    } catch let error as EventLogError {
      await log.close()
      throw ArgumentError("kafka://\(servers)", "\(error)\(eventLog.advice(error, servers))")
    } catch {
      await log.close()
      throw error
    }
    await log.close()
  }

  private func load(to destination: some FileDestination) async throws {
    var rejected = 0
    for path in files {
      let counts = try await destination.load(path)
      rejected += counts.rejected
      Standard.output("\(path): \(counts.accepted) accepted, \(counts.rejected) rejected")
      Self.show(counts.errors)
      for note in counts.notes ?? [] where !note.isRejection {
        let place = note.line > 0 ? "\(note.file), line \(note.line)" : note.file
        let times = note.count > 1 ? " (\(note.count) times)" : ""
        Standard.error(VisibleText.line("saldo: \(place): \(note.detail)\(times)"))
      }
    }
    if rejected > 0 { throw ExitCode(1) }
  }

  /// Shows what was wrong with events.
  static func show(_ faults: [EventFault]) {
    for fault in faults { Standard.output("  \(fault)") }
  }
}

/// Where files are loaded to.
protocol FileDestination {
  /// Loads a file, and answers what became of its events, which are durable then.
  func load(_ path: String) async throws -> IntakeCounts
}

/// The inbound topic itself.
private struct Producing: FileDestination {
  let loader: FileLoader

  func load(_ path: String) async throws -> IntakeCounts {
    try await loader.load(path: path, checked: true).counts
  }
}

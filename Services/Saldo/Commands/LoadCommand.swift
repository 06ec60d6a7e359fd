import ArgumentParser
import EventLog
import Foundation
import IngestService
import Ledger
import Messages
import SaldoComposition
import ServiceRuntime

/// `saldo load`: files to running services.
struct LoadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "load",
    abstract: "Sends files to running services, one after the other.",
    discussion: """
      Files are as for 'saldo process', and are streamed. Once a file is acknowledged, its \
      events are durable. What depends on other facts (a conflict, something not known yet) \
      shows in the reports, not here.

      With --to they go over HTTP to 'saldo up' or 'saldo ingest'; with --log they are written \
      directly to the cluster's inbound topic.

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

  @OptionGroup var summary: SummaryOptions

  func validate() throws {
    try eventLog.checkTarget(to)
  }

  func run() async throws {
    let sizes = try InputPaths.check(files)
    guard case .kafka(let servers) = try eventLog.address else {
      guard let to else { return }
      return try await load(sizes, to: Sending(to: to, token: try sender.token))
    }
    let log = try eventLog.open(servers, instance: nil, LogOptions.logger(.warning))
    do {
      let partitions = try await log.partitions(of: Topic.inbound.rawValue)
      let loader = FileLoader(log: log, partitions: partitions, turns: Turns())
      try await load(sizes, to: Producing(loader: loader))
    } catch let error as EventLogError {
      await log.close()
      throw ArgumentError("kafka://\(servers)", "\(error)\(eventLog.advice(error, servers))")
    } catch {
      await log.close()
      throw error
    }
    await log.close()
  }

  private func load(_ sizes: [Int64], to destination: some FileDestination) async throws {
    var loaded = LoadedFiles()
    do {
      for (path, size) in zip(files, sizes) {
        let counts = try await load(path, size, to: destination, after: loaded.files.count)
        loaded.add(path, counts)
        if !summary.json && !summary.quiet { Self.show(path, counts) }
        for note in counts.notes ?? [] where !note.isRejection {
          let place = note.line > 0 ? "\(note.file), line \(note.line)" : note.file
          let times = note.count > 1 ? " (\(note.count) times)" : ""
          Standard.error(VisibleText.line("saldo: \(place): \(note.detail)\(times)"))
        }
      }
    } catch {
      // What was loaded is durable, and its sender should know.
      if summary.json { try Standard.output(JSONText.encoded(loaded)) }
      throw error
    }
    if summary.json { try Standard.output(JSONText.encoded(loaded)) }
    if loaded.rejected > 0 { throw ExitCode(1) }
  }

  /// Loads a file, with a line of progress where there is a terminal.
  private func load(
    _ path: String, _ size: Int64, to destination: some FileDestination, after count: Int
  ) async throws -> IntakeCounts {
    let line = summary.line
    guard line.isShown else { return try await destination.load(path, LoadProgress()) }
    let progress = LoadProgress()
    let showing = Task {
      while !Task.isCancelled {
        let part = min(100, progress.bytes * 100 / max(1, size))
        line.show("\(path): \(part) % sent (file \(count + 1) of \(files.count))")
        try await Task.sleep(for: .milliseconds(250))
      }
    }
    let result: Result<IntakeCounts, any Error>
    do {
      result = .success(try await destination.load(path, progress))
    } catch {
      result = .failure(error)
    }
    showing.cancel()
    // It must not write over what is said next.
    _ = await showing.result
    line.clear()
    return try result.get()
  }

  private static func show(_ path: String, _ counts: IntakeCounts) {
    Standard.output("\(path): \(counts.accepted) accepted, \(counts.rejected) rejected")
    show(counts.errors)
  }

  /// Shows what was wrong with events.
  static func show(_ faults: [EventFault]) {
    for fault in faults { Standard.output("  \(fault)") }
  }
}

/// What a load came to, for programs.
private struct LoadedFiles: Encodable {
  struct File: Encodable {
    var file: String
    var accepted: Int
    var rejected: Int
    var errors: [EventFault]
    var notes: [FileRemark]
  }

  private(set) var accepted = 0
  private(set) var rejected = 0
  private(set) var files: [File] = []

  mutating func add(_ path: String, _ counts: IntakeCounts) {
    accepted += counts.accepted
    rejected += counts.rejected
    files.append(
      File(
        file: path, accepted: counts.accepted, rejected: counts.rejected, errors: counts.errors,
        notes: counts.notes ?? []))
  }
}

/// Where files are loaded to.
protocol FileDestination {
  /// Loads a file, and answers what became of its events, which are durable then.
  func load(_ path: String, _ progress: LoadProgress) async throws -> IntakeCounts
}

/// The inbound topic itself.
private struct Producing: FileDestination {
  let loader: FileLoader

  func load(_ path: String, _ progress: LoadProgress) async throws -> IntakeCounts {
    try await loader.load(path: path, checked: true, progress: progress).counts
  }
}

import EventLog
import Foundation
import HTTPServer
import IngestFiles
import Logging
import ServiceRuntime
import Synchronization

/// Ingest on HTTP: events and files in, and the process's health.
///
/// - `POST /v1/events`: one CloudEvent, a JSON array of them, or NDJSON, told by the content.
/// - `POST /v1/files/{name}`: a file as `saldo process` takes it.
/// - what operators see: ``Operations``.
///
/// Both posts answer ``IntakeCounts`` once everything is durable in the log: 202, or 400 where
/// nothing could be read. Events that intake rejects are in the log as well.
public struct IngestFront: Sendable {
  /// How the front is set up.
  public struct Settings: Sendable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port to listen on; 0 takes one that is free.
    public var port = 8080
    /// The largest file that has to be on disk as a whole before it is read (a ZIP, partes.csv), in
    /// bytes. Events are streamed and have no limit.
    public var fileLimit: Int64 = 1 << 30
    /// The folder for those files while they are read.
    public var uploadFolder: String

    /// The defaults, with a folder for files.
    public init(uploadFolder: String) { self.uploadFolder = uploadFolder }
  }

  let log: any EventLog
  let partitions: Int32
  let settings: Settings
  let operations: Operations
  let logger: Logger
  private let addRoutes: @Sendable (inout Router) -> Void
  private let turns = Turns()

  /// - Parameters:
  ///   - partitions: how many the inbound topic has.
  ///   - operations: what operators see of the process that takes them in.
  ///   - addRoutes: adds what else the process answers.
  public init(
    log: any EventLog, partitions: Int32, settings: Settings,
    operations: Operations, logger: Logger,
    addRoutes: @escaping @Sendable (inout Router) -> Void = { _ in }
  ) {
    self.addRoutes = addRoutes
    self.log = log
    self.partitions = partitions
    self.settings = settings
    self.operations = operations
    self.logger = logger
  }

  /// Removes uploads that a process which was killed left behind. To be called before serving, by
  /// the one process that works on the folder.
  public func removeLeftovers() { Upload.clear(folder: settings.uploadFolder) }

  /// The server; it is to be run.
  public func server() -> Server {
    Server(.init(host: settings.host, port: settings.port, logger: logger), router: router())
  }

  /// The routes, for the server and for tests.
  func router() -> Router {
    var router = Router(logger: logger)
    operations.addRoutes(to: &router)
    addRoutes(&router)
    router.post("/v1/events", body: .none) { request in
      try await answer {
        var body = EventsBody(into: producer())
        guard case .events(let verdicts) = try await body.take(request.body) else {
          throw Refusal.notEvents
        }
        return verdicts
      }
    }
    router.post("/v1/files/{name}", body: .none) { request in
      let name = try request.parameter("name")
      return try await answer { try await take(file: name, request) }
    }
    return router
  }

  private func take(file name: String, _ request: Request) async throws -> EventVerdicts {
    let length = request.headers[.contentLength].flatMap { Int64($0) }
    var body = EventsBody(into: producer())
    switch try await body.take(request.body) {
    case .events(let verdicts): return verdicts
    case .somethingElse(let beginning, var rest):
      if let length, length > settings.fileLimit { throw Refusal.tooLarge(settings.fileLimit) }
      let upload = try Upload(folder: settings.uploadFolder)
      defer { upload.remove() }
      try await upload.write(beginning, &rest, limit: settings.fileLimit)
      return try await load(upload, name)
    }
  }

  private func load(_ upload: Upload, _ name: String) async throws -> EventVerdicts {
    do {
      return try await FileLoader(log: log, partitions: partitions)
        .load(path: upload.path, checked: true).verdicts
    } catch var error as InputFileError {
      error.file = name
      throw error
    }
  }

  private func producer() -> InboundProducer {
    InboundProducer(log: log, partitions: partitions, turn: turns.next(of: partitions))
  }

  /// Answers what was taken, or why nothing was.
  private func answer(_ take: () async throws -> EventVerdicts) async throws -> Response {
    do {
      let verdicts = try await take()
      // An empty body, or nothing in it that is JSON.
      guard verdicts.counts.total > 0 else { throw Refusal.empty }
      return try Answer.json(verdicts.anyReadable ? .accepted : .badRequest, verdicts.counts)
    } catch let refusal as Refusal {
      return try Answer.refusal(refusal.status, refusal.code, refusal.description)
    } catch let error as InputFileError {
      return try Answer.refusal(Answer.status(error.code), error.code.rawValue, error.description)
    } catch is CancellationError {
      return try Answer.unavailable("the services are stopping")
    } catch let error as EventLogError {
      logger.error("The log did not take events", metadata: ["error": "\(error)"])
      return try Answer.unavailable("the log does not take events now")
    }
  }
}

/// Whose turn it is: posts of few events each spread over the partitions.
private final class Turns: Sendable {
  private let count = Atomic<UInt32>(0)

  func next(of partitions: Int32) -> Int32 {
    Int32(count.wrappingAdd(1, ordering: .relaxed).oldValue % UInt32(partitions))
  }
}

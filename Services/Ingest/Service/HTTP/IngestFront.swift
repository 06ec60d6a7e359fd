import EventLog
import Foundation
import HTTPServer
import IngestFiles
import Logging
import Messages
import ServiceRuntime

/// Ingest on HTTP: events and files in.
///
/// - `POST /v1/events`: CloudEvents as JSON, any sequence of them and of arrays of them; or one in
///   binary mode, its attributes as headers.
/// - `POST /v1/files/{name}`: a file as `saldo process` takes it.
///
/// Both answer ``IntakeCounts`` once everything is durable in the log: 202, or a problem (RFC 9457)
/// where nothing could be read or the post was ended before its end. Events that intake rejects are
/// in the log as well.
public struct IngestFront: Sendable {
  /// How the front is set up.
  public struct Settings: Sendable {
    /// What posts may cost.
    public var limits = FrontLimits()
    /// Who may send, by their tokens; nil for everybody.
    public var bearer: Bearer?
    /// The folder for files while they are read.
    public var uploadFolder: String

    /// The defaults, with a folder for files.
    public init(uploadFolder: String) { self.uploadFolder = uploadFolder }
  }

  let log: any EventLog
  let partitions: Int32
  let settings: Settings
  let logger: Logger
  private let uploads: UploadFolder
  private let budget: ByteBudget
  private let slots: Slots
  private let turns = Turns()

  /// - Parameter partitions: how many the inbound topic has.
  public init(log: any EventLog, partitions: Int32, settings: Settings, logger: Logger) {
    self.log = log
    self.partitions = partitions
    self.settings = settings
    self.logger = logger
    uploads = UploadFolder(settings.uploadFolder, limits: settings.limits)
    budget = ByteBudget(settings.limits.heldBytes)
    slots = Slots(settings.limits.filesAtOnce)
  }

  /// Removes uploads that a process which was killed left behind. To be called before serving, by
  /// the one process that works on the folder.
  public func removeLeftovers() { uploads.clear() }

  /// Adds the routes to a router.
  public func addRoutes(to router: inout Router) {
    router.post("/v1/events", body: .none) { request in
      try await answer { try await take(events: request) }
    }
    router.post("/v1/files/{name}", body: .none) { request in
      let name = try request.parameter("name")
      return try await answer { try await take(file: name, request) }
    }
  }

  private func take(events request: Request) async throws -> EventVerdicts {
    var body = body(of: try settings.bearer?.producer(of: request))
    let headers = request.headers.fields.map { (name: $0.name.description, value: $0.value) }
    switch HTTPEventMode(headers: headers) {
    case .unsupported: throw Refusal.unsupportedFormat
    case .binary: return try await body.takeBinary(request.body, headers: headers)
    case .structured:
      guard case .events(let verdicts) = try await body.take(request.body) else {
        throw Refusal.notEvents
      }
      return verdicts
    }
  }

  private func body(of producer: Producer?, file: String? = nil) -> EventsBody {
    EventsBody(
      into: InboundProducer(
        log: log, partitions: partitions, turn: turns.next(of: partitions),
        piece: InboundProducer.spreadPiece, limit: settings.limits.batchEvents,
        byteLimit: settings.limits.batchBytes),
      file: file, check: EventCheck(.init(faults: settings.limits.faults, producer: producer)),
      limits: settings.limits, budget: budget)
  }

  private func take(file name: String, _ request: Request) async throws -> EventVerdicts {
    let producer = try settings.bearer?.producer(of: request)
    var body = body(of: producer, file: name)
    switch try await body.take(request.body) {
    case .events(let verdicts): return verdicts
    case .somethingElse(let beginning, var rest):
      let length = request.headers[.contentLength].flatMap { Int64($0) }
      let upload = try await uploads.begin(length: length)
      try await upload.write(beginning, &rest)
      return try await slots.use { try await load(upload, name, producer) }
    }
  }

  private func load(
    _ upload: Upload, _ name: String, _ producer: Producer?
  ) async throws -> EventVerdicts {
    do {
      return try await FileLoader(log: log, partitions: partitions, turns: turns)
        .load(
          path: upload.path, name: name,
          rules: EventRules(
            faults: settings.limits.faults, producer: producer, isOfFile: true)
        ).verdicts
    } catch var error as InputFileError {
      error.file = name
      throw error
    }
  }

  /// Returns what was taken, or why not all was.
  private func answer(_ take: () async throws -> EventVerdicts) async throws -> Response {
    // Known beforehand, it is told at once: the log would wait for its brokers, and who sends too.
    if let outage = log.outage {
      logger.error("The log does not answer", metadata: ["error": "\(outage)"])
      return try Answer.problem(Refusal.logFailed.problem)
    }
    do {
      let verdicts = try await take()
      // An empty body, or nothing in it that is JSON.
      guard verdicts.counts.total > 0 else { throw Refusal.empty }
      guard verdicts.anyReadable else {
        var problem = Problem(
          .badRequest, "notEvents", "none of the events is a JSON object: all are rejected")
        problem.counts = verdicts.counts
        return try Answer.problem(problem)
      }
      return try Answer.json(.accepted, verdicts.counts)
    } catch let refusal as Refusal {
      return try Answer.problem(refusal.problem)
    } catch let stopped as PostStopped {
      return try Answer.problem(stopped.problem)
    } catch let error as InputFileError {
      return try Answer.refusal(Answer.status(error.code), error.code.rawValue, error.description)
    } catch is CancellationError {
      return try Answer.problem(Refusal.stopping.problem)
    } catch let error as EventLogError {
      logger.error("The log did not take events", metadata: ["error": "\(error)"])
      return try Answer.problem(Refusal.logFailed.problem)
    }
  }
}

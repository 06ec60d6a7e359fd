import EventLog
import HTTPServer
import Logging
import Synchronization
import Testing

@testable import IngestService

/// A log that keeps what is appended, as it is appended, and reads nothing back.
final class RecordingLog: EventLog {
  private let kept = Mutex<[PackedRecords]>([])
  /// Asked before each append; one that throws fails it.
  private let willAppend: @Sendable () async throws -> Void

  init(willAppend: @escaping @Sendable () async throws -> Void = {}) {
    self.willAppend = willAppend
  }

  /// What was appended together, in its order.
  var batches: [PackedRecords] { kept.withLock { $0 } }
  /// How many events were.
  var count: Int { batches.reduce(0) { $0 + $1.count } }

  func append(_ batches: [OutgoingBatch], source: TopicPartition?) async throws {
    try await willAppend()
    kept.withLock { $0 += batches.map(\.records) }
  }

  func create(_ topics: [TopicSpecification]) async throws {}
  func partitions(of topic: String) async throws -> Int32 { 1 }
  func end(of partition: TopicPartition) async throws -> Int64 { 0 }
  func records(of partition: TopicPartition) async throws -> [Record] { [] }
  func applied(group: String, topic: String) async throws -> [Int64?] { [] }
  func join(group: String, topic: String, member: String) async throws -> any GroupMember {
    throw EventLogError.closed
  }
  func close() async {}
}

/// The front on a recording log, answered in process.
struct TestFront: Sendable {
  let log: RecordingLog
  let router: Router

  init(
    _ limits: FrontLimits = .init(), folder: String = "", bearer: Bearer? = nil,
    log: RecordingLog = .init()
  ) {
    self.log = log
    var settings = IngestFront.Settings(uploadFolder: folder)
    (settings.limits, settings.bearer) = (limits, bearer)
    let front = IngestFront(
      log: log, partitions: 1, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    var router = Router()
    front.addRoutes(to: &router)
    self.router = router
  }

  /// Posts a body in pieces; answers the status and the text.
  func post(
    _ pieces: [[UInt8]], to path: String = "/v1/events", headers: Headers = [:]
  ) async throws -> (status: Int, text: String) {
    let rest = Mutex(pieces[...])
    let body = RequestBody { rest.withLock { $0.popFirst() } }
    return try await post(body: body, to: path, headers: headers)
  }

  func post(
    body: RequestBody, to path: String = "/v1/events", headers: Headers = [:]
  ) async throws -> (status: Int, text: String) {
    let response = await router.respond(
      to: try Request(.post, path, headers: headers, body: body))
    let text = String(decoding: try await response.body.collect(), as: UTF8.self)
    if response.status.code >= 400 {
      #expect(response.headers[.contentType] == "application/problem+json", "\(text)")
    }
    return (response.status.code, text)
  }
}

import EventLog
import Foundation
import Hummingbird
import IngestService
import Ledger
import Logging
import Messages
import ReportingRules
import ReportingService

/// What is posted to `/v1/transfers/pair` and `/v1/transfers/unpair`.
struct DecisionRequest: Codable {
  /// Who decides.
  var by: String
  /// Why.
  var reason: String
  /// The receiver's import.
  var receiver: TransferDocument
  /// The sender's export.
  var sender: TransferDocument
}

/// What is answered once a decision is durable.
struct DecisionAnswer: Codable {
  /// The event's id.
  var id: String
}

/// What is answered where nothing is done.
struct TransferProblem: Codable {
  /// A code and a sentence.
  struct Detail: Codable { var code, message: String }
  var error: Detail
}

/// Virtual transfers on HTTP: `GET /v1/transfers[/{id}]`, `POST /v1/transfers/pair|unpair`.
struct TransferRoutes: Sendable {
  let data: String
  let log: any EventLog
  let partitions: Int32
  let logger: Logger

  /// Adds the routes.
  func add(to router: Router<BasicRequestContext>) {
    router.get("v1/transfers") { _, _ in try answer { try all() } }
    router.get("v1/transfers/:id") { _, context in
      let parameter = try context.parameters.require("id")
      return try answer { try one(parameter.removingPercentEncoding ?? parameter) }
    }
    for verdict in [PairVerdict.pair, .unpair] {
      router.post("v1/transfers/\(verdict.rawValue)") { request, _ in
        let body = try await request.body.collect(upTo: 64 << 10)
        return try await decide(verdict, Data(buffer: body))
      }
    }
  }

  private func all() throws -> Response {
    var bytes = Array("[".utf8)
    try TransferBook(dataDirectory: data).forEach { transfer in
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      transfer.write(to: &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    return Self.json(.ok, bytes)
  }

  private func one(_ name: String) throws -> Response {
    let found = try TransferBook(dataDirectory: data).transfers(of: name)
    guard let transfer = found.first else {
      return try Self.problem(.notFound, "transfer.unknown", "no transfer of that id or pedimento")
    }
    var bytes: [UInt8] = []
    transfer.write(to: &bytes)
    return Self.json(.ok, bytes)
  }

  /// Checks a decision as intake will, and appends it as an event.
  private func decide(_ verdict: PairVerdict, _ body: Data) async throws -> Response {
    guard let request = try? JSONDecoder().decode(DecisionRequest.self, from: body) else {
      return try Self.problem(
        .badRequest, "decision.malformed",
        #"give {"sender":{"rfc","pedimento"},"receiver":{"rfc","pedimento"},"by","reason"}"#)
    }
    let id = UUID().uuidString
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let time = Instant(
      nanoseconds: Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec))
    let event = try Self.encoder.encode(
      DecisionEvent(
        data: .init(request, verdict), id: id, source: "/saldo/transfers", specversion: "1.0",
        time: time, type: "immex.transfer.decision.v1"))
    if let fault = Self.fault(event) {
      return try Self.problem(
        .badRequest, fault.code.rawValue, "\(fault.code.rawValue) \(fault.field): \(fault.value)")
    }
    do {
      let book = try TransferBook(dataDirectory: data)
      for (document, role) in [
        (request.sender, TransferRole.sender), (request.receiver, .receiver),
      ] where try !book.knows(document, as: role) {
        return try Self.problem(
          .notFound, "transfer.unknown",
          "\(document.rfc)/\(document.pedimento) is no \(role.rawValue)'s side of any transfer")
      }
      var producer = InboundProducer(log: log, partitions: partitions)
      event.withUnsafeBytes { producer.add($0, received: time.nanoseconds / 1_000_000) }
      try await producer.send()
    } catch {
      return try unavailable(error)
    }
    return Self.json(.accepted, Array(try Self.encoder.encode(DecisionAnswer(id: id))))
  }

  private static func fault(_ event: Data) -> Rejection? {
    var decoder = EventDecoder()
    return event.withUnsafeBytes { bytes in
      do throws(Rejection) {
        _ = try decoder.decode(bytes)
        return nil
      } catch {
        return error
      }
    }
  }

  private func answer(_ read: () throws -> Response) throws -> Response {
    do { return try read() } catch { return try unavailable(error) }
  }

  private func unavailable(_ error: any Error) throws -> Response {
    logger.error("Transfers could not be served", metadata: ["error": "\(error)"])
    return try Self.problem(.serviceUnavailable, "unavailable", "not now: try again")
  }

  private static func problem(
    _ status: HTTPResponse.Status, _ code: String, _ message: String
  ) throws -> Response {
    let problem = TransferProblem(error: .init(code: code, message: message))
    return json(status, Array(try encoder.encode(problem)))
  }

  private static func json(_ status: HTTPResponse.Status, _ bytes: [UInt8]) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}

/// The event that a decision over HTTP becomes.
private struct DecisionEvent: Encodable {
  struct Decision: Encodable {
    var decidedBy: String
    var decision: PairVerdict
    var reason: String
    var receiver: TransferDocument
    var sender: TransferDocument

    init(_ request: DecisionRequest, _ verdict: PairVerdict) {
      decidedBy = request.by
      decision = verdict
      reason = request.reason
      receiver = request.receiver
      sender = request.sender
    }
  }

  var data: Decision
  var id: String
  var source: String
  var specversion: String
  var time: Instant
  var type: String
}

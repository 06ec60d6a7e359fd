import EventLog
import Foundation
import HTTPServer
import IngestService
import Ledger
import Logging
import Messages
import ReportingRules
import ReportingService
import ServiceRuntime

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

/// Virtual transfers on HTTP: `GET /v1/transfers[/{id}]`, `POST /v1/transfers/pair|unpair`.
struct TransferRoutes: Sendable {
  let data: String
  let log: any EventLog
  let partitions: Int32
  let logger: Logger

  /// Adds the routes.
  func add(to router: inout Router) {
    router.get("/v1/transfers") { _ in try answer { try all() } }
    router.get("/v1/transfers/{id}") { request in
      let id = try request.parameter("id")
      return try answer { try one(id) }
    }
    for verdict in [PairVerdict.pair, .unpair] {
      router.post("/v1/transfers/\(verdict.rawValue)") { request in
        try await decide(verdict, Data(try await request.body.collect(upTo: 64 << 10)))
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
    return Answer.json(.ok, text: bytes)
  }

  private func one(_ name: String) throws -> Response {
    let found = try TransferBook(dataDirectory: data).transfers(of: name)
    guard let transfer = found.first else {
      return try Answer.refusal(
        .notFound, "transfer.unknown", "no transfer of that id or pedimento")
    }
    var bytes: [UInt8] = []
    transfer.write(to: &bytes)
    return Answer.json(.ok, text: bytes)
  }

  /// Checks a decision as intake will, and appends it as an event.
  private func decide(_ verdict: PairVerdict, _ body: Data) async throws -> Response {
    guard let request = try? JSONDecoder().decode(DecisionRequest.self, from: body) else {
      return try Answer.refusal(
        .badRequest, "decision.malformed",
        #"give {"sender":{"rfc","pedimento"},"receiver":{"rfc","pedimento"},"by","reason"}"#)
    }
    let id = UUID().uuidString
    let time = Instant(nanoseconds: WallClock.nanoseconds)
    let event = try Answer.encoded(
      DecisionEvent(
        data: .init(request, verdict), id: id, source: "/saldo/transfers", specversion: "1.0",
        time: time, type: "immex.transfer.decision.v1"))
    if let fault = Self.fault(event) {
      return try Answer.refusal(
        .badRequest, fault.code.rawValue, "\(fault.code.rawValue) \(fault.field): \(fault.value)")
    }
    do {
      let book = try TransferBook(dataDirectory: data)
      for (document, role) in [
        (request.sender, TransferRole.sender), (request.receiver, .receiver),
      ] where try !book.knows(document, as: role) {
        return try Answer.refusal(
          .notFound, "transfer.unknown",
          "\(document.rfc)/\(document.pedimento) is no \(role.rawValue)'s side of any transfer")
      }
      var producer = InboundProducer(log: log, partitions: partitions)
      event.withUnsafeBytes { producer.add($0, received: time.nanoseconds / 1_000_000) }
      try await producer.send()
    } catch {
      return try unavailable(error)
    }
    return try Answer.json(.accepted, DecisionAnswer(id: id))
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
    return try Answer.refusal(.serviceUnavailable, "unavailable", "not now: try again")
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

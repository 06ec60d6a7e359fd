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

/// What is answered once a decision is durable.
struct DecisionAnswer: Codable {
  /// The event's id.
  var id: String
}

/// Virtual transfers on HTTP: `GET /v1/transfers[/{id}]`, `POST /v1/transfers/pair|unpair`.
///
/// Where tokens are asked for, each producer sees the transfers of its companies, and decides on
/// those.
struct TransferRoutes: Sendable {
  let data: String
  let log: any EventLog
  let partitions: Int32
  let bearer: Bearer?
  let logger: Logger

  /// How many transfers are read at a time: the stores are not held open for a client that is slow.
  private static let pageSize = 64

  /// Adds the routes.
  func add(to router: inout Router) {
    router.get("/v1/transfers") { request in
      let producer = try bearer?.producer(of: request)
      return try await answer { try await all(producer) }
    }
    router.get("/v1/transfers/{id}") { request in
      let (id, producer) = (try request.parameter("id"), try bearer?.producer(of: request))
      return try await answer { try await one(id, producer) }
    }
    for verdict in [PairVerdict.pair, .unpair] {
      router.post("/v1/transfers/\(verdict.rawValue)", body: .bytes(64 << 10)) { request in
        let producer = try bearer?.producer(of: request)
        let body = try await request.body.collect(upTo: 64 << 10)
        return try await decide(verdict, Data(body), producer)
      }
    }
  }

  /// All of them, sent while they are read.
  private func all(_ producer: Producer?) async throws -> Response {
    let first = try await page(after: "")
    return Response(
      headers: [.contentType: "application/json"],
      body: .stream { writer in
        var (page, separator) = (first, "[")
        while !page.isEmpty {
          for transfer in page where Self.isVisible(transfer, to: producer) {
            var bytes = Array(separator.utf8)
            transfer.write(to: &bytes)
            try await writer.write(bytes[...])
            separator = ","
          }
          page = try await rest(after: page[page.endIndex - 1].id)
        }
        try await writer.write(separator == "[" ? "[]" : "]")
      })
  }

  /// A further page of a response that is under way: where it cannot be had, the response is cut,
  /// so that it does not pass for whole.
  private func rest(after id: String) async throws -> [TransferState] {
    do {
      return try await page(after: id)
    } catch let error where !(error is CancellationError) {
      logger.error("A list of transfers was cut short", metadata: ["error": "\(error)"])
      throw error
    }
  }

  private func page(after id: String) async throws -> [TransferState] {
    try await ProcessThreads.disk.run {
      try TransferBook(dataDirectory: data).transfers(after: id, atMost: Self.pageSize)
    }
  }

  private func one(_ name: String, _ producer: Producer?) async throws -> Response {
    let found = try await ProcessThreads.disk.run {
      try TransferBook(dataDirectory: data).transfers(of: name)
    }
    guard let transfer = found.first(where: { Self.isVisible($0, to: producer) }) else {
      return try Answer.refusal(
        .notFound, "transfer.unknown", "no transfer of that id or pedimento")
    }
    var bytes: [UInt8] = []
    transfer.write(to: &bytes)
    return Answer.json(.ok, text: bytes)
  }

  private static func isVisible(_ transfer: TransferState, to producer: Producer?) -> Bool {
    guard let producer else { return true }
    return [transfer.senderRFC, transfer.receiverRFC].contains { producer.companies.contains($0) }
  }

  /// Checks a decision as intake will, and appends it as an event.
  private func decide(
    _ verdict: PairVerdict, _ body: Data, _ producer: Producer?
  ) async throws -> Response {
    guard let request = try? JSONDecoder().decode(DecisionRequest.self, from: body) else {
      return try Answer.refusal(
        .badRequest, "decision.malformed",
        #"give {"sender":{"rfc","pedimento"},"receiver":{"rfc","pedimento"},"by","reason"}"#)
    }
    if let producer,
      ![request.sender.rfc, request.receiver.rfc].contains(where: producer.companies.contains)
    {
      return try Answer.refusal(
        .forbidden, "notPermitted",
        "neither company is one that the token of \(producer.name) is for")
    }
    let decision = try TransferDecision(request, verdict)
    if let fault = decision.fault {
      return try Answer.refusal(
        .badRequest, fault.code.rawValue, "\(fault.code.rawValue) \(fault.field): \(fault.value)")
    }
    return try await answer {
      let stranger = try await ProcessThreads.disk.run { try request.stranger(in: data) }
      if let stranger { return try Answer.refusal(.notFound, "transfer.unknown", stranger) }
      try await decision.append(to: log, partitions: partitions)
      return try Answer.json(.accepted, DecisionAnswer(id: decision.id))
    }
  }

  private func answer(_ make: () async throws -> Response) async throws -> Response {
    do {
      return try await make()
    } catch {
      logger.error("Transfers could not be served", metadata: ["error": "\(error)"])
      return try Answer.refusal(.serviceUnavailable, "unavailable", "not now: try again")
    }
  }
}

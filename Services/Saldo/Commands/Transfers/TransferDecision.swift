import EventLog
import Foundation
import IngestService
import Ledger
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

  /// The first document that is no side of any transfer which a data folder's books know; nil where
  /// both are.
  func stranger(in data: String) throws -> String? {
    let book = try TransferBook(dataDirectory: data)
    let sides = [(sender, TransferRole.sender), (receiver, .receiver)]
    return try sides.first { document, role in try !book.knows(document, as: role) }.map {
      "\($0.rfc)/\($0.pedimento) is no \($1.rawValue)'s side of any transfer"
    }
  }
}

/// A decision about two documents, as an event on its way to the inbound topic.
struct TransferDecision {
  /// The event's id.
  let id = UUID().uuidString
  private let time = Instant(nanoseconds: WallClock.nanoseconds)
  private let event: Data

  init(_ request: DecisionRequest, _ verdict: PairVerdict) throws {
    event = try Answer.encoded(
      Event(
        data: .init(request, verdict), id: id, source: "/saldo/transfers", specversion: "1.0",
        time: time, type: "immex.transfer.decision.v1"))
  }

  /// What intake would reject it for; nil where it would not.
  var fault: Rejection? {
    do throws(Rejection) {
      var decoder = EventDecoder()
      _ = try decoder.decode([UInt8](event))
      return nil
    } catch {
      return error
    }
  }

  /// Appends it; it is durable when this returns.
  func append(to log: any EventLog, partitions: Int32) async throws {
    var producer = InboundProducer(log: log, partitions: partitions)
    event.withUnsafeBytes { producer.add($0, received: time.nanoseconds / 1_000_000) }
    try await producer.send()
  }

  private struct Event: Encodable {
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
}

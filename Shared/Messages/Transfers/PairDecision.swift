import Ledger

/// A document of a virtual transfer: whose, and which.
public struct TransferDocument: Hashable, Sendable, Codable {
  /// The pedimento that counts.
  public var pedimento: String
  /// The company's.
  public var rfc: String

  /// A company's pedimento.
  public init(pedimento: String, rfc: String) {
    self.pedimento = pedimento
    self.rfc = rfc
  }

  init(_ data: FieldReader) throws(Rejection) {
    pedimento = try data.pedimento("pedimento")
    rfc = try data.rfc("rfc")
  }
}

/// Whether two documents are the sides of one transfer, as a person has it.
public enum PairVerdict: String, Codable, Sendable {
  /// They are.
  case pair
  /// They are not.
  case unpair
}

/// `immex.transfer.decision.v1`: a person says whether two documents are one transfer's sides.
public struct TransferDecision: Sendable, Equatable {
  /// What was decided.
  public var decision: PairVerdict
  /// The sender's export.
  public var sender: TransferDocument
  /// The receiver's import.
  public var receiver: TransferDocument
  /// Who decided.
  public var decidedBy: String
  /// Why.
  public var reason: String

  init(_ data: FieldReader) throws(Rejection) {
    decision = try data.word("decision")
    sender = try Self.document("sender", data)
    receiver = try Self.document("receiver", data)
    decidedBy = try data.name("decidedBy", atMost: 300)
    reason = try data.name("reason", atMost: 300)
    if sender.rfc == receiver.rfc {
      throw Rejection(.transferSameCompany, field: "receiver.rfc", value: receiver.rfc)
    }
  }

  private static func document(
    _ field: StaticString, _ data: FieldReader
  ) throws(Rejection) -> TransferDocument {
    do throws(Rejection) {
      return try TransferDocument(data.object(field))
    } catch {
      throw error.field == "\(field)" ? error : error.within("\(field)")
    }
  }
}

/// A person's decision, on `saldo.sides` with the key of the two companies.
///
/// Its identity is the event's source and id. Of several about one document the one with the
/// greatest (time, id, source) counts.
public struct PairDecision: Sendable, Equatable, Codable {
  /// Who decided.
  public var by: String
  /// What was decided.
  public var decision: PairVerdict
  /// Of the event: the same identity with another one is a conflict.
  public var fingerprint: String
  /// The event's id.
  public var id: String
  /// Why.
  public var reason: String
  /// The receiver's import.
  public var receiver: TransferDocument
  /// The sender's export.
  public var sender: TransferDocument
  /// The event's source.
  public var source: String
  /// When, as the event says.
  public var time: Instant

  /// A decision of all its parts.
  public init(
    by: String, decision: PairVerdict, fingerprint: String, id: String, reason: String,
    receiver: TransferDocument, sender: TransferDocument, source: String, time: Instant
  ) {
    self.by = by
    self.decision = decision
    self.fingerprint = fingerprint
    self.id = id
    self.reason = reason
    self.receiver = receiver
    self.sender = sender
    self.source = source
    self.time = time
  }

  /// The event's name.
  public var name: FactName { FactName(source: source, id: id) }

  /// Where the decision stands among those about the same document.
  public var version: FactVersion { FactVersion(time: time, id: id, source: source) }
}

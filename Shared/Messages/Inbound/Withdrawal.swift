import Ledger

/// `immex.withdrawal.v1`: a fact that is not to count, or that is to count again (Rules.md#R1.3).
public struct Withdrawal: Sendable, Equatable {
  /// What is withdrawn.
  public var target: Target
  /// Why.
  public var reason: String
  /// Who says so.
  public var by: String?
  /// Whether it cancels what was withdrawn: the fact counts.
  public var cancels: Bool

  /// What a withdrawal names.
  public enum Target: Hashable, Sendable {
    /// An event of any kind.
    case event(FactName)
    /// Every row of partes.csv of a part of a line of a pedimento.
    case row(pedimento: String, line: Int32, part: String)
  }

  init(_ data: FieldReader, envelope: FieldReader) throws(Rejection) {
    let namesEvent = data.has("source") || data.has("id")
    let namesRow = data.has("pedimento") || data.has("line") || data.has("part")
    if namesEvent, namesRow {
      throw Rejection(.withdrawalTarget, field: "pedimento", value: "source, id")
    }
    if namesRow {
      target = .row(
        pedimento: try data.pedimento("pedimento"), line: try data.line("line"),
        part: try data.name("part"))
    } else {
      let name = FactName(
        source: try data.name("source", atMost: 256), id: try data.name("id", atMost: 256))
      if name.id == (try envelope.text("id")), name.source == (try envelope.text("source")) {
        throw Rejection(.withdrawalTarget, field: "id", value: name.id)
      }
      target = .event(name)
    }
    reason = try data.name("reason", atMost: 300)
    by = try data.optionalName("by", atMost: 300)
    cancels = try data.flag("cancels")
  }
}

extension Withdrawal.Target {
  /// A text that stands for it.
  public var text: String {
    switch self {
    case .event(let name): name.text
    case .row(let pedimento, let line, let part): "\(pedimento)|\(line)|\(part)"
    }
  }
}

/// That an event is withdrawn or counts again, on topics whose readers know events by name:
/// `saldo.movements` for stock, `saldo.sides` for decisions; in every partition.
///
/// Of several about one event the one with the greatest (time, id, source) counts.
public struct WithdrawalMessage: Hashable, Sendable, Codable {
  /// Whether the event counts again.
  public var cancels: Bool
  /// Of the withdrawal.
  public var id: String
  /// The event that is withdrawn.
  public var of: FactName
  /// Of the withdrawal.
  public var source: String
  /// Of the withdrawal.
  public var time: Instant

  /// A withdrawal of an event.
  public init(of: FactName, cancels: Bool, by name: FactName, time: Instant) {
    self.cancels = cancels
    id = name.id
    self.of = of
    source = name.source
    self.time = time
  }

  /// The withdrawal's own name.
  public var name: FactName { FactName(source: source, id: id) }

  /// Where it stands among those about the same event.
  public var version: FactVersion { FactVersion(time: time, id: id, source: source) }
}

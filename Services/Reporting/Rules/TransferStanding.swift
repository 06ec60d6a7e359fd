import Ledger
import Messages

/// How a virtual transfer stands on a day, as reports say it.
public enum TransferStanding: String, Sendable, CaseIterable {
  /// The receiver's import is missing.
  case senderOnly = "solo_transfiere"
  /// The sender's export is missing.
  case receiverOnly = "solo_recibe"
  /// Several documents may be the other side: a person has to say which.
  case proposed = "por_confirmar"
  /// Both sides are there and agree.
  case paired = "pareada"
  /// Both sides are there and do not agree.
  case differing = "difiere"
  /// A side has been without the other for more days than are given.
  case overdue = "vencida"

  /// - Parameters:
  ///   - today: the day on which one looks.
  ///   - allowed: how many days a side may be without the other.
  public init(_ state: TransferState, today: CalendarDate, allowed: Int) {
    switch state.state {
    case .paired: self = .paired
    case .differing: self = .differing
    case .senderOnly, .receiverOnly, .proposed, .withdrawn:
      let alone = (state.sender ?? state.receiver).map { Int(today.days) - Int($0.date.days) } ?? 0
      if alone > allowed {
        self = .overdue
      } else if state.state == .proposed {
        self = .proposed
      } else {
        self = state.sender == nil ? .receiverOnly : .senderOnly
      }
    }
  }

  /// The days between the two sides; of a side without the other, the days up to today.
  public static func days(_ state: TransferState, today: CalendarDate) -> Int64 {
    guard let sender = state.sender, let receiver = state.receiver else {
      guard let alone = state.sender ?? state.receiver else { return 0 }
      return max(0, Int64(today.days) - Int64(alone.date.days))
    }
    return abs(Int64(sender.date.days) - Int64(receiver.date.days))
  }

  /// Whether what the sender's document discharges is provisional: until both sides are there and
  /// agree.
  public static func isProvisional(_ state: TransferState) -> Bool { state.state != .paired }
}

extension TransferDifference {
  /// As reports have it.
  public var word: String {
    switch self {
    case .goods: "mercancia"
    case .quantity: "cantidad"
    case .value: "valor"
    }
  }
}

extension TransferState.Pairing {
  /// As reports have it.
  public var word: String {
    switch self {
    case .person: "persona"
    case .reference: "referencia"
    case .goods: "mercancia"
    }
  }
}

extension TransferState {
  /// The decision that made the pair; nil where nobody had to decide.
  public var confirmation: PairDecision? {
    guard pairing == .person, let sender, let receiver else { return nil }
    return decisions.last {
      $0.sender.pedimento == sender.pedimento && $0.receiver.pedimento == receiver.pedimento
        && $0.decision == .pair
    }
  }
}

extension TransferParty {
  /// What the lines are worth together, in MXN.
  public var value: MoneySum {
    lines.reduce(into: MoneySum(.zero)) { $0 += $1.value }
  }
}

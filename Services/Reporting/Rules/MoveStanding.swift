import Ledger

/// How a move between plants stands: what of it the other plant has received.
public enum MoveStanding: String, Sendable, CaseIterable {
  /// Nothing of it has been received yet.
  case inTransit = "en_transito"
  /// As much as was sent.
  case received = "recibido"
  /// Some of it, and not all.
  case short = "corto"
  /// More than was sent.
  case over = "excedente"
  /// Nothing of it has been received in more days than are given.
  case overdue = "vencido"

  /// - Parameters:
  ///   - sent: what the document says, above zero.
  ///   - received: what of the document's receipts is this move's.
  ///   - days: since the move.
  ///   - allowed: how many days goods may be under way.
  public init(sent: Quantity, received: Quantity, days: Int64, allowed: Int) {
    if received == .zero {
      self = days > Int64(allowed) ? .overdue : .inTransit
    } else {
      self = received < sent ? .short : received == sent ? .received : .over
    }
  }

  /// The days from a move to the day on which one looks; none where that lies before it.
  public static func days(from move: CalendarDate, to today: CalendarDate) -> Int64 {
    max(0, Int64(today.days) - Int64(move.days))
  }

  /// What of the receipts by a document each of its moves to one plant gets: in their order as much
  /// as each sent, and the last also what is beyond that.
  public static func shares(of received: Quantity, among sent: [Quantity]) -> [Quantity] {
    var left = received
    return sent.indices.map { index in
      let share = index == sent.count - 1 ? left : min(left, sent[index])
      left = left - share
      return share
    }
  }
}

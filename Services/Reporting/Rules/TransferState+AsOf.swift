import Ledger
import Messages

extension TransferState {
  /// The transfer as of a day: without the sides that are dated later. What was paired, and who
  /// decided it, is as known now.
  ///
  /// - Parameter isLater: whether a document that may be the other side is dated after the day.
  /// - Returns: nil where no side is left.
  public func asOf(
    _ day: CalendarDate, isLater: (TransferDocument) -> Bool
  ) -> TransferState? {
    var cut = self
    if let sender, sender.date > day { cut.sender = nil }
    if let receiver, receiver.date > day { cut.receiver = nil }
    guard cut.sender != nil || cut.receiver != nil else { return nil }
    cut.candidates.removeAll(where: isLater)
    let hasLostSide = cut.sender != sender || cut.receiver != receiver
    let hasLostCandidates = state == .proposed && cut.candidates.isEmpty
    guard hasLostSide || hasLostCandidates else { return cut }
    cut.state = cut.sender == nil ? .receiverOnly : .senderOnly
    cut.pairing = nil
    cut.differs = []
    return cut
  }
}

@testable import Messages

/// Messages about virtual transfers.
extension RandomMessages {
  mutating func sideMessage() -> SideMessage {
    switch generator.below(3) {
    case 0: .side(transferSide())
    case 1: .decision(pairDecision())
    default: .withdrawal(withdrawal())
    }
  }

  mutating func transferSide() -> TransferSide {
    TransferSide(
      chain: list { $0.text() }, date: maybe { $0.date() }, lines: list { $0.transferLine() },
      names: maybe { $0.text() }, pedimento: text(), receiver: text(), revision: integer(),
      role: pick(TransferRole.allCases), root: text(), sender: text(),
      state: pick([.counts, .withdrawn]))
  }

  mutating func pairDecision() -> PairDecision {
    PairDecision(
      by: text(), decision: pick([.pair, .unpair]), fingerprint: text(), id: text(),
      reason: text(), receiver: transferDocument(), sender: transferDocument(), source: text(),
      time: instant())
  }

  mutating func transferState() -> TransferState {
    TransferState(
      candidates: list { $0.transferDocument() }, decisions: list { $0.pairDecision() },
      differs: list { $0.pick(TransferDifference.allCases) }, id: text(),
      pairing: maybe { $0.pick(TransferState.Pairing.allCases) },
      receiver: maybe { $0.transferParty() }, receiverRFC: text(), revision: integer(),
      sender: maybe { $0.transferParty() }, senderRFC: text(),
      state: pick(TransferState.State.allCases))
  }

  private mutating func transferDocument() -> TransferDocument {
    TransferDocument(pedimento: text(), rfc: text())
  }

  private mutating func transferParty() -> TransferParty {
    TransferParty(
      date: date(), lines: list { $0.transferLine() }, names: maybe { $0.text() },
      pedimento: text(), root: text())
  }

  private mutating func transferLine() -> TransferLine {
    TransferLine(
      line: line(), nico: text(), part: text(), plant: text(), quantity: quantity(),
      tariffItem: text(), uom: uom(), value: money())
  }
}

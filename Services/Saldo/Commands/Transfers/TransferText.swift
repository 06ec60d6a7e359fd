import Ledger
import Messages
import ReportingRules

/// Transfers as people read them.
enum TransferText {
  /// `RFC/PEDIMENTO`, as `pair` and `unpair` take it; a dash for the document that is missing.
  static func document(_ party: TransferParty?, of rfc: String) -> String {
    "\(rfc)/\(party?.pedimento ?? "-")"
  }

  /// Everything about one transfer.
  static func lines(_ transfer: TransferState, _ today: CalendarDate, _ allowed: Int) -> [String] {
    let standing = TransferStanding(transfer, today: today, allowed: allowed)
    let days = TransferStanding.days(transfer, today: today)
    var lines = ["transfer   \(transfer.id)", "state      \(standing.rawValue), \(days) days"]
    if let pairing = transfer.pairing { lines.append("paired by  \(pairing.word)") }
    if !transfer.differs.isEmpty {
      lines.append("differs    \(transfer.differs.map(\.word).joined(separator: ", "))")
    }
    lines += side("sender", transfer.sender, transfer.senderRFC)
    lines += side("receiver", transfer.receiver, transfer.receiverRFC)
    for candidate in transfer.candidates {
      lines.append("candidate  \(candidate.rfc)/\(candidate.pedimento)")
    }
    for decision in transfer.decisions {
      lines.append(
        "\(decision.decision.rawValue)  \(decision.sender.rfc)/\(decision.sender.pedimento) "
          + "\(decision.receiver.rfc)/\(decision.receiver.pedimento), "
          + "by \(decision.by) at \(decision.time): \(decision.reason)")
    }
    return lines
  }

  private static func side(_ name: String, _ party: TransferParty?, _ rfc: String) -> [String] {
    let title = name + String(repeating: " ", count: max(1, 11 - name.utf8.count))
    guard let party else { return ["\(title)\(rfc), document missing"] }
    let rectified = party.root == party.pedimento ? "" : ", rectifies \(party.root)"
    let names = party.names.map { ", names \($0)" } ?? ""
    return ["\(title)\(rfc)/\(party.pedimento) of \(party.date)\(rectified)\(names)"]
      + party.lines.map { line in
        "  line \(line.line)  \(line.part)  \(line.tariffItem)  \(line.quantity) "
          + "\(line.uom.name)  MXN \(line.value)"
      }
  }
}

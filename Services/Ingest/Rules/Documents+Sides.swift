import Ledger
import Messages

extension Documents {
  /// The side of a virtual transfer that a document which counts is of; nil for any other document.
  ///
  /// A rectification that names no counterparty has its original's.
  mutating func side(
    of statement: Statement, root: Statement, _ derivation: inout Derivation
  ) throws -> TransferSide? {
    guard root.clave == Self.virtualTransfer else { return nil }
    let party = statement.counterparty ?? root.counterparty
    var other = ""
    if let party {
      derivation.subjects.insert("company:" + party.rfc)
      other = catalog.rfc(named: party.rfc)
    }
    let role: TransferRole = root.operation == .export ? .sender : .receiver
    var numbers: [String] = []
    for number in try chain(from: root.number, in: statement.rfc)
    where try known(number, in: statement.rfc) != nil {
      numbers.append(number)
    }
    return TransferSide(
      chain: numbers.sorted(by: CodePoints.precedes), date: root.paidOn,
      lines: derivation.lines.compactMap { line in
        // A line that counts has its part's base unit.
        guard let uom = line.uom else { return nil }
        return TransferLine(
          line: line.line, nico: line.nico, part: line.part, plant: line.plant,
          quantity: line.quantity, tariffItem: line.tariffItem, uom: uom, value: line.value)
      },
      names: party?.pedimento, pedimento: statement.number,
      receiver: role == .sender ? other : statement.rfc, revision: 0, role: role,
      root: root.number, sender: role == .sender ? statement.rfc : other, state: .counts)
  }

  /// Sends a document's side where it is not what was sent, as the next revision; and withdraws the
  /// one that was sent if there is none any more, or it is between other companies now.
  mutating func send(
    _ side: TransferSide?, of document: inout StoredDocument, _ output: any DocumentsOutput
  ) {
    var revision = document.side?.revision ?? 0
    if var old = document.side, old.fingerprint != 0 {
      let isKept =
        side?.sender == old.sender && side?.receiver == old.receiver && side?.role == old.role
      if !isKept {
        revision += 1
        old.revision = revision
        old.fingerprint = 0
        document.side = old
        output.send(Self.withdrawal(of: old, document.id))
      }
    }
    guard var side else { return }
    var buffer: [UInt8] = []
    let fingerprint = SideMessage.side(side).fingerprint(using: &buffer)
    guard document.side?.fingerprint != fingerprint else { return }
    side.revision = revision + 1
    document.side = SentSide(
      sender: side.sender, receiver: side.receiver, role: side.role, revision: side.revision,
      fingerprint: fingerprint)
    output.send(side)
  }

  private static func withdrawal(of sent: SentSide, _ id: DocumentID) -> TransferSide {
    TransferSide(
      chain: [], date: nil, lines: [], names: nil, pedimento: id.number, receiver: sent.receiver,
      revision: sent.revision, role: sent.role, root: id.number, sender: sent.sender,
      state: .withdrawn)
  }

  /// The clave of a virtual transfer.
  private static var virtualTransfer: String { "V1" }
}

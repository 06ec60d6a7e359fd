import Ledger
import Messages
import ReportingRules

/// Writes rows of `transferencias.csv`: one for each document that is a side of a transfer.
struct TransferRows {
  private let today: ReportDay
  private let allowedDays: Int
  private let asOf: CalendarDate?
  /// Where the books are of a day: the documents that are dated later.
  private var later: Set<TransferDocument> = []
  /// Of each export by V1, the value that it discharged, in centavos.
  private let discharged: [String: Int128]
  private var reader = MessageReader<TransferState>()

  /// - Parameter asOf: the day after which no document is a side; nil for all that there are.
  init(
    _ stores: ReportStores, today: ReportDay, allowedDays: Int, asOf: CalendarDate?
  ) throws {
    self.today = today
    self.asOf = asOf
    self.allowedDays = allowedDays
    var discharged: [String: Int128] = [:]
    for store in stores[.ledger] {
      try store.forEachRow(Self.discharges) { row in
        discharged[row.text(0), default: 0] += row.sum(1)
      }
    }
    self.discharged = discharged
    guard let asOf else { return }
    for store in stores[.transfers] {
      try store.forEachRow("SELECT body FROM transfer WHERE body IS NOT NULL") { row in
        let state = try reader.read(row.bytes(0))
        let parties = [(state.sender, state.senderRFC), (state.receiver, state.receiverRFC)]
        for case (let party?, let rfc) in parties where party.date > asOf {
          later.insert(TransferDocument(pedimento: party.pedimento, rfc: rfc))
        }
      }
    }
  }

  private static let discharges = """
    SELECT d.document, exact_sum(p.value)
    FROM posting p JOIN demand d ON d.id = p.demand
    WHERE d.clave = 'V1' AND p.reverses IS NULL AND p.reversed = 0
    GROUP BY d.document
    """

  /// Columns of a row: RFC, role, pedimento, id, the state as its message.
  ///
  /// - Returns: false where the document is dated after the day of the books.
  mutating func write(
    _ row: RowCursor, _ names: CatalogNames, to cells: inout ReportRows
  ) throws -> Bool {
    let known = try reader.read(row.bytes(4))
    let isSender = row.bytes(1).elementsEqual(TransferRole.sender.word.utf8)
    guard let state = cut(known) else { return false }
    let (mine, other) =
      isSender ? (state.sender, state.receiver) : (state.receiver, state.sender)
    if asOf != nil, mine == nil { return false }
    let otherRFC = isSender ? state.receiverRFC : state.senderRFC
    let taxpayer = names.company(row.bytes(0))
    cells.text(taxpayer.rfc)
    cells.text(taxpayer.name)
    cells.text(utf8: row.bytes(1))
    cells.text(utf8: row.bytes(2))
    cells.date(mine?.date)
    value(mine, &cells)
    cells.text(otherRFC)
    cells.text(names.name(of: otherRFC))
    cells.text(other?.pedimento ?? mine?.names ?? "")
    cells.date(other?.date)
    value(other, &cells)
    let today = self.today.of(company: state.senderRFC)
    let standing = TransferStanding(state, today: today, allowed: allowedDays)
    cells.text(standing.rawValue)
    cells.text(isSender ? (TransferStanding.isProvisional(state) ? "si" : "no") : "")
    cells.text(state.differs.map(\.word).joined(separator: " "))
    cells.text(state.pairing?.word ?? "")
    cells.text("\(TransferStanding.days(state, today: today))")
    if isSender {
      cells.money(sum: discharged[row.text(2)] ?? 0)
    } else {
      cells.text("")
    }
    cells.text(state.candidates.map { "\($0.rfc)/\($0.pedimento)" }.joined(separator: " "))
    let confirmation = state.confirmation
    cells.text(confirmation?.by ?? "")
    cells.text(confirmation?.time.description ?? "")
    cells.text(confirmation?.reason ?? "")
    cells.text(utf8: row.bytes(3))
    return true
  }

  /// The state as of the day of the books, if they are of one.
  private func cut(_ state: TransferState) -> TransferState? {
    guard let asOf else { return state }
    return state.asOf(asOf) { later.contains($0) }
  }

  private func value(_ party: TransferParty?, _ cells: inout ReportRows) {
    guard let party else { return cells.text("") }
    cells.money(sum: party.value.centavos)
  }
}

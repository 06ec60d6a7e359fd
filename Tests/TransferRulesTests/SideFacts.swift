import Ledger
import Messages

let home = "AME010203AB1"
let abroad = "BRX990101CD2"

func number(_ n: Int) -> String {
  let digits = String(n)
  return String(repeating: "0", count: 15 - digits.utf8.count) + digits
}

/// A line of a part, in pieces unless said otherwise.
func goods(
  _ part: String, _ quantity: String, value: String = "100", tariff: String = "85444299",
  uom: Int = 6
) throws -> TransferLine {
  TransferLine(
    line: 1, nico: "00", part: part, plant: "P", quantity: try Quantity(quantity),
    tariffItem: tariff, uom: try unit(uom), value: try Money(value))
}

/// The sender's export `n`, or one that stands for `root` as its rectification.
func export(
  _ n: Int, _ lines: [TransferLine], on day: String = "2026-03-01", names: Int? = nil,
  root: Int? = nil, revision: Int64 = 1, gone: Bool = false
) throws -> SideMessage {
  try side(n, .sender, lines, day, names, root, revision, gone)
}

/// The receiver's import `n`.
func entry(
  _ n: Int, _ lines: [TransferLine], on day: String = "2026-03-01", names: Int? = nil,
  root: Int? = nil, revision: Int64 = 1, gone: Bool = false
) throws -> SideMessage {
  try side(n, .receiver, lines, day, names, root, revision, gone)
}

func decide(
  _ verdict: PairVerdict, _ sender: Int, _ receiver: Int, at hour: Int, id: String? = nil,
  by: String = "Ana"
) throws -> SideMessage {
  .decision(
    PairDecision(
      by: by, decision: verdict, fingerprint: "\(verdict)\(sender)\(receiver)\(hour)",
      id: id ?? "\(verdict)\(sender)\(receiver)\(hour)", reason: "-",
      receiver: TransferDocument(pedimento: number(receiver), rfc: abroad),
      sender: TransferDocument(pedimento: number(sender), rfc: home), source: "/desk",
      time: try Instant("2026-04-01T\(hour < 10 ? "0" : "")\(hour):00:00Z")))
}

private func side(
  _ n: Int, _ role: TransferRole, _ lines: [TransferLine], _ day: String, _ names: Int?,
  _ root: Int?, _ revision: Int64, _ gone: Bool
) throws -> SideMessage {
  .side(
    TransferSide(
      chain: gone ? [] : Set([root ?? n, n]).sorted().map(number),
      date: gone ? nil : try CalendarDate(day), lines: gone ? [] : lines,
      names: gone ? nil : names.map(number), pedimento: number(n), receiver: abroad,
      revision: revision, role: role, root: number(gone ? n : root ?? n), sender: home,
      state: gone ? .withdrawn : .counts))
}

private func unit(_ code: Int) throws -> UnitOfMeasure {
  guard let unit = UnitOfMeasure(code: code) else { throw UnknownUnit(code: code) }
  return unit
}

private struct UnknownUnit: Error { var code: Int }

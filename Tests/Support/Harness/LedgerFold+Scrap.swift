import Ledger
import Messages

/// What the ledger says of the accounts of scrap. Rows are sorted as text.
public struct ScrapFold: Sendable {
  /// planta, numero_parte, pedimento, linea, fecha_entrada, generado, dispuesto, saldo
  public internal(set) var owed: [[String]] = []
  /// Of each row of ``owed``: valor_mxn, valor_saldo_mxn.
  public internal(set) var owedValues: [[String]] = []
  /// planta, documento, linea, numero_parte, pedimento_entrada, linea_entrada, dispuesto
  public internal(set) var disposed: [[String]] = []
  /// Of each row of ``disposed``: valor_mxn.
  public internal(set) var disposedValues: [String] = []
  /// planta, documento, linea, numero_parte, faltante
  public internal(set) var short: [[String]] = []

  init() {}

  /// The rows of all partitions in their order, the values apart.
  init(sorting rows: ScrapFold) {
    (owed, owedValues) = LedgerFold.split(LedgerFold.sorted(rows.owed), at: 8)
    let used = LedgerFold.split(LedgerFold.sorted(rows.disposed), at: 7)
    (disposed, disposedValues) = (used.0, used.1.map { $0.joined() })
    short = LedgerFold.sorted(rows.short)
  }
}

extension LedgerFold {
  private struct Sums {
    var opened: Int64 = 0
    var gone: Int64 = 0
    var value: Int64 = 0
    var valueGone: Int64 = 0
  }

  /// Adds a partition's accounts of scrap, and checks that they hold what was posted as scrap: of
  /// each entry and demand neither more nor less.
  mutating func reportScrap(
    _ lots: [Int64: Lot], _ demands: [Int64: Asked], _ live: [Int64: Posting]
  ) {
    var owed: [[String]: Sums] = [:]
    var left: [[String]: Int64] = [:]
    for lot in lots.values where lot.account == .scrap {
      let state = lot.state
      let key = [
        lot.plant, lot.part, state.pedimento, "\(state.line)", "\(state.enteredOn)",
      ]
      owed[key, default: Sums()].opened += state.quantity.millionths
      owed[key]?.gone += lot.balance.discharged.millionths
      owed[key]?.value += state.value.centavos
      owed[key]?.valueGone += lot.balance.value.centavos
      guard let demand = state.discharge else {
        faults.append("scrap that no demand left: \(state)")
        continue
      }
      let name = [
        lot.plant, lot.part, demand.document, "\(demand.line)", demand.product, state.pedimento,
        "\(state.line)",
      ]
      left[name, default: 0] += state.quantity.millionths
      if state.dueOn != nil || lot.balance.movedOut > .zero {
        faults.append("scrap with a limit, or moved: \(state)")
      }
    }
    scrap.owed += owed.map { key, sums in
      key + [sums.opened, sums.gone, sums.opened - sums.gone].map(Self.text)
        + [sums.value, sums.value - sums.valueGone].map { Money(centavos: $0).description }
    }
    var disposed: [[String]: Sums] = [:]
    for posting in live.values {
      guard let demand = demands[posting.demand], let lot = lots[posting.lot] else { continue }
      let entry = [lot.state.pedimento, "\(lot.state.line)"]
      let line = [demand.state.document, "\(demand.state.line)"]
      if demand.account == .scrap {
        let key = [demand.plant] + line + [demand.part] + entry
        disposed[key, default: Sums()].gone += posting.total
        disposed[key]?.valueGone += posting.value.centavos
        if posting.total != posting.scrap.millionths { faults.append("not scrap: \(posting)") }
        if lot.account != .scrap { faults.append("a disposal of what is on hand: \(posting)") }
      } else if demand.state.toPlant == nil {
        if lot.account == .scrap { faults.append("scrap was used: \(posting)") }
        let name = [demand.plant, demand.part] + line + [demand.state.product ?? ""] + entry
        left[name, default: 0] -= posting.scrap.millionths
      }
    }
    for (name, rest) in left where rest != 0 {
      faults.append("the account of scrap and the postings differ by \(rest) for \(name)")
    }
    scrap.disposed += disposed.map { key, sums in
      key + [Self.text(sums.gone), Money(centavos: sums.valueGone).description]
    }
    var short: [[String]: Int64] = [:]
    for demand in demands.values
    where demand.account == .scrap && demand.state.shortage > .zero {
      let key = [demand.plant, demand.state.document, "\(demand.state.line)", demand.part]
      short[key, default: 0] += demand.state.shortage.millionths
    }
    scrap.short += short.map { $0.key + [Self.text($0.value)] }
  }
}

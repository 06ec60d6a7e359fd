import Ledger
import Messages

/// The ledger read from its beginning, without a database: what it says in the end, and whether it
/// kept its promises on the way.
public struct LedgerFold {
  /// Rows on the columns that REPORTS prints in bold, sorted as text.
  public private(set) var saldos: [[String]] = []
  public private(set) var descargos: [[String]] = []
  public private(set) var faltantes: [[String]] = []
  /// Of each row of ``saldos``: discharged, moved out, value, value of what is left.
  public private(set) var amounts: [[String]] = []
  /// The value of each row of ``descargos``.
  public private(set) var dischargeValues: [String] = []
  /// Parts of which a move took two lots of one entry line: they leave as one lot, whose value is
  /// shared out anew.
  public private(set) var joined: Set<String> = []
  /// The accounts of scrap.
  public internal(set) var scrap = ScrapFold()
  /// Promises that were broken.
  public internal(set) var faults: [String] = []
  public private(set) var postings = 0
  public private(set) var reversals = 0

  struct Lot {
    var state: LotState
    var plant: String
    var part: String
    var account: Account?
    var balance: LotBalance
    /// Centavos of what moves took.
    var movedValue: Int64 = 0
  }

  struct Asked {
    var state: DemandState
    var plant: String
    var part: String
    var account: Account?

    init(_ state: DemandState, _ plant: String, _ part: String, _ account: Account?) {
      (self.state, self.plant, self.part, self.account) = (state, plant, part, account)
    }
  }

  /// What moves took of each part less what they brought: units in millionths.
  public private(set) var inTransit: [String: (units: Int64, centavos: Int64)] = [:]

  /// Reads the ledger's partitions, each by itself: numbers are a partition's own.
  ///
  /// - Parameter isSettled: whether everything has arrived. Else goods may be in transit, and a
  ///   movement that is not told whole is left out.
  public init(_ partitions: [[[UInt8]]], isSettled: Bool = true) {
    var reader = MessageReader<LedgerEntry>()
    for partition in partitions {
      let messages = isSettled ? partition : Self.whole(partition)
      var lots: [Int64: Lot] = [:]
      var demands: [Int64: Asked] = [:]
      var live: [Int64: Posting] = [:]
      var last: Int64 = 0
      for message in messages {
        let read = message.withUnsafeBytes { try? reader.read($0) }
        guard let entry = read else {
          faults.append("unreadable: \(String(decoding: message, as: UTF8.self))")
          continue
        }
        for lot in entry.lots { take(lot, entry, &lots) }
        for demand in entry.demands {
          demands[demand.demand] =
            demand.gone ? nil : Asked(demand, entry.plant, entry.part, entry.account)
        }
        for posting in entry.postings { take(posting, &live, &last) }
        for balance in entry.balances { take(balance, &lots) }
      }
      for posting in live.values where demands[posting.demand]?.state.toPlant != nil {
        lots[posting.lot]?.movedValue += posting.value.centavos
      }
      check(lots, demands, live)
      report(lots, demands, live)
      reportScrap(lots, demands, live)
      for lot in lots.values { carry(lot) }
    }
    for (part, sum) in inTransit where isSettled && sum != (0, 0) {
      faults.append("of \(part) moves took \(sum) more than they brought")
    }
    (saldos, amounts) = Self.split(Self.sorted(saldos), at: 8)
    let used = Self.split(Self.sorted(descargos), at: 10)
    (descargos, dischargeValues) = (used.0, used.1.map { $0.joined() })
    faltantes = Self.sorted(faltantes)
    scrap = ScrapFold(sorting: scrap)
  }

  /// Once everything has settled, what moves took at one plant is what they brought to another.
  private mutating func carry(_ lot: Lot) {
    var sum = inTransit[lot.part] ?? (0, 0)
    sum.units += lot.balance.movedOut.millionths
    if lot.state.moved != nil { sum.units -= lot.state.quantity.millionths }
    sum.centavos += lot.movedValue
    if lot.state.moved != nil { sum.centavos -= lot.state.value.centavos }
    inTransit[lot.part] = sum
  }

  static func split(_ rows: [[String]], at column: Int) -> ([[String]], [[String]]) {
    (rows.map { Array($0[..<column]) }, rows.map { Array($0[column...]) })
  }

  private mutating func take(_ lot: LotState, _ entry: LedgerEntry, _ lots: inout [Int64: Lot]) {
    guard lot.quantity > .zero else {
      lots[lot.lot] = nil
      return
    }
    let nothing = LotBalance(discharged: .zero, lot: lot.lot, movedOut: .zero, value: .zero)
    lots[lot.lot] = Lot(
      state: lot, plant: entry.plant, part: entry.part, account: entry.account,
      balance: lots[lot.lot]?.balance ?? nothing)
  }

  private mutating func take(_ balance: LotBalance, _ lots: inout [Int64: Lot]) {
    guard lots[balance.lot] != nil else { return faults.append("balance of no lot \(balance)") }
    lots[balance.lot]?.balance = balance
  }

  private mutating func take(
    _ posting: Posting, _ live: inout [Int64: Posting], _ last: inout Int64
  ) {
    if posting.posting <= last { faults.append("posting \(posting.posting) after \(last)") }
    last = posting.posting
    guard let number = posting.reverses else {
      postings += 1
      live[posting.posting] = posting
      return
    }
    reversals += 1
    guard var reversed = live.removeValue(forKey: number) else {
      return faults.append("posting \(number) is not there to be reversed")
    }
    reversed.posting = posting.posting
    reversed.reverses = number
    if reversed != posting { faults.append("reversal \(posting) of another \(reversed)") }
  }

  /// For every lot `opened = balance + discharged + moved out`, and its postings say the same.
  private mutating func check(
    _ lots: [Int64: Lot],
    _ demands: [Int64: Asked],
    _ live: [Int64: Posting]
  ) {
    var out: [Int64: (discharged: Int64, moved: Int64, value: Int64)] = [:]
    for posting in live.values {
      guard let demand = demands[posting.demand] else {
        faults.append("posting of no demand \(posting)")
        continue
      }
      let units = posting.total
      var sum = out[posting.lot] ?? (0, 0, 0)
      if demand.state.toPlant == nil { sum.discharged += units } else { sum.moved += units }
      sum.value += posting.value.centavos
      out[posting.lot] = sum
    }
    for (number, lot) in lots {
      let sum = out.removeValue(forKey: number) ?? (0, 0, 0)
      let balance = lot.balance
      if balance.discharged.millionths != sum.discharged || balance.movedOut.millionths != sum.moved
        || balance.value.centavos != sum.value
      {
        faults.append("lot \(lot.state) has \(balance), its postings \(sum)")
      }
      if sum.discharged + sum.moved > lot.state.quantity.millionths {
        faults.append("lot \(lot.state) below zero")
      }
      if sum.discharged + sum.moved == lot.state.quantity.millionths,
        sum.value != lot.state.value.centavos
      {
        faults.append("lot \(lot.state) is used up, its value is not: \(sum.value)")
      }
    }
    if !out.isEmpty { faults.append("postings of lots that are not there: \(out.keys)") }
  }

  private mutating func report(
    _ lots: [Int64: Lot],
    _ demands: [Int64: Asked],
    _ live: [Int64: Posting]
  ) {
    var balances: [[String]: Amounts] = [:]
    for lot in lots.values where lot.account == nil {
      let state = lot.state
      let key = [
        lot.plant, lot.part, state.pedimento, "\(state.line)", "\(state.enteredOn)",
        state.dueOn.map { "\($0)" } ?? "",
      ]
      balances[key, default: Amounts()].add(lot)
    }
    saldos += balances.map { $0.key + $0.value.cells }
    var used: [[String]: (Int64, Int64, Int64, Int64)] = [:]
    for posting in live.values {
      guard let demand = demands[posting.demand], let lot = lots[posting.lot],
        demand.state.toPlant == nil, demand.account == nil
      else { continue }
      let key = [
        demand.plant, demand.state.document, "\(demand.state.line)", demand.part,
        demand.state.product ?? "", lot.state.pedimento, "\(lot.state.line)",
      ]
      let sum = used[key] ?? (0, 0, 0, 0)
      used[key] = (
        sum.0 + posting.incorporated.millionths, sum.1 + posting.waste.millionths,
        sum.2 + posting.scrap.millionths, sum.3 + posting.value.centavos
      )
    }
    noteJoined(lots, demands, live)
    descargos += used.map {
      $0.key + [Self.text($0.value.0), Self.text($0.value.1), Self.text($0.value.2)]
        + [Money(centavos: $0.value.3).description]
    }
    var short: [[String]: Int64] = [:]
    for demand in demands.values where demand.account == nil && demand.state.shortage > .zero {
      let key = [demand.plant, demand.state.document, "\(demand.state.line)", demand.part]
      short[key, default: 0] += demand.state.shortage.millionths
    }
    faltantes += short.map { $0.key + [Self.text($0.value)] }
  }

  private mutating func noteJoined(
    _ lots: [Int64: Lot],
    _ demands: [Int64: Asked],
    _ live: [Int64: Posting]
  ) {
    var taken: Set<[String]> = []
    for posting in live.values {
      guard let demand = demands[posting.demand], demand.state.toPlant != nil,
        let lot = lots[posting.lot]?.state
      else { continue }
      let entry = ["\(posting.demand)", lot.pedimento, "\(lot.line)"]
      if !taken.insert(entry).inserted { joined.insert(demand.part) }
    }
  }

  /// A row of balances: all lots of one entry line at a plant.
  private struct Amounts {
    var opened: Int64 = 0
    var discharged: Int64 = 0
    var moved: Int64 = 0
    var value: Int64 = 0
    var valueOut: Int64 = 0

    mutating func add(_ lot: Lot) {
      opened += lot.state.quantity.millionths
      discharged += lot.balance.discharged.millionths
      moved += lot.balance.movedOut.millionths
      value += lot.state.value.centavos
      valueOut += lot.balance.value.centavos
    }

    /// Opened, left; discharged, moved out, value, value of what is left.
    var cells: [String] {
      [opened, opened - discharged - moved, discharged, moved].map(LedgerFold.text)
        + [value, value - valueOut].map { Money(centavos: $0).description }
    }
  }

  static func text(_ millionths: Int64) -> String {
    Quantity(millionths: millionths).description
  }

  /// By cells as text, by code point.
  public static func sorted(_ rows: [[String]]) -> [[String]] {
    rows.sorted { a, b in
      for (left, right) in zip(a, b) {
        let order = CodePoints.compare(left, right)
        if order != 0 { return order < 0 }
      }
      return a.count < b.count
    }
  }
}

extension Posting {
  var total: Int64 { incorporated.millionths + waste.millionths + scrap.millionths }
}

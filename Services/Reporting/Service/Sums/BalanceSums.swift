import Ledger
import ReportingRules

/// Balances that are added up, by whatever they have in common.
struct BalanceSums {
  var entries: Int64 = 0
  var quantity: Int128 = 0
  var discharged: Int128 = 0
  var moved: Int128 = 0
  var value: Int128 = 0
  var valueOut: Int128 = 0
  /// The first and the last day of those with something left.
  var dueOn: (first: CalendarDate, last: CalendarDate)?

  var left: Int128 { quantity - discharged - moved }

  mutating func add(_ balance: BalancesByLine.Balance) {
    entries += 1
    quantity += balance.quantity
    discharged += balance.discharged
    moved += balance.moved
    value += balance.value
    valueOut += balance.valueOut
    guard balance.left > 0, let day = balance.dueOn else { return }
    dueOn = (min(dueOn?.first ?? day, day), max(dueOn?.last ?? day, day))
  }
}

/// Writes `saldos_fraccion.csv` and `vencimientos.csv`: sums of `saldos.csv` over all of them.
///
/// Memory holds a sum for each tariff item of a company, or for each bucket of a plant.
struct BalanceReports {
  let stores: ReportStores
  let names: CatalogNames
  let today: ReportDay

  /// Units are not added up: what is counted in another one is another row.
  private struct Key: Hashable, Comparable {
    var owner: String
    var group: String
    var unit: String

    static func < (a: Key, b: Key) -> Bool {
      CodePoints.compare([a.owner, a.group, a.unit], [b.owner, b.group, b.unit]) < 0
    }
  }

  /// Writes the balances by tariff item.
  func writeByTariffItem(
    to cells: inout ReportRows, _ endRow: (inout ReportRows) throws -> Void
  ) throws {
    let sums = try sums { balance, line in
      (names.company(ofPlant: balance.plant).rfc, line.tariffItem)
    }
    for (key, sum) in sums.sorted(by: { $0.key < $1.key }) {
      cells.text(key.owner)
      cells.text(names.name(of: key.owner))
      cells.text(key.group)
      cells.number(sum.entries)
      for part in [sum.quantity, sum.discharged, sum.moved, sum.left] { cells.quantity(sum: part) }
      cells.text(key.unit)
      cells.money(sum: sum.value)
      cells.money(sum: sum.value - sum.valueOut)
      cells.date(sum.dueOn?.first)
      try endRow(&cells)
    }
  }

  /// Writes what is left by the time that it has.
  func writeAging(
    to cells: inout ReportRows, _ endRow: (inout ReportRows) throws -> Void
  ) throws {
    let sums = try sums { balance, _ in
      guard balance.left > 0 else { return nil }
      var plant = balance.plant
      let day = plant.withUTF8 { today.at(plant: UnsafeRawBufferPointer($0)) }
      let bucket = DueBucket(left: balance.dueOn.map { $0.days &- day.days })
      return (balance.plant, bucket.rawValue)
    }
    let rows = sums.compactMap { key, sum in
      DueBucket(rawValue: key.group).map { (key: key, bucket: $0, sum: sum) }
    }.sorted { a, b in
      let (left, right) = (
        Key(owner: a.key.owner, group: "\(a.bucket.place)", unit: a.key.unit),
        Key(owner: b.key.owner, group: "\(b.bucket.place)", unit: b.key.unit)
      )
      return left < right
    }
    for (key, bucket, sum) in rows {
      let company = names.company(ofPlant: key.owner)
      cells.text(company.rfc)
      cells.text(company.name)
      cells.text(key.owner)
      cells.number(Int64(bucket.place))
      cells.text(bucket.rawValue)
      cells.number(bucket.days.first.map { Int64($0) })
      cells.number(bucket.days.last.map { Int64($0) })
      cells.number(sum.entries)
      cells.quantity(sum: sum.left)
      cells.text(key.unit)
      cells.money(sum: sum.value - sum.valueOut)
      cells.date(sum.dueOn?.first)
      cells.date(sum.dueOn?.last)
      try endRow(&cells)
    }
  }

  private func sums(
    _ group: (BalancesByLine.Balance, BalancesByLine.Line) -> (owner: String, group: String)?
  ) throws -> [Key: BalanceSums] {
    var sums: [Key: BalanceSums] = [:]
    try BalancesByLine(stores: stores).forEach { balance, line in
      guard let place = group(balance, line) else { return }
      let key = Key(owner: place.owner, group: place.group, unit: names.unit(ofPart: balance.part))
      sums[key, default: BalanceSums()].add(balance)
    }
    return sums
  }
}

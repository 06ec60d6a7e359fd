extension AuditBooks {
  init(_ books: Matching, _ facts: Facts, transfers: [[String]], waiting: [String]) {
    let onHand = books.demands.filter { !$0.book.scrap }
    let saldos = AuditBooks.saldos(books.lots.filter { !$0.book.scrap })
    let descargos = AuditBooks.descargos(onHand)
    report = AuditReport(
      saldos: saldos.map(\.row), descargos: descargos.map(\.row),
      faltantes: AuditBooks.faltantes(onHand))
    scrap = AuditScrap(books)
    moves = AuditMoves(books, facts)
    lots = saldos.map(\.amounts)
    dischargeValues = descargos.map(\.value)
    totals = AuditBooks.totals(books)
    self.transfers = transfers
    self.waiting = waiting
    unreadable = facts.unreadable
  }

  /// Lots that reached a plant by several moves of one entry line are one row.
  private static func saldos(_ lots: [Lot]) -> [(row: [String], amounts: LotAmounts)] {
    let rows = Dictionary(grouping: lots) { lot in
      [
        lot.book.plant.string, lot.book.part.string, lot.pedimento.string, String(lot.line),
        lot.enteredOn.string, lot.dueOn?.string ?? "",
      ]
    }
    return rows.sorted { precedes($0.key, $1.key) }.map { key, lots in
      (
        key + [sum(lots, \.opened), sum(lots, \.balance)],
        LotAmounts(
          descargado: sum(lots, \.discharged), trasladado: sum(lots, \.moved),
          valorMXN: sum(lots, \.value), valorSaldoMXN: sum(lots) { $0.value - $0.valueGone })
      )
    }
  }

  /// Exits and acts, not moves.
  private static func descargos(_ demands: [Demand]) -> [(row: [String], value: String)] {
    let takes = demands.filter { $0.toPlant == nil }.flatMap { demand in
      demand.takes.map { (demand: demand, take: $0) }
    }
    let rows = Dictionary(grouping: takes) { demand, take in
      [
        demand.book.plant.string, demand.key.document.string, String(demand.key.line),
        demand.book.part.string, demand.product.string, take.lot.pedimento.string,
        String(take.lot.line),
      ]
    }
    return rows.sorted { precedes($0.key, $1.key) }.map { key, found in
      let takes = found.map(\.take)
      let quantities = [
        sum(takes, \.three.incorporated), sum(takes, \.three.waste), sum(takes, \.three.scrap),
      ]
      return (key + quantities, sum(takes, \.value))
    }
  }

  /// Of exits, acts and moves.
  private static func faltantes(_ demands: [Demand]) -> [[String]] {
    let rows = Dictionary(grouping: demands.filter { $0.shortage > .zero }) { demand in
      [
        demand.book.plant.string, demand.key.document.string, String(demand.key.line),
        demand.book.part.string,
      ]
    }
    return rows.sorted { precedes($0.key, $1.key) }.map { $0.key + [sum($0.value, \.shortage)] }
  }

  private static func totals(_ books: Matching) -> [PartTotal] {
    let exits = books.demands.filter { $0.toPlant == nil && !$0.book.scrap }
    let onHand = books.lots.filter { !$0.book.scrap }
    return Set(onHand.map(\.book.part) + exits.map(\.book.part)).sorted().map { part in
      let lots = onHand.filter { $0.book.part == part }
      let entries = lots.filter { $0.broughtBy.isEmpty }
      let wanting = exits.filter { $0.book.part == part }
      let takes = wanting.flatMap(\.takes)
      let entered = total(entries, \.opened)
      let balance = total(lots, \.balance)
      let discharged = total(takes, \.three.total)
      let enteredValue = total(entries, \.value)
      let balanceValue = total(lots) { $0.value - $0.valueGone }
      let dischargedValue = total(takes, \.value)
      return PartTotal(
        part: part.string, entered: entered.plain, balance: balance.plain,
        discharged: discharged.plain, shortage: sum(wanting, \.shortage),
        enteredValue: enteredValue.plain, balanceValue: balanceValue.plain,
        dischargedValue: dischargedValue.plain,
        adds: entered == balance + discharged && enteredValue == balanceValue + dischargedValue)
    }
  }

  fileprivate static func total<T>(_ items: [T], _ amount: (T) -> Exact) -> Exact {
    items.reduce(.zero) { $0 + amount($1) }
  }

  static func sum<T>(_ items: [T], _ amount: (T) -> Exact) -> String {
    total(items, amount).plain
  }

  /// As text, by code point, column by column.
  static func precedes(_ a: [String], _ b: [String]) -> Bool {
    a.map { Text($0) }.lexicographicallyPrecedes(b.map { Text($0) })
  }
}

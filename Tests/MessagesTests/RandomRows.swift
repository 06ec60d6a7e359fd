import Ledger

@testable import Messages

/// Rows of the report topics.
extension RandomMessages {
  mutating func postingRow() -> PostingRow {
    var posting = PostingRow(
      causeDocument: text(), causeLine: line(), causeRevision: integer(), clave: text(),
      date: date(), document: text(), dueOn: maybe { $0.date() }, enteredOn: date(),
      entryLine: line(), incorporated: quantity(), line: line(), part: text(), pedimento: text(),
      plant: text(), product: maybe { $0.text() }, received: integer(),
      reverses: maybe { "posting/0/\($0.line().magnitude)" }, row: "posting/1/\(line().magnitude)",
      scrap: quantity(), toPlant: maybe { $0.text() }, value: money(), version: integer(),
      waste: quantity())
    posting.causeWithdrawal = maybe { $0.text() }
    return posting
  }

  mutating func shortageRow() -> ShortageRow {
    ShortageRow(
      causeDocument: text(), causeLine: line(), causeRevision: integer(), clave: text(),
      date: date(), document: text(), line: line(), part: text(), plant: text(),
      product: maybe { $0.text() }, received: integer(), row: "shortage/1/\(line().magnitude)",
      shortage: quantity(), toPlant: maybe { $0.text() }, version: integer())
  }

  mutating func exitRow() -> ExitRow {
    ExitRow(
      clave: maybe { $0.text() }, date: maybe { $0.date() }, document: text(), item: line(),
      kind: pick([.pedimento, .act, .move]), line: line(), nico: text(),
      operation: maybe { $0.pick([.import, .export]) }, part: text(), plant: text(),
      quantity: quantity(), received: integer(), rfc: text(), row: "exit/" + text(),
      tariffItem: text(), uom: maybe { $0.uom() }, value: money(), version: integer(),
      withdrawn: generator.next() & 1 == 0)
  }

  mutating func balanceRow() -> BalanceRow {
    BalanceRow(
      balance: quantitySum(), discharged: quantitySum(), dueOn: maybe { $0.date() },
      enteredOn: date(), line: line(), movedOut: quantitySum(), part: text(), pedimento: text(),
      plant: text(), quantity: quantitySum(), received: integer(), row: text(),
      value: moneySum(), valueLeft: moneySum(), version: integer())
  }

  mutating func receiptRow() -> ReceiptRow {
    ReceiptRow(
      document: text(), latest: instant(), part: text(), plant: text(), quantity: quantity(),
      received: integer(), row: "receipt/1/" + text(), uom: uom(), version: integer())
  }

  mutating func moveRow() -> MoveRow {
    MoveRow(
      avisos: text(), date: date(), document: text(), item: line(), part: text(), plant: text(),
      quantity: quantity(), received: integer(), rfc: text(), row: "move/" + text(),
      toPlant: text(), version: integer(), withdrawn: generator.next() & 1 == 0)
  }

  mutating func submanufactureRow() -> SubmanufactureRow {
    SubmanufactureRow(
      date: date(), document: text(), item: line(), kind: pick([.sent, .returned]),
      noticeFolio: text(), ofDocument: maybe { $0.text() }, part: text(), plant: text(),
      quantity: quantity(), received: integer(), rfc: text(), row: "submanufacture/" + text(),
      submanufacturer: text(), version: integer(), withdrawn: generator.next() & 1 == 0)
  }
}

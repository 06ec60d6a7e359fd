import Ledger

@testable import Messages

/// Messages with every optional member there or not, and with extreme values in every place.
struct RandomMessages {
  var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func movement() -> Movement {
    switch generator.below(6) {
    case 4: .withdrawal(withdrawal())
    case 0: .lot(lot())
    case 1: .demand(demand())
    case 2: .settle(SettleMovement(plant: text(), part: text()))
    case 3: .transit(TransitMovement(document: text(), part: text(), plant: text()))
    default: .stock(stock())
    }
  }

  mutating func lot() -> LotMovement {
    var lot = LotMovement(
      clave: text(), dueOn: maybe { $0.date() }, enteredOn: date(), line: line(),
      moved: maybe { $0.move() }, part: text(), pedimento: text(), plant: text(),
      quantity: maybe { $0.quantity() }, revision: integer(), value: maybe { $0.money() })
    lot.withdrawal = maybe { $0.factName() }
    return lot
  }

  mutating func factName() -> FactName { FactName(source: text(), id: text()) }

  mutating func withdrawal() -> WithdrawalMessage {
    WithdrawalMessage(
      of: factName(), cancels: generator.next() & 1 == 0, by: factName(), time: instant())
  }

  private mutating func withdrawalLine() -> WithdrawalLine {
    var line = WithdrawalLine(
      cancels: generator.next() & 1 == 0, name: factName(), reason: text(), time: instant())
    line.by = maybe { $0.text() }
    line.fact = maybe {
      FoundFact(
        target: $0.text(), type: $0.text(), rfc: $0.text(), document: $0.text(),
        plant: $0.maybe { $0.text() })
    }
    line.line = maybe { $0.line() }
    line.of = maybe { $0.factName() }
    line.part = maybe { $0.text() }
    line.pedimento = maybe { $0.text() }
    return line
  }

  mutating func demand() -> DemandMovement {
    var demand = DemandMovement(
      clave: text(), component: line(), date: date(),
      directed: maybe { random in
        random.list { EntryReference(pedimento: $0.text(), line: $0.line()) }
      },
      document: text(), incorporated: maybe { $0.quantity() }, line: line(), part: text(),
      plant: text(), product: maybe { $0.text() }, revision: integer(),
      scrap: maybe { $0.quantity() }, toPlant: maybe { $0.text() }, waste: maybe { $0.quantity() },
      account: maybe { _ in .scrap })
    demand.withdrawal = maybe { $0.factName() }
    return demand
  }

  mutating func stock() -> StockMovement {
    StockMovement(
      document: text(), fingerprint: text(), id: text(), location: maybe { $0.text() },
      movement: pick(StockEvent.Kind.allCases), occurredAt: instant(), order: maybe { $0.text() },
      part: text(), plant: text(), quantity: quantity(), source: text(), uom: uom())
  }

  mutating func ledgerEntry() -> LedgerEntry {
    var entry = LedgerEntry(
      plant: text(), part: text(),
      cause: Cause(
        document: text(), line: line(), revision: integer(), withdrawal: maybe { $0.factName() }),
      received: integer())
    entry.account = maybe { _ in .scrap }
    entry.balances = list {
      LotBalance(
        discharged: $0.quantity(), lot: $0.integer(), movedOut: $0.quantity(), value: $0.money())
    }
    entry.demands = list { $0.demandState() }
    entry.lots = list { $0.lotState() }
    entry.more = maybe { $0.generator.next() & 1 == 0 }
    entry.moves = list { $0.moveTaking() }
    entry.postings = list { $0.posting() }
    entry.receipts = maybe { $0.receipts() }
    return entry
  }

  mutating func documentRecord() -> DocumentRecord {
    var record = DocumentRecord(
      document: text(),
      kind: pick([.pedimento, .act, .move, .notice, .submanufacture, .withdrawal]),
      rfc: text(),
      state: pick([.counts, .listed, .replaced, .desisted, .waiting, .unknown, .withdrawn]),
      clave: maybe { $0.text() }, date: maybe { $0.date() },
      operation: maybe { $0.pick([.import, .export]) }, lines: list { $0.recordLine() },
      pending: list { $0.pendingFact() }, received: integer(), revision: integer(),
      notice: maybe { $0.text() })
    record.submanufacture = maybe { random in random.list { $0.submanufactureLine() } }
    record.moves = maybe { random in random.list { $0.moveLine() } }
    record.withdrawal = maybe { $0.withdrawalLine() }
    record.page = maybe { $0.line() }
    record.pages = maybe { $0.line() }
    return record
  }

  mutating func rejectedEvent() -> RejectedEvent {
    var event = RejectedEvent(
      rejection: Rejection(pick(RejectionCode.allCases), field: text(), value: text()),
      event: text(), source: text(), id: text(), type: text(), received: integer(),
      provisional: generator.next() & 1 == 0, place: maybe { $0.place() })
    event.cut = maybe { random in
      CutEvent(
        bytes: Int64(random.generator.next() >> 32), hash: "0123456789abcdef",
        offset: Int64(random.generator.next() >> 20), partition: 7, topic: random.text())
    }
    return event
  }

  // MARK: Parts of messages

  private mutating func move() -> MoveReference {
    MoveReference(date: date(), document: text(), line: line(), plant: text())
  }

  private mutating func lotState() -> LotState {
    LotState(
      clave: text(), dueOn: maybe { $0.date() }, enteredOn: date(), line: line(), lot: integer(),
      moved: maybe { $0.move() }, pedimento: text(), quantity: quantity(), value: money(),
      discharge: maybe { random in
        DischargeReference(
          SequenceKey(
            date: random.date(), rank: .exit, document: random.text(), line: random.line(),
            component: random.line(), product: random.text(),
            directed: random.generator.next() & 1 == 0))
      })
  }

  private mutating func demandState() -> DemandState {
    DemandState(
      clave: text(), date: date(), demand: integer(), document: text(),
      gone: generator.next() & 1 == 0,
      line: line(), product: maybe { $0.text() }, shortage: quantity(),
      toPlant: maybe { $0.text() })
  }

  private mutating func posting() -> Posting {
    Posting(
      demand: integer(), incorporated: quantity(), lot: integer(), posting: integer(),
      reverses: maybe { $0.integer() }, scrap: quantity(), value: money(), waste: quantity())
  }

  private mutating func moveTaking() -> MoveTaking {
    MoveTaking(
      clave: text(), dueOn: maybe { $0.date() }, enteredOn: date(), line: line(), move: move(),
      pedimento: text(), quantity: quantity(), toPlant: text(), value: money())
  }

  private mutating func receipts() -> Receipts {
    Receipts(
      document: text(), latest: instant(),
      sums: list { Receipts.Sum(quantity: $0.quantity(), uom: $0.uom()) })
  }

  private mutating func moveLine() -> MoveLine {
    MoveLine(
      avisos: list { $0.text() }, date: date(), part: text(), plant: text(),
      quantity: quantity(), toPlant: text())
  }

  private mutating func recordLine() -> RecordLine {
    RecordLine(
      dueOn: maybe { $0.date() }, line: line(), nico: text(), originCountry: text(), part: text(),
      plant: text(), quantity: quantity(), tariffItem: text(), uom: maybe { $0.uom() },
      value: money(), details: maybe { $0.details() })
  }

  private mutating func details<Name: DetailName>() -> Details<Name> {
    var details = Details<Name>()
    for name in Name.allCases where generator.next() & 1 == 0 { details[name] = text() }
    return details
  }

  private mutating func submanufactureLine() -> SubmanufactureLine {
    SubmanufactureLine(
      date: date(), kind: pick([.sent, .returned]), noticeFolio: text(),
      ofDocument: maybe { $0.text() }, part: text(), plant: text(), quantity: quantity(),
      submanufacturer: text())
  }

  private mutating func pendingFact() -> PendingFact {
    PendingFact(
      code: text(), detail: text(), id: text(), received: integer(),
      rejected: generator.next() & 1 == 0, source: text(), type: text(),
      place: maybe { $0.place() }, plant: maybe { $0.text() })
  }

  private mutating func place() -> EventPlace {
    EventPlace(file: text(), line: abs(integer() / 2))
  }
}

import Ledger
import Messages
import ReportingRules
import Testing

@Suite struct EntryStandingTests {
  @Test(arguments: [
    ("5", "2026-07-01", "por_vencer"), ("5", "2026-06-30", "vencido"),
    ("5", "2026-07-31", "por_vencer"), ("5", "2026-08-01", "vigente"),
    ("0", "2026-06-30", "agotado"), ("0.000001", "2020-01-01", "vencido"),
    ("5", nil, "vigente"), ("0", nil, "agotado"),
  ])
  func standing(balance: String, due: String?, expected: String) throws {
    let standing = EntryStanding(
      balance: QuantitySum(try Quantity(balance)), dueOn: try due.map { try CalendarDate($0) },
      today: try CalendarDate("2026-07-01"), soon: 30)
    #expect(standing.rawValue == expected)
  }
}

@Suite struct DocumentPlaceTests {
  struct Case: Sendable {
    var kind = DocumentRecord.Kind.pedimento
    var state = DocumentRecord.State.counts
    var clave: String? = "IN"
    var operation: Operation? = .import
    var place: DocumentPlace
  }

  @Test(arguments: [
    Case(place: .entries), Case(clave: "V1", place: .entries),
    Case(state: .listed, clave: "CT", place: .entries),
    Case(clave: "F4", place: .exits), Case(clave: "F5", place: .exits),
    Case(clave: "A3", place: .exits),
    Case(clave: "RT", operation: .export, place: .exits),
    Case(clave: "V1", operation: .export, place: .exits),
    Case(state: .listed, clave: "A1", operation: .export, place: .exits),
    Case(kind: .act, clave: "ACT", operation: .export, place: .exits),
    Case(kind: .move, clave: "MOVE", operation: nil, place: .none),
    Case(state: .replaced, place: .none), Case(state: .desisted, place: .none),
    Case(state: .waiting, place: .none), Case(state: .unknown, clave: nil, place: .none),
    Case(kind: .act, state: .waiting, clave: "ACT", operation: .export, place: .none),
    Case(clave: nil, place: .none), Case(operation: nil, place: .none),
  ])
  func place(of item: Case) throws {
    let record = try Facts.record(
      "1", kind: item.kind, state: item.state, clave: item.clave, operation: item.operation)
    #expect(DocumentPlace(record) == item.place)
  }
}

@Suite struct ReasonTests {
  @Test func whatIsEmptyLeavesNoPunctuation() {
    #expect(Reason.text(Facts.pending("1")) == "wait.bom: P-1")
    #expect(Reason.text(Facts.pending("1", detail: "")) == "wait.bom")
    let expected = "(expected a decimal such as 12.5)"
    #expect(
      Reason.text(Facts.rejected("1")) == "quantity.malformed data.quantity: x \(expected)")
    #expect(
      Reason.text(Facts.rejected("1", value: "")) == "quantity.malformed data.quantity \(expected)")
    #expect(
      Reason.text(Facts.rejected("1", field: "", value: "")) == "quantity.malformed \(expected)")
  }

  @Test func instantsAreInUTC() {
    #expect(Reason.instant(milliseconds: 1_767_225_600_500) == "2026-01-01T00:00:00.5Z")
    #expect(Reason.instant(milliseconds: .max) == "")
  }
}

@Suite struct LotChangesTests {
  private func drained(_ changes: inout LotChanges) -> [LotChanges.Change] {
    var drained: [LotChanges.Change] = []
    changes.drain { drained.append($0) }
    return drained
  }

  @Test func eachLotIsWrittenOnceAsItStandsLast() throws {
    var changes = LotChanges()
    changes.note(try Facts.lot(7, "10"), of: 1)
    let early = changes.note(try Facts.balance(2, discharged: "1"), of: 1)
    let first = changes.note(try Facts.balance(7, discharged: "1"), of: 1)
    let second = changes.note(try Facts.balance(7, discharged: "3"), of: 1)
    #expect(early && first && second)
    let drained = drained(&changes)
    #expect(drained.map(\.lot) == [2, 7])
    #expect(drained.map { $0.balance?.discharged.description } == ["1", "3"])
    #expect(drained.map { $0.state?.quantity.description } == [nil, "10"])
    #expect(self.drained(&changes).isEmpty)
  }

  @Test func aWithdrawnLotThatComesBackHasNothingOut() throws {
    var changes = LotChanges()
    let isTaken = changes.note(try Facts.balance(1, discharged: "4"), of: 1)
    changes.note(try Facts.lot(1, "0", value: "0"), of: 1)
    let isTakenAfter = changes.note(try Facts.balance(1, discharged: "4"), of: 1)
    changes.note(try Facts.lot(1, "5"), of: 1)
    #expect(isTaken && !isTakenAfter)
    let drained = drained(&changes)
    #expect(drained.map(\.isGone) == [false])
    #expect(drained.map(\.balance) == [try Facts.balance(1)])
  }
}

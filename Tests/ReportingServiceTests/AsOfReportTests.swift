import Foundation
import Ledger
import Messages
import ReportingService
import Testing

/// Reports of the books as of a day (Rules.md#R9.1).
@Suite struct AsOfReportTests {
  /// A lot of 2026-01-10 of which exits of February and March took, and a move of 2026-03-15; a lot
  /// of 2026-03-20; and what the move brought to another plant.
  private static func books() throws -> DataFolder {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Norte"), CatalogEvent.plant("JUA1"), CatalogEvent.plant("QRO1"),
        CatalogEvent.part("M-1"),
      ])
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [
            try Facts.lot(1, "10", due: "2026-04-10"),
            try Facts.lot(2, of: "260000000000002", "5", value: "50", entered: "2026-03-20"),
          ],
          balances: [try Facts.balance(1, discharged: "7", moved: "2", value: "90")],
          demands: [
            try Facts.demand(1, "260000000000901", date: "2026-02-28"),
            try Facts.demand(2, "260000000000902", date: "2026-03-01", shortage: "6"),
            try Facts.demand(3, "MV-1", date: "2026-03-15", toPlant: "QRO1"),
          ],
          postings: [
            try Facts.posting(1, demand: 1, lot: 1, "3", scrap: "1", value: "40"),
            try Facts.posting(2, demand: 2, lot: 1, "3", value: "30"),
            try Facts.posting(3, demand: 3, lot: 1, "2", value: "20"),
          ])
      ])
    try data.send(
      .ledger, partition: 1,
      [
        Facts.entry(
          "QRO1",
          lots: [
            LotState(
              clave: "IN", dueOn: nil, enteredOn: try CalendarDate("2026-01-10"), line: 1, lot: 1,
              moved: MoveReference(date: try CalendarDate("2026-03-15"), document: "MV-1", line: 1),
              pedimento: "260000000000001", quantity: try Quantity("2"), value: try Money("20"))
          ])
      ])
    return data
  }

  /// Without the columns that all rows have, and from the pedimento on.
  private static func balances(_ data: DataFolder, asOf day: String) throws -> [String] {
    try data.rows("saldos", asOf: day).map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).dropFirst(2)
        .joined(separator: ",")
    }
  }

  @Test func balancesAreThoseOfTheDayInQuantityValueAndState() throws {
    let data = try Self.books()
    func lot(_ cells: String) -> String {
      "JUA1,M-1,260000000000001,1,2026-01-10,2026-04-10,10," + cells
    }
    let expected: [(day: String, rows: [String])] = [
      ("2026-01-09", []), ("2026-01-10", [lot("0,0,10,pieza,100,100,vigente")]),
      ("2026-02-27", [lot("0,0,10,pieza,100,100,vigente")]),
      ("2026-02-28", [lot("4,0,6,pieza,100,60,vigente")]),
      ("2026-03-11", [lot("7,0,3,pieza,100,30,por_vencer")]),
      (
        "2026-03-15",
        [
          lot("7,2,1,pieza,100,10,por_vencer"),
          "QRO1,M-1,260000000000001,1,2026-01-10,,2,0,0,2,pieza,20,20,vigente",
        ]
      ),
    ]
    for (day, rows) in expected {
      #expect(try Self.balances(data, asOf: day) == rows, "as of \(day)")
    }
    // The day of the books is the day of judgement, whatever today is.
    #expect(try Self.balances(data, asOf: "2026-04-11")[0].hasSuffix(",vencido"))
  }

  @Test func exitsAndWhatTheyLackAreThereFromTheirDayOn() throws {
    let data = try Self.books()
    func rows(_ report: String, _ day: String) throws -> Int {
      try data.rows(report, asOf: day).count
    }
    #expect(try rows("descargos", "2026-02-27") == 0 && rows("descargos", "2026-02-28") == 1)
    #expect(try rows("descargos", "2026-03-01") == 2 && rows("descargos", "2026-03-31") == 2)
    #expect(try rows("faltantes", "2026-02-28") == 0 && rows("faltantes", "2026-03-01") == 1)
  }

  @Test func aDayAfterEverythingMakesNoDifference() throws {
    let data = try Self.books()
    let plain = try data.export(today: "2030-01-01")
    #expect(try data.export(asOf: "2030-01-01") == plain)
    #expect(try data.export(today: "2030-01-01", asOf: "2026-03-19") != plain)
  }

  @Test func totalsAreThoseOfTheDay() throws {
    let data = try Self.books()
    let day = try CalendarDate("2026-02-28")
    let totals = try ReportTotals.read(dataDirectory: data.path, asOf: day)
    #expect(totals.lots == 1 && totals.lotsOpen == 1 && totals.demands == 1)
    #expect(totals.postings == 1 && totals.shortages == 0)
    #expect(try ReportTotals.read(dataDirectory: data.path).postings == 3)
  }

  @Test func aPostingWithoutItsDemandIsSeenOnEveryDay() throws {
    let data = try Self.books()
    try data.send(
      .ledger,
      [Facts.entry(postings: [try Facts.posting(9, demand: 99, lot: 1, "1")])])
    #expect(throws: ReportingError.self) { try data.export(asOf: "2026-02-28") }
  }

  @Test func documentsAreThereFromTheDateThatCounts() throws {
    let data = try Self.books()
    try data.send(
      .records,
      [
        try Facts.record("260000000000001", lines: [try Facts.line(1, "10")], date: "2026-01-10"),
        try Facts.record(
          "260000000000901", clave: "RT", operation: .export, lines: [try Facts.line(1, "4")],
          date: "2026-02-28"),
      ])
    func rows(_ report: String, _ day: String) throws -> Int {
      try data.rows(report, asOf: day).count
    }
    #expect(try rows("entradas", "2026-01-09") == 0 && rows("entradas", "2026-01-10") == 1)
    #expect(try rows("salidas", "2026-02-27") == 0 && rows("salidas", "2026-02-28") == 1)
  }

  @Test func scrapIsOwedFromTheDayItWasLeftUntilItsDisposal() throws {
    let data = try Self.books()
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.scrap(5, "1", on: "2026-02-28")],
          balances: [try Facts.balance(5, discharged: "1", value: "1")],
          demands: [try Facts.demand(5, "ACTA-1", date: "2026-04-20", shortage: "2", clave: "ACT")],
          postings: [try Facts.posting(5, demand: 5, lot: 5, "0", scrap: "1", value: "1")],
          account: .scrap)
      ])
    func cells(_ report: String, _ day: String, _ last: Int) throws -> [String] {
      try data.rows(report, asOf: day).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).suffix(last)
          .joined(separator: ",")
      }
    }
    #expect(try cells("desperdicios", "2026-02-27", 7) == [])
    #expect(try cells("desperdicios", "2026-04-19", 7) == ["2026-02-28,1,0,1,pieza,1,1"])
    #expect(try cells("desperdicios", "2026-04-20", 7) == [",1,1,0,pieza,1,0"])
    #expect(try cells("disposiciones", "2026-04-19", 4) == [])
    #expect(try cells("disposiciones", "2026-04-20", 4) == ["0,2,pieza,0", "1,0,pieza,1"])
    #expect(try cells("destrucciones", "2026-04-19", 4) == [])
    #expect(try cells("destrucciones", "2026-04-20", 4) == ["0,2,pieza,0", "1,0,pieza,1"])
    #expect(try data.rows("conservacion", isSettled: true, asOf: "2026-04-19").count == 1)
    for day in ["2026-01-31", "2026-03-01", "2026-03-15", "2026-04-19", "2026-04-20"] {
      let rows = try data.rows("conservacion", isSettled: true, asOf: day)
      #expect(rows.allSatisfy { $0.hasSuffix(",0,0,ok,") }, "as of \(day): \(rows)")
    }
  }

  @Test func aNoticeThatCameAfterTheDayIsNoneYet() throws {
    let data = try Self.books()
    try data.send(
      .ledger,
      [
        Facts.entry(
          demands: [try Facts.demand(6, "ACTA-1", date: "2026-04-20", shortage: "2", clave: "ACT")])
      ])
    try data.send(
      .records,
      [
        try Facts.record(
          "ACTA-1", kind: .act, clave: "ACT", operation: .export, date: "2026-04-20",
          notice: "DES-1"),
        try Facts.record(
          "DES-1", kind: .notice, state: .listed, clave: nil, operation: nil, date: "2026-04-22"),
      ])
    #expect(try data.rows("destrucciones", asOf: "2026-04-21")[0].contains(",DES-1,,,sin_aviso,"))
    let later = try data.rows("destrucciones", asOf: "2026-04-22")[0]
    #expect(later.contains(",DES-1,2026-04-22,-2,fuera_de_plazo,"))
  }

  @Test func goodsAtASubmanufacturerAreCountedToTheDay() throws {
    let data = try Self.books()
    func line(_ kind: SubmanufactureEvent.Kind, _ day: String) throws -> SubmanufactureLine {
      SubmanufactureLine(
        date: try CalendarDate(day), kind: kind, noticeFolio: "AS-1", ofDocument: nil, part: "M-1",
        plant: "JUA1", quantity: try Quantity("4"), submanufacturer: "SUB-1")
    }
    var sent = DocumentRecord(
      document: "SM-1", kind: .submanufacture, rfc: Facts.rfc, state: .counts)
    sent.submanufacture = [try line(.sent, "2026-02-01")]
    var back = DocumentRecord(
      document: "SM-2", kind: .submanufacture, rfc: Facts.rfc, state: .counts)
    back.submanufacture = [try line(.returned, "2026-02-21")]
    (sent.revision, back.revision) = (1, 1)
    try data.send(.records, [sent, back])
    #expect(try data.rows("submaquila", asOf: "2026-01-31") == [])
    let ends = [
      ("2026-02-11", "2026-02-01,4,0,4,pieza,,10,fuera"),
      ("2026-02-21", "2026-02-01,4,4,0,pieza,2026-02-21,20,devuelto"),
    ]
    for (day, end) in ends {
      #expect(try data.rows("submaquila", asOf: day)[0].hasSuffix(end), "as of \(day)")
    }
  }
}

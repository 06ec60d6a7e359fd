import Ledger
import Messages
import ReportingService
import Testing

/// What the ledger stage keeps, as the reports show it.
@Suite struct LedgerReportTests {
  private func withCatalog() throws -> DataFolder {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Maquila Ñandú, S.A. de C.V."), CatalogEvent.plant("JUA1"),
        CatalogEvent.part("M-1", uom: 1),
      ])
    return data
  }

  @Test func balancesHaveEveryColumn() throws {
    let data = try withCatalog()
    try data.send(
      .ledger,
      [
        Facts.entry(lots: [try Facts.lot(1, "12.5", value: "1000.1")]),
        Facts.entry(balances: [try Facts.balance(1, discharged: "2.5", moved: "4", value: "520.05")]
        ),
        Facts.entry("JUA1", "AF-9", lots: [try Facts.lot(2, "1", due: nil)]),
      ])
    #expect(
      try data.export()["saldos"] == """
        rfc,razon_social,planta,numero_parte,pedimento,linea,fecha_entrada,fecha_vencimiento,\
        cantidad,descargado,trasladado,saldo,unidad,valor_mxn,valor_saldo_mxn,estado
        ABC010203AB1,"Maquila Ñandú, S.A. de C.V.",JUA1,AF-9,260000000000001,1,2026-01-10,,\
        1,0,0,1,,100,100,vigente
        ABC010203AB1,"Maquila Ñandú, S.A. de C.V.",JUA1,M-1,260000000000001,1,2026-01-10,\
        2027-07-10,12.5,2.5,4,6,kilo,1000.1,480.05,vigente

        """)
  }

  @Test func lotsOfOneEntryThatCameByMovesAreOneRow() throws {
    let data = try withCatalog()
    try data.send(
      .ledger,
      [
        Facts.entry(lots: [
          try Facts.lot(1, "3", value: "10.01", movedBy: "T-1"),
          try Facts.lot(2, "4", value: "20.02", movedBy: "T-2"),
          try Facts.lot(3, line: 2, "5"),
          try Facts.lot(4, of: "260000000000002", "6"),
        ]),
        Facts.entry("JUA2", lots: [try Facts.lot(5, "7")]),
        Facts.entry(balances: [
          try Facts.balance(1, discharged: "3", value: "10.01"),
          try Facts.balance(2, discharged: "1", moved: "1", value: "10.01"),
        ]),
      ])
    let start = #"ABC010203AB1,"Maquila Ñandú, S.A. de C.V.",JUA1,M-1"#
    #expect(
      try data.rows("saldos") == [
        start
          + ",260000000000001,1,2026-01-10,2027-07-10,7,4,1,2,kilo,30.03,10.01,vigente",
        start + ",260000000000001,2,2026-01-10,2027-07-10,5,0,0,5,kilo,100,100,vigente",
        start + ",260000000000002,1,2026-01-10,2027-07-10,6,0,0,6,kilo,100,100,vigente",
        // A plant that the catalogue does not know has no company.
        ",,JUA2,M-1,260000000000001,1,2026-01-10,2027-07-10,7,0,0,7,kilo,100,100,vigente",
      ])
  }

  @Test func standingFollowsTodayAndWhatIsLeft() throws {
    let data = try DataFolder()
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.lot(1, "3"), try Facts.lot(2, line: 2, "3")],
          balances: [try Facts.balance(1, discharged: "2", moved: "1", value: "100")])
      ])
    func standings(_ today: String, soon: Int = 30) throws -> [Substring?] {
      try data.rows("saldos", today: today, dueSoonDays: soon).map { $0.split(separator: ",").last }
    }
    #expect(try standings("2026-07-01") == ["agotado", "vigente"])
    #expect(try standings("2027-07-01") == ["agotado", "por_vencer"])
    #expect(try standings("2027-07-01", soon: 8) == ["agotado", "vigente"])
    #expect(try standings("2027-07-11") == ["agotado", "vencido"])
  }

  @Test func aLotReplacesItsFormAndKeepsWhatWentOut() throws {
    let data = try DataFolder()
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.lot(1, "10")],
          balances: [try Facts.balance(1, discharged: "4", value: "40")])
      ])
    try data.send(.ledger, [Facts.entry(lots: [try Facts.lot(1, "8", value: "90.9")])])
    let row = ",,JUA1,M-1,260000000000001,1,2026-01-10,2027-07-10"
    #expect(try data.rows("saldos") == [row + ",8,4,0,4,,90.9,50.9,vigente"])
    // Less than went out before: right, because what went out is less too.
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.lot(1, "3", value: "30")],
          balances: [try Facts.balance(1, discharged: "1", value: "10")])
      ])
    #expect(try data.rows("saldos") == [row + ",3,1,0,2,,30,20,vigente"])
  }

  @Test(arguments: [true, false])
  func aWithdrawnLotIsGone(inOneBatch: Bool) throws {
    let data = try DataFolder()
    let messages = [
      Facts.entry(lots: [try Facts.lot(1, "10"), try Facts.lot(2, line: 2, "1")]),
      Facts.entry(balances: [try Facts.balance(1, discharged: "4", value: "40")]),
      Facts.entry(lots: [try Facts.lot(1, "0", value: "0")]),
    ]
    if inOneBatch {
      try data.send(.ledger, messages)
    } else {
      for message in messages { try data.send(.ledger, [message]) }
    }
    #expect(
      try data.rows("saldos") == [
        ",,JUA1,M-1,260000000000001,2,2026-01-10,2027-07-10,1,0,0,1,,100,100,vigente"
      ])
  }

  @Test func dischargesHaveEveryColumnAndSum() throws {
    let data = try withCatalog()
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [
            try Facts.lot(1, "10", movedBy: "T-1"), try Facts.lot(2, "10", movedBy: "T-2"),
            try Facts.lot(3, of: "260000000000002", "10", entered: "2026-01-20"),
          ],
          demands: [
            try Facts.demand(1, product: "P-1"), try Facts.demand(2, product: "P-2"),
            try Facts.demand(3, line: 2), try Facts.demand(4, "T-9", toPlant: "JUA2"),
          ],
          postings: [
            try Facts.posting(
              1, demand: 1, lot: 1, "1.5", waste: "0.25", scrap: "0.125", value: "10.01"),
            try Facts.posting(
              2, demand: 1, lot: 2, "2", waste: "1", scrap: "0.5", value: "0.02"),
            try Facts.posting(3, demand: 1, lot: 3, "1", value: "3"),
            try Facts.posting(4, demand: 2, lot: 1, "1", value: "4"),
            try Facts.posting(5, demand: 3, lot: 1, "1", value: "5"),
            try Facts.posting(6, demand: 4, lot: 1, "1", value: "6"),
          ])
      ])
    let start = #"ABC010203AB1,"Maquila Ñandú, S.A. de C.V.",JUA1,260000000000900"#
    #expect(
      try data.export()["descargos"] == """
        rfc,razon_social,planta,documento_salida,linea_salida,numero_parte,producto,\
        pedimento_entrada,linea_entrada,fecha_salida,fecha_entrada,incorporado,merma,desperdicio,\
        unidad,valor_mxn
        \(start),1,M-1,P-1,260000000000001,1,2026-02-01,2026-01-10,3.5,1.25,0.625,kilo,10.03
        \(start),1,M-1,P-1,260000000000002,1,2026-02-01,2026-01-20,1,0,0,kilo,3
        \(start),1,M-1,P-2,260000000000001,1,2026-02-01,2026-01-10,1,0,0,kilo,4
        \(start),2,M-1,,260000000000001,1,2026-02-01,2026-01-10,1,0,0,kilo,5

        """)
  }

  @Test(arguments: [true, false])
  func aReversedPostingIsKeptAndNotListed(inOneBatch: Bool) throws {
    let data = try DataFolder()
    let messages = [
      Facts.entry(
        lots: [try Facts.lot(1, "10")], demands: [try Facts.demand(1)],
        postings: [try Facts.posting(1, demand: 1, lot: 1, "3", value: "30")]),
      Facts.entry(postings: [
        try Facts.posting(2, demand: 1, lot: 1, "3", value: "30", reverses: 1),
        try Facts.posting(3, demand: 1, lot: 1, "2", value: "20"),
      ]),
    ]
    if inOneBatch {
      try data.send(.ledger, messages)
    } else {
      for message in messages { try data.send(.ledger, [message]) }
    }
    #expect(
      try data.rows("descargos") == [
        ",,JUA1,260000000000900,1,M-1,,260000000000001,1,2026-02-01,2026-01-10,2,0,0,,20"
      ])
    let totals = try ReportTotals.read(dataDirectory: data.path)
    #expect(totals.postings == 1)
    #expect(totals.reversals == 1)
  }

  @Test func aWithdrawnDemandIsGoneWithItsPostings() throws {
    let data = try DataFolder()
    try data.send(
      .ledger,
      [
        Facts.entry(
          lots: [try Facts.lot(1, "10")], demands: [try Facts.demand(1, shortage: "2")],
          postings: [try Facts.posting(1, demand: 1, lot: 1, "10")]),
        Facts.entry(
          demands: [try Facts.demand(1, gone: true)],
          postings: [try Facts.posting(2, demand: 1, lot: 1, "10", reverses: 1)]),
      ])
    #expect(try data.rows("descargos") == [])
    #expect(try data.rows("faltantes") == [])
    #expect(try ReportTotals.read(dataDirectory: data.path).demands == 0)
  }

  @Test func shortagesSumWithinALineAndFollowTheirDemand() throws {
    let data = try withCatalog()
    try data.send(
      .ledger,
      [
        Facts.entry(demands: [
          try Facts.demand(1, product: "P-1", shortage: "1.5"),
          try Facts.demand(2, product: "P-2", shortage: "2"),
          try Facts.demand(3, line: 10, shortage: "3"),
          try Facts.demand(4, line: 2, shortage: "4"),
          try Facts.demand(5, "T-1", shortage: "5", toPlant: "JUA2"),
          try Facts.demand(6, "Z", shortage: "6"),
        ]),
        Facts.entry(demands: [try Facts.demand(6, "Z", shortage: "0")]),
      ])
    let start = #"ABC010203AB1,"Maquila Ñandú, S.A. de C.V.",JUA1"#
    #expect(
      try data.export()["faltantes"] == """
        rfc,razon_social,planta,documento_salida,linea_salida,numero_parte,faltante,unidad,\
        fecha_salida
        \(start),260000000000900,1,M-1,3.5,kilo,2026-02-01
        \(start),260000000000900,10,M-1,3,kilo,2026-02-01
        \(start),260000000000900,2,M-1,4,kilo,2026-02-01
        \(start),T-1,1,M-1,5,kilo,2026-02-01

        """)
    #expect(try ReportTotals.read(dataDirectory: data.path).shortages == 5)
  }

  @Test func booksWhoseNamesRunTogetherAreNotOne() throws {
    let data = try DataFolder()
    try data.send(
      .ledger,
      [
        Facts.entry("A|B", "C", lots: [try Facts.lot(1, "1")]),
        Facts.entry("A", "B|C", lots: [try Facts.lot(2, "2")]),
      ])
    #expect(cells(try data.export()["saldos"], column: 11) == ["2", "1"])
  }
}

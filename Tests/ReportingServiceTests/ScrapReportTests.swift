import Ledger
import Messages
import ReportingService
import Testing

/// What of the scrap that discharges left is owed, and what disposed of it.
@Suite struct ScrapReportTests {
  /// A return takes ten of a lot, two of them as scrap; an act and a return dispose of scrap.
  static func books() throws -> DataFolder {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Maquila"), CatalogEvent.plant("JUA1"),
        CatalogEvent.part("M-1"),
      ])
    try data.send(
      .ledger,
      [
        Facts.entry(lots: [try Facts.lot(1, "30")]),
        Facts.entry(
          balances: [try Facts.balance(1, discharged: "10", value: "33.33")],
          demands: [try Facts.demand(1, product: "P-1")],
          postings: [try Facts.posting(1, demand: 1, lot: 1, "7", waste: "1", scrap: "2")],
          more: true),
        Facts.entry(lots: [try Facts.scrap(2, "2", value: "6.67")], account: .scrap),
        Facts.entry(
          balances: [try Facts.balance(2, discharged: "0.5", value: "1.67")],
          demands: [
            try Facts.demand(2, "ACTA-1", date: "2026-04-20", clave: "ACT"),
            try Facts.demand(3, "260000000000950", date: "2026-05-01", shortage: "3"),
          ],
          postings: [try Facts.posting(2, demand: 2, lot: 2, "0", scrap: "0.5", value: "1.67")],
          account: .scrap),
        Facts.entry(
          balances: [try Facts.balance(1, discharged: "14", value: "46.67")],
          demands: [
            try Facts.demand(4, "ACTA-1", line: 2, date: "2026-04-20", shortage: "1", clave: "ACT")
          ],
          postings: [try Facts.posting(3, demand: 4, lot: 1, "4", value: "13.34")]),
      ])
    return data
  }

  @Test func whatIsOwedStandsUnderItsEntry() throws {
    let text = """
      rfc,razon_social,planta,numero_parte,pedimento,linea,fecha_entrada,pendiente_desde,generado,\
      dispuesto,saldo,unidad,valor_mxn,valor_saldo_mxn
      ABC010203AB1,Maquila,JUA1,M-1,260000000000001,1,2026-01-10,2026-02-01,2,0.5,1.5,pieza,6.67,5

      """
    #expect(try Self.books().export()["desperdicios"] == text)
  }

  @Test func disposalsStandByDocumentWithWhatTheyDidNotFind() throws {
    let text = """
      rfc,razon_social,planta,documento,linea,numero_parte,pedimento_entrada,linea_entrada,clave,\
      fecha,fecha_entrada,cantidad,faltante,unidad,valor_mxn
      ABC010203AB1,Maquila,JUA1,260000000000950,1,M-1,,,RT,2026-05-01,,0,3,pieza,0
      ABC010203AB1,Maquila,JUA1,ACTA-1,1,M-1,260000000000001,1,ACT,2026-04-20,2026-01-10,0.5,0,\
      pieza,1.67

      """
    #expect(try Self.books().export()["disposiciones"] == text)
  }

  @Test func scrapStandsInNoOtherReport() throws {
    let data = try Self.books()
    let left = "260000000000001,1,2026-01-10,2027-07-10,30,14,0,16,pieza,100,53.33,vigente"
    #expect(try data.rows("saldos") == ["ABC010203AB1,Maquila,JUA1,M-1,\(left)"])
    let reports = try data.export()
    #expect(reports["descargos"]?.contains("260000000000950") == false)
    #expect(reports["descargos"]?.contains(",ACTA-1,1,") == false)
    #expect(reports["faltantes"]?.contains("260000000000950") == false)
  }

  @Test(
    arguments: [
      ("2026-03-21", "30,en_plazo"), ("2026-03-22", "29,fuera_de_plazo"),
      ("2026-04-21", "-1,fuera_de_plazo"), (nil, ",sin_aviso"),
    ] as [(String?, String)])
  func anActShowsItsEntriesAndHowItsNoticeStands(noticedOn: String?, standing: String) throws {
    let data = try Self.books()
    try data.send(
      .records,
      [
        try Facts.record(
          "ACTA-1", kind: .act, clave: "ACT", operation: .export, date: "2026-04-20",
          notice: "DES-1")
      ])
    if let noticedOn {
      try data.send(
        .records,
        [
          try Facts.record(
            "DES-1", kind: .notice, state: .listed, clave: nil, operation: nil, date: noticedOn)
        ])
    }
    let shown = "DES-1,\(noticedOn ?? ""),\(standing)"
    let act = "ABC010203AB1,Maquila,JUA1,ACTA-1"
    #expect(
      try data.rows("destrucciones")
        == [
          "\(act),1,M-1,260000000000001,1,desperdicio,2026-04-20,\(shown),2026-01-10,0.5,0,pieza,"
            + "1.67",
          "\(act),2,M-1,,,existencia,2026-04-20,\(shown),,0,1,pieza,0",
          "\(act),2,M-1,260000000000001,1,existencia,2026-04-20,\(shown),2026-01-10,4,0,pieza,"
            + "13.34",
        ])
    // A notice is not an exit.
    #expect(try data.rows("salidas").allSatisfy { !$0.contains(",DES-1,") })
  }
}

import Ledger
import Messages
import ReportingService
import Testing

/// `submaquila.csv`, out of records of several partitions and revisions.
@Suite struct SubmanufactureReportTests {
  private let rfc = "ABC010203AB1"

  @Test func hasEveryColumn() throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Maquila"), CatalogEvent.plant("JUA1", rfc: rfc),
        CatalogEvent.part("M-1", description: "Tarjeta"),
        CatalogEvent.event(
          "immex.submanufacturer.v1", "s", CatalogEvent.start,
          #"{"submanufacturer":"SUB-1","rfc":"ABC010203AB1","ownRfc":"XAXX010101000","#
            + #""name":"Costuras","site":"Av. Dos 2, Celaya","validFrom":"2026-01-01"}"#),
      ])
    try data.send(
      .records,
      [
        try record("SM-1", [line("sent", "2026-03-01", "40"), line("sent", "2026-03-01", "1")]),
        try record("SM-2", [line("returned", "2026-03-11", "15")]),
        try record("SM-3", [line("returned", "2026-03-12", "1", at: "SUB-2")]),
      ])
    let header =
      "rfc,razon_social,planta,submaquilador,nombre,lugar,numero_parte,documento,aviso,"
      + "fecha_envio,cantidad,devuelto,pendiente,unidad,ultima_devolucion,dias,estado\n"
    let sent = """
      ABC010203AB1,Maquila,JUA1,SUB-1,Costuras,"Av. Dos 2, Celaya",M-1,SM-1,AS-1,2026-03-01,41,15,\
      26,pieza,2026-03-11,
      """
    let over =
      "ABC010203AB1,Maquila,JUA1,SUB-2,,,M-1,SM-3,AS-1,,0,1,0,pieza,2026-03-12,,excedente\n"
    #expect(
      try data.export(today: "2026-08-28")["submaquila"] == header + sent + "180,fuera\n" + over)
    #expect(
      try data.export(today: "2026-08-29")["submaquila"] == header + sent + "181,vencido\n" + over)
    // A later record stands in the place of an earlier one.
    try data.send(
      .records, [try record("SM-2", [line("returned", "2026-03-11", "41")], revision: 2)])
    let first = try #require(try data.rows("submaquila").first)
    #expect(first.hasSuffix("M-1,SM-1,AS-1,2026-03-01,41,41,0,pieza,2026-03-11,10,devuelto"))
  }

  @Test func whatOneDocumentSentAddsUpBeyond64Bits() throws {
    let data = try DataFolder()
    let most = try line("sent", "2026-03-01", "9000000000000")
    try data.send(.records, [record("SM-1", [most, most])])
    let row = try #require(try data.rows("submaquila").first)
    #expect(row.contains(",SM-1,AS-1,2026-03-01,18000000000000,0,18000000000000,"))
  }

  private func record(
    _ document: String, _ lines: [SubmanufactureLine], revision: Int64 = 1
  ) -> DocumentRecord {
    var record = DocumentRecord(
      document: document, kind: .submanufacture, rfc: rfc, state: .counts, revision: revision)
    record.submanufacture = lines
    return record
  }

  private func line(
    _ kind: String, _ day: String, _ quantity: String, at submanufacturer: String = "SUB-1"
  ) throws -> SubmanufactureLine {
    SubmanufactureLine(
      date: try CalendarDate(day), kind: kind == "sent" ? .sent : .returned, noticeFolio: "AS-1",
      ofDocument: nil, part: "M-1", plant: "JUA1", quantity: try Quantity(quantity),
      submanufacturer: submanufacturer)
  }
}

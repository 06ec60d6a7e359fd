import IngestFiles
import Testing

/// What customs has of what auditors ask for: files that no book needs.
@Suite("Details in a Data Stage")
struct DataStageDetailsTests {
  typealias Sample = DataStageSample

  static let header505 =
    "Patente|Pedimento|SeccionAduanera|FechaFacturacion|NumeroFactura"
    + "|ProveedorMercancia|FechaPagoReal|"
  static let header506 = "Patente|Pedimento|SeccionAduanera|TipoFecha|FechaOperacion|"
  static let header557 =
    "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion"
    + "|ClaveContribucion|FormaPago|ImportePago|FechaPagoReal|"
  static let invoice = "1769|4000058|070|2024-08-01 00:00:00|F-1|ACME|2024-08-07 12:30:00|"

  @Test("Invoices, the day of entry and the form of payment find their places")
  func everything() throws {
    let sample = Sample.plain
      .with("505", Sample.table(Self.header505, Self.invoice, Self.invoice))
      .with(
        "506",
        Sample.table(
          Self.header506, "1769|4000058|070|2|2024-08-07 12:30:00|",
          "1769|4000058|070|1|2024-08-05 00:00:00|")
      )
      .with(
        "557",
        Sample.table(
          Self.header557, "1769|4000058|070|8|1|3|21|5|2024-08-07 12:30:00|",
          "1769|4000058|070|8|1|6|5|0|2024-08-07 12:30:00|"))
    let loaded = try load(sample.zip)
    let data = try #require(loaded.data.first)
    #expect(
      data.contains(
        #"{"claveDocumento":"IN","facturas":[{"fecha":"2024-08-01 00:00:00","numero":"F-1","#
          + #""proveedor":"ACME"}],"fechaEntrada":"2024-08-05 00:00:00","fechaPagoReal""#))
    #expect(data.contains(#""formasPagoIGI":["5"],"fraccion""#))
    #expect(loaded.codes == [.rowRepeated] && loaded.rejections == [])
  }

  @Test(
    "What of them cannot be read or joined keeps nothing out",
    arguments: [
      ("505", table(header505, invoice.replacingOccurrences(of: "ACME", with: "AC|ME"))),
      ("505", table(header505, invoice.replacingOccurrences(of: "4000058", with: "4000099"))),
      ("505", table("NumeroFactura|", "F-1|")),
      ("506", table(header506 + "FechaOperacion|", "1769|4000058|070|1|2024-08-05|2024-08-05|")),
      ("557", ""),
    ])
  func isHarmless(code: String, text: String) throws {
    let loaded = try load(Sample.plain.with(code, text).zip)
    #expect(loaded.data == [DataStageTests.plainData])
    #expect(loaded.rejections == [])
    let notes = loaded.summary.notes.map(\.description)
    if text.contains("AC|ME") {
      #expect(
        notes == [
          "48151/48151_505.asc, line 2: rows that cannot be read, of what the books need not know "
            + "(pedimento 070 1769 4000058)"
        ])
    }
  }

  private static func table(_ header: String, _ rows: String...) -> String {
    ([header] + rows).joined(separator: "\r\n") + "\r\n"
  }
}

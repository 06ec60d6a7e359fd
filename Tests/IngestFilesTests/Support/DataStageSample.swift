/// The files of a small Data Stage, by code; a test replaces or adds what it is about.
struct DataStageSample {
  var files: [(code: String, text: String)]

  static let header501 =
    "Patente|Pedimento|SeccionAduanera|TipoOperacion|ClaveDocumento|Rfc|TipoPedimento"
    + "|FechaRecepcionPedimento|FechaPagoReal|"
  static let header551 =
    "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|SubdivisionFraccion"
    + "|DescripcionMercancia|ValorComercial|ValorDolares|CantidadUMComercial"
    + "|UnidadMedidaComercial|CantidadUMTarifa|UnidadMedidaTarifa|PaisOrigenDestino|FechaPagoReal|"
  static let header507 =
    "Patente|Pedimento|SeccionAduanera|ClaveCaso|IdentificadorCaso|TipoPedimento|ComplementoCaso"
    + "|FechaValidacionPagoR|"
  static let header554 =
    "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|ClaveCaso|IdentificadorCaso"
    + "|ComplementoCaso|FechaPagoReal|"
  static let header552 =
    "Patente|Pedimento|SeccionAduanera|Fraccion|SecuenciaFraccion|VinNumeroSerie|FechaPagoReal|"
  static let header701 =
    "Patente|Pedimento|SeccionAduanera|ClaveDocumento|FechaPago|PedimentoAnterior|PatenteAnterior"
    + "|SeccionAduaneraAnterior|DocumentoAnterior|FechaOperacionAnterior|PedimentoOriginal"
    + "|PatenteAduanalOrig|SeccionAduaneraDespOrig|"
  static let headerSel = "Patente|Pedimento|SeccionAduanera|FechaSeleccion|HoraSeleccion|"

  static let row501 =
    "1769|4000058|070|1|IN|BRX990101CD2|1|2024-08-07 12:20:09|2024-08-07 12:30:00|"
  static let row551 =
    "1769|4000058|070|85332101|1|0|CA\u{D1}A \"X\"|866480|481.78|3334.00000|3|3334|1|DEU"
    + "|2024-08-07 12:30:00|"
  static let data501 =
    #"{"claveDocumento":"IN","fechaPagoReal":"2024-08-07 12:30:00","#
    + #""fechaRecepcionPedimento":"2024-08-07 12:20:09","#
  static let tail501 =
    #""rfc":"BRX990101CD2","seccionAduanera":"070","tipoOperacion":"1","tipoPedimento":"1"}"#

  static func table(_ header: String, _ rows: String...) -> String {
    ([header] + rows).joined(separator: "\r\n") + "\r\n"
  }

  /// One pedimento with one partida.
  static let plain = DataStageSample(files: [
    ("501", table(header501, row501)), ("551", table(header551, row551)),
  ])

  func with(_ code: String, _ text: String) -> DataStageSample {
    DataStageSample(files: files.filter { $0.code != code } + [(code, text)])
  }

  var zip: [UInt8] { ZipBytes.of(files.map { ("48151/48151_\($0.code).asc", $0.text) }) }
}

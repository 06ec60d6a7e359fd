@testable import Messages

extension MalformedEvent {
  private static let entry = SampleEvents.dataStage
  private static let row = SampleEvents.partes

  private static func note(_ code: String) -> String {
    #"{"specversion":"1.0","id":"1","source":"/files","type":"saldo.file.v1","#
      + #""data":{"code":"\#(code)","detail":"x"}}"#
  }

  /// What is wrong with what files hold: Data Stage pedimentos and rows of partes.csv.
  static let files: [MalformedEvent] = [
    .init(
      entry, #""patente":"3456","#, #""patente":"3456","ilegible":"551: 16 cells","#,
      .dataStageColumns, "data.ilegible"),
    .init(text: note("file.empty"), .fileEmpty, ""), .init(text: note("file.cut"), .fileCut, ""),
    .init(text: note("file.rowUnnamed"), .fileRowUnnamed, ""),
    .init(text: note("file.rowStray"), .fileRowStray, ""),
    .init(text: note("file.rowColumns"), .fileRowColumns, ""),
    .init(text: note("file.rowReplaced"), .fileRowReplaced, ""),
    .init(text: note("file.rowAlike"), .fileRowAlike, ""),
    .init(text: note("file.billRefused"), .fileBillRefused, ""),
    .init(text: note("file.other"), .wordUnknown, "data.code"),
    .init(
      row, #""cantidad":"60""#, #""fault":"cut","raw":"x","cantidad":"60""#, .fileCut, "data.raw"),
    .init(row, #""cantidad":"60""#, #""anula":"no","cantidad":"60""#, .wordUnknown, "data.anula"),
    .init(
      row, #""cantidad":"60""#, #""referencia":" r","cantidad":"60""#, .textMalformed,
      "data.referencia"),
    .init(entry, #""patente":"3456","#, "", .fieldMissing, "data.patente"),
    .init(entry, #""patente":"3456""#, #""patente":"34567""#, .pedimentoMalformed, "data.patente"),
    .init(
      entry, #""pedimento":"6890123""#, #""pedimento":"78901234""#, .pedimentoMalformed,
      "data.pedimento"),
    .init(
      entry, #""seccionAduanera":"240""#, #""seccionAduanera":"24A""#, .pedimentoMalformed,
      "data.seccionAduanera"),
    .init(
      entry, #""tipoOperacion":"1""#, #""tipoOperacion":"3""#, .wordUnknown, "data.tipoOperacion"),
    .init(
      entry, #""claveDocumento":"IN""#, #""claveDocumento":"I""#, .claveMalformed,
      "data.claveDocumento"),
    .init(entry, #""rfc":"XEXX010101000""#, #""rfc":"""#, .rfcMalformed, "data.rfc"),
    .init(entry, #""tipoPedimento":"2""#, #""tipoPedimento":2"#, .fieldType, "data.tipoPedimento"),
    .init(entry, "2026-03-05 11:00:00", "05/03/2026", .dateMalformed, "data.fechaPagoReal"),
    .init(
      entry, "2026-03-05 11:00:00", "1926-03-05", .dateOutOfRange, "data.fechaPagoReal",
      schema: false),
    .init(
      MalformedEvent(
        entry, #""fechaRecepcionPedimento":"2026-03-04 10:00:00","#, "", .fieldType, ""
      ).text,
      #""fechaPagoReal":"2026-03-05 11:00:00","#, "", .fieldMissing, "data.fechaPagoReal"),
    .init(entry, #"{"clave":"IM","#, #"{"#, .fieldMissing, "data.identificadores[0].clave"),
    .init(
      entry, #""pedimentoAnterior":"5890000","#, "", .fieldMissing,
      "data.rectifica.pedimentoAnterior"),
    .init(
      entry, "2025-12-30", "2025-12-32", .dateMalformed, "data.rectifica.fechaOperacionAnterior"),
    .init(entry, #""rectifica":{"#, #""rectifica":"5890000","x":{"#, .fieldType, "data.rectifica"),
    .init(
      MalformedEvent(entry, "2025-12-30", "2026-01-30", .rectifiesItself, "").text,
      "5890000", "6890123", .rectifiesItself, "data.rectifica", schema: false),
    .init(
      entry, #""secuencia":"1""#, #""secuencia":"0""#, .lineMalformed,
      "data.partidas[0].secuencia"),
    .init(entry, #""85444299""#, #""854442""#, .tariffItemMalformed, "data.partidas[0].fraccion"),
    .init(
      entry, #""subdivision":"1""#, #""subdivision":"001""#, .nicoMalformed,
      "data.partidas[0].subdivision"),
    .init(entry, #""cantidadUMC":"100.12345","#, "", .fieldMissing, "data.partidas[0].cantidadUMC"),
    .init(entry, #""umc":"6""#, #""umc":"23""#, .uomUnknown, "data.partidas[0].umc"),
    .init(entry, #""5000""#, #""-5000""#, .valueNegative, "data.partidas[0].valorComercial"),
    .init(
      entry, #"{"clave":"PT"}"#, #"{"clave":null}"#, .fieldMissing,
      "data.partidas[0].identificadores[0].clave"),
    .init(
      entry, #""partidas":["#,
      #""partidas":[{"secuencia":1,"fraccion":"85444299","cantidadUMC":"1","umc":"6"},"#,
      .listRepeats, "data.partidas[1].secuencia", schema: false),

    .init(
      row, #""rfc":"XEXX010101000","#, #""raw":"XEXX010101000,2624","#, .partesColumns, "data.raw"),
    .init(row, #""rfc":"XEXX010101000","#, "", .fieldMissing, "data.rfc"),
    .init(
      row, #""pedimento":"262434567890123""#, #""pedimento":"""#, .pedimentoMalformed,
      "data.pedimento"),
    .init(row, #""secuencia":"1""#, #""secuencia":"one""#, .lineMalformed, "data.secuencia"),
    .init(row, #""planta":"MTY-1""#, #""planta":"""#, .textMalformed, "data.planta"),
    .init(row, #""numeroParte":"PN-1","#, "", .fieldMissing, "data.numeroParte"),
    .init(row, #""cantidad":"60""#, #""cantidad":"sixty""#, .quantityMalformed, "data.cantidad"),
    .init(row, #""umc":"6""#, #""umc":"pza""#, .uomUnknown, "data.umc"),
    .init(row, #""3000.00""#, #""3,000.00""#, .valueMalformed, "data.valorMXN"),
    .init(
      row, #"":"252434567890555""#, #"":"2524""#, .pedimentoMalformed, "data.pedimentoOriginal"),
    .init(row, #","secuenciaOriginal":"4""#, "", .fieldMissing, "data.secuenciaOriginal"),
    .init(
      row, #""pedimentoOriginal":"252434567890555","#, "", .fieldMissing, "data.pedimentoOriginal"),
    .init(row, #""row":"2""#, #""row":"first""#, .lineMalformed, "data.row"),
  ]
}

/// One well-formed event of each type, and of each shape that a type can have.
enum SampleEvents {
  static let company = event(
    "immex.company.v1",
    #"{"rfc":"XEXX010101000","name":"Maquilas del Norte","immexProgram":"1234-2006","#
      + #""certification":"AAA"}"#
  )

  static let plant = event(
    "immex.plant.v1",
    #"{"plant":"MTY-1","rfc":"XEXX010101000","name":"Monterrey","address":"Av. Uno 1"}"#)

  static let part = event(
    "immex.part.v1",
    #"{"part":"PN-1","kind":"material","description":"Cable","tariffItem":"85444299","nico":"01","#
      + #""uom":6,"category":"108-I","conversions":[{"uom":11,"factor":"1000"},{"uom":1,"#
      + #""factor":"0.5"}]}"#
  )

  static let bom = event(
    "immex.bom.v1",
    #"{"product":"FG-1","version":"A","validFrom":"2026-01-01","plant":"MTY-1","components":["#
      + #"{"part":"PN-1","perUnit":"2.5","waste":"0.1","scrap":"0.05"},{"part":"PN-2","#
      + #""perUnit":"1"}]}"#
  )

  static let pedimento = event(
    "immex.pedimento.v1",
    #"{"pedimento":"262434567890123","clave":"V1","operation":"export","rfc":"XEXX010101000","#
      + #""plant":"MTY-1","paidOn":"2026-03-05","clearedAt":"2026-03-05T18:30:00Z","#
      + #""rectifies":"262434567890000","counterparty":{"rfc":"XAXX010101000","plant":"QRO-1","#
      + #""pedimento":"262234567890999"},"lines":["#
      + line(1, "PN-1") + "," + line(2, "PN-2") + ","
      + #"{"line":3,"part":"FG-1","quantity":"7","uom":6,"tariffItem":"85371099","nico":"02","#
      + #""valueMXN":"250.10","originCountry":"USA","finished":true,"#
      + #""discharges":[{"pedimento":"252434567890555","line":4}],"serial":"SN-9","#
      + #""tariffQuantity":"7.5","tariffUom":1,"valueUSD":"13.37"}]}"#)

  static let stock = event(
    "immex.stock.v1",
    #"{"kind":"issued","plant":"MTY-1","part":"PN-1","quantity":"12.5","uom":6,"document":"WO-77","#
      + #""occurredAt":"2026-03-05T23:59:59-06:00","order":"O-1","location":"A-01"}"#)

  static let moved = event(
    "immex.stock.v1",
    #"{"kind":"moved","plant":"MTY-1","part":"PN-1","quantity":"3","uom":6,"document":"MV-1","#
      + #""occurredAt":"2026-03-05T12:00:00Z","rfc":"XEXX010101000","toPlant":"QRO-1","#
      + #""aviso":"AV-1"}"#
  )

  static let destruction = event(
    "immex.destruction.v1",
    #"{"acta":"ACT-1","noticeFolio":"F-1","destroyedOn":"2026-04-01","rfc":"XEXX010101000","#
      + #""plant":"MTY-1","lines":[{"line":1,"part":"PN-1","quantity":"4","uom":6,"#
      + #""discharges":[{"pedimento":"252434567890555","line":4}],"scrap":true}]}"#)

  static let destructionNotice = event(
    "immex.destructionNotice.v1",
    #"{"folio":"F-1","noticedOn":"2026-03-01","rfc":"XEXX010101000","plant":"MTY-1","lines":["#
      + #"{"line":1,"part":"PN-1","quantity":"4","uom":6}]}"#)

  static let scrapReturn = event(
    "immex.pedimento.v1",
    #"{"pedimento":"262434567890777","clave":"RT","operation":"export","rfc":"XEXX010101000","#
      + #""plant":"MTY-1","paidOn":"2026-03-05","lines":[{"line":1,"part":"PN-1","quantity":"7","#
      + #""uom":6,"tariffItem":"85444299","nico":"01","valueMXN":"0","originCountry":"USA","#
      + #""scrap":true}]}"#)

  static let submanufacturer = event(
    "immex.submanufacturer.v1",
    #"{"submanufacturer":"SUB-1","rfc":"XEXX010101000","ownRfc":"XAXX010101000","#
      + #""name":"Costuras","site":"Av. Dos 2","program":"77-2010","validFrom":"2026-01-01"}"#)

  static let party = event(
    "immex.party.v1",
    #"{"party":"12-3456789","name":"Acme Copper Inc","kind":"supplier","country":"USA","#
      + #""address":{"street":"Main St","number":"1","municipality":"McAllen","state":"TX"}}"#)

  /// A pedimento that says all that auditors ask for.
  static let detailed = event(
    "immex.pedimento.v1",
    #"{"pedimento":"262434567890124","clave":"IN","operation":"import","rfc":"XEXX010101000","#
      + #""plant":"MTY-1","paidOn":"2026-03-05","clearedAt":"2026-03-05T23:30:00-06:00","#
      + #""customsOffice":"240","broker":"Agencia Uno","enteredOn":"2026-03-04","#
      + #""transportDocument":"AWB 1","consolidated":{"notice":"AV-1","crossedOn":"2026-03-04"},"#
      + #""lines":[{"line":1,"part":"PN-1","quantity":"1","uom":6,"tariffItem":"85444299","#
      + #""nico":"01","valueMXN":"10","originCountry":"USA","description":"Cable","brand":"Acme","#
      + #""model":"C-42","serial":"SN-1","supplier":"12-3456789","customer":"Cliente","#
      + #""invoices":[{"number":"F-1","date":"2026-03-01","cove":"COVE1"},{"number":"F-2"}],"#
      + #""destinationCountry":"CAN","sellerCountry":"USA","dutyRate":"5.50","#
      + #""dutyRateKind":"general","formOfPayment":"0","customsValueMXN":"10.505","#
      + #""assetTag":"AF-1","location":"Nave 2","tariffQuantity":"2.50","tariffUom":1,"#
      + #""valueUSD":"0.5"}]}"#)

  static let sentOut = event(
    "immex.submanufacture.v1",
    #"{"kind":"sent","rfc":"XEXX010101000","plant":"MTY-1","submanufacturer":"SUB-1","#
      + #""noticeFolio":"AS-1","document":"SM-1","part":"PN-1","quantity":"40","uom":6,"#
      + #""occurredAt":"2026-03-02T12:00:00Z"}"#)

  static let broughtBack = event(
    "immex.submanufacture.v1",
    #"{"kind":"returned","rfc":"XEXX010101000","plant":"MTY-1","submanufacturer":"SUB-1","#
      + #""noticeFolio":"AS-1","document":"SM-2","part":"FG-1","quantity":"10","uom":6,"#
      + #""occurredAt":"2026-03-20T12:00:00Z","of":{"document":"SM-1","part":"PN-1","#
      + #""quantity":"20.5","uom":1}}"#)

  static let dataStage = event(
    "saldo.datastage.v1",
    #"{"patente":"3456","pedimento":"6890123","seccionAduanera":"240","tipoOperacion":"1","#
      + #""claveDocumento":"IN","rfc":"XEXX010101000","tipoPedimento":"2","#
      + #""fechaRecepcionPedimento":"2026-03-04 10:00:00","fechaPagoReal":"2026-03-05 11:00:00","#
      + #""identificadores":[{"clave":"IM","identificador":"1234-2006"},"#
      + #"{"clave":"V1","identificador":"XAXX010101000"}],"#
      + #""rectifica":{"patenteAnterior":"3456","pedimentoAnterior":"5890000","#
      + #""seccionAduaneraAnterior":"240","fechaOperacionAnterior":"2025-12-30 00:00:00"},"#
      + #""seleccion":[{"fecha":"2026-03-06","hora":"09:15:00"}],"#
      + #""partidas":[{"secuencia":"1","fraccion":"85444299","subdivision":"1","#
      + #""cantidadUMC":"100.12345","umc":"6","valorComercial":"5000","paisOrigenDestino":"USA","#
      + #""identificadores":[{"clave":"PT"}],"series":["VIN1","VIN2"]}]}"#)

  static let partes = event(
    "saldo.partes.v1",
    #"{"rfc":"XEXX010101000","pedimento":"262434567890123","secuencia":"1","planta":"MTY-1","#
      + #""numeroParte":"PN-1","cantidad":"60","umc":"6","valorMXN":"3000.00","#
      + #""pedimentoOriginal":"252434567890555","secuenciaOriginal":"4"}"#,
    more: #","row":"2""#)

  static let transferDecision = event(
    "immex.transfer.decision.v1",
    #"{"decision":"pair","sender":{"rfc":"XEXX010101000","pedimento":"262434567890123"},"#
      + #""receiver":{"rfc":"XAXX010101000","pedimento":"262234567890999"},"#
      + #""decidedBy":"Ana Ruiz","reason":"Same invoice, 4711"}"#)

  static let withdrawal = event(
    "immex.withdrawal.v1",
    #"{"source":"/erp/mty","id":"e-7","reason":"Sent by mistake","by":"Ana Ruiz","cancels":true}"#)

  static let rowWithdrawal = event(
    "immex.withdrawal.v1",
    #"{"pedimento":"262434567890123","line":1,"part":"PN-1","reason":"Typed wrong"}"#)

  static let all = [
    company, plant, part, bom, pedimento, stock, moved, destruction, destructionNotice,
    scrapReturn, submanufacturer, party, detailed, sentOut, broughtBack, dataStage, partes,
    transferDecision,
    withdrawal, rowWithdrawal,
  ]

  private static func event(_ type: String, _ data: String, more: String = "") -> String {
    #"{"specversion":"1.0","id":"e-1","source":"/erp/mty","type":"\#(type)","#
      + #""time":"2026-03-05T18:00:00Z"\#(more),"data":\#(data)}"#
  }

  private static func line(_ number: Int, _ part: String) -> String {
    #"{"line":\#(number),"part":"\#(part)","quantity":"100.5","uom":6,"tariffItem":"85444299","#
      + #""nico":"01","valueMXN":"1234.56","originCountry":"CHN"}"#
  }
}

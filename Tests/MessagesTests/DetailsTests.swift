import Foundation
import Messages
import Testing

/// What events and customs say beside what the books need (Events.md#optional).
@Suite struct DetailsTests {
  private func decoded(_ event: String) throws -> InboundEvent {
    var (decoder, event) = (EventDecoder(), event)
    return try event.withUTF8 { try decoder.decode(UnsafeRawBufferPointer($0)) }
  }

  @Test func aPedimentoSaysThemAsReportsShowThem() throws {
    guard case .pedimento(let document) = try decoded(SampleEvents.detailed).payload else {
      Issue.record("no pedimento")
      return
    }
    #expect(
      document.details?.text == #"{"broker":"Agencia Uno","clearedOn":"2026-03-05","#
        + #""crossedOn":"2026-03-04","customsOffice":"240","enteredOn":"2026-03-04","#
        + #""notice":"AV-1","transportDocument":"AWB 1"}"#)
    #expect(
      document.lines[0].details?.text
        == #"{"assetTag":"AF-1","brand":"Acme","cove":"COVE1","customer":"Cliente","#
        + #""customsValueMXN":"10.51","description":"Cable","destinationCountry":"CAN","#
        + #""dutyRate":"5.5","dutyRateKind":"general","formOfPayment":"0","invoice":"F-1; F-2","#
        + #""invoiceDate":"2026-03-01","location":"Nave 2","model":"C-42","sellerCountry":"USA","#
        + #""serial":"SN-1","supplier":"12-3456789","tariffQuantity":"2.5","tariffUom":"1","#
        + #""valueUSD":"0.5"}"#)
  }

  @Test func whoSaysNothingHasNone() throws {
    guard case .pedimento(let document) = try decoded(SampleEvents.scrapReturn).payload else {
      Issue.record("no pedimento")
      return
    }
    #expect(document.details == nil && document.lines[0].details == nil)
  }

  @Test(arguments: [
    (#""brand":"Acme""#, #""brand":7"#, "data.lines[0].brand", RejectionCode.fieldType),
    (
      #""destinationCountry":"CAN""#, #""destinationCountry":"Canada""#,
      "data.lines[0].destinationCountry", .countryMalformed
    ),
    (#""dutyRate":"5.50""#, #""dutyRate":"5%""#, "data.lines[0].dutyRate", .valueMalformed),
    (
      #""date":"2026-03-01""#, #""date":"1 March""#, "data.lines[0].invoices[0].date",
      .dateMalformed
    ),
    (#""crossedOn":"2026-03-04""#, #""crossedOn":4"#, "data.consolidated.crossedOn", .fieldType),
    (#""tariffUom":1"#, #""tariffUom":99"#, "data.lines[0].tariffUom", .uomUnknown),
  ])
  func whatIsMalformedIsNamed(
    said: String, other: String, field: String, code: RejectionCode
  ) throws {
    let event = SampleEvents.detailed.replacingOccurrences(of: said, with: other)
    #expect(event != SampleEvents.detailed)
    let rejection = #expect(throws: Rejection.self) { try decoded(event) }
    #expect(rejection?.field == field && rejection?.code == code)
  }

  @Test func customsSaysWhatItHas() throws {
    let more =
      #""facturas":[{"numero":"F-9","fecha":"2026-03-01 00:00:00","proveedor":"Acme"},"#
      + #"{"numero":"COVE26X","proveedor":"Acme"}],"fechaEntrada":"2026-03-03 00:00:00","#
    let event = SampleEvents.dataStage
      .replacingOccurrences(
        of: #""identificadores":[{"clave":"IM""#, with: more + #""identificadores":[{"clave":"IM""#
      )
      .replacingOccurrences(
        of: #""umc":"6","#,
        with: #""umc":"6","marca":"Acme","valorAduana":"n/a","paisCompradorVendedor":"USA","#
          + #""formasPagoIGI":["5","5"],"#)
    guard case .dataStage(let document) = try decoded(event).payload else {
      Issue.record("no Data Stage")
      return
    }
    #expect(
      document.details?.text
        == #"{"clearedOn":"2026-03-06","customsOffice":"240","enteredOn":"2026-03-03"}"#)
    // What is no number says nothing: customs' own record is taken all the same.
    #expect(
      document.partidas[0].details?.text
        == #"{"brand":"Acme","cove":"COVE26X","formOfPayment":"5","invoice":"F-9","#
        + #""invoiceDate":"2026-03-01","sellerCountry":"USA","serial":"VIN1; VIN2","#
        + #""supplier":"Acme"}"#)
  }

  @Test func textsAreBoundedAndOnOneLine() {
    var details = Details<LineDetail>()
    details[.brand] = String(repeating: "ñ", count: 1_000)
    details[.model] = "a\u{0}b\nc"
    details[.serial] = " \n "
    #expect(details[.brand]?.utf8.count ?? 0 <= Details<LineDetail>.limit)
    #expect(details[.brand]?.hasSuffix("ñ…") == true)
    #expect(details[.model] == "a b c" && details[.serial] == nil)
  }

  @Test func amountsOfOneLineAddUpAndTheRestStandsSideBySide() {
    var a = Details<LineDetail>()
    var b = a
    (a[.valueUSD], b[.valueUSD]) = ("1.25", "2.75")
    (a[.tariffQuantity], b[.tariffQuantity]) = ("1", "2")
    (a[.tariffUom], b[.tariffUom]) = ("1", "6")
    a[.customsValueMXN] = "10"
    (a[.brand], b[.brand]) = ("Acme", "Acme")
    (a[.serial], b[.serial]) = ("S-1", "S-2")
    #expect(a.adding(b).text == #"{"brand":"Acme","serial":"S-1; S-2","valueUSD":"4"}"#)
    #expect(a.withoutAmounts.text == #"{"brand":"Acme","serial":"S-1"}"#)
  }

  @Test func theyReadThemselvesAgain() throws {
    var details = Details<LineDetail>()
    for name in LineDetail.allCases { details[name] = "«\(name.rawValue)» \"\\" }
    #expect(try Details<LineDetail>(text: details.text) == details)
    let coded = try JSONEncoder().encode(details)
    #expect(try JSONDecoder().decode(Details<LineDetail>.self, from: coded) == details)
    #expect(LineDetail.allCases.map(\.rawValue) == LineDetail.allCases.map(\.rawValue).sorted())
    #expect(
      DocumentDetail.allCases.map(\.rawValue) == DocumentDetail.allCases.map(\.rawValue).sorted())
  }
}

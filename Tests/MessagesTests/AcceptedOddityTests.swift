import Foundation
import Ledger
import Testing

@testable import Messages

/// What producers may write differently, and what it is read as.
@Suite struct AcceptedOddityTests {
  static let quantities: [(String, String)] = [
    ("12.5", "12.5"), ("1e3", "1000"), ("1E+3", "1000"), ("12500e-3", "12.5"), ("0.1", "0.1"),
    (#""1e3""#, "1000"), (#""12.50""#, "12.5"), ("0.30000000000000004", "0.30000000000000004"),
    (#""0.12345678901234567890""#, "0.1234567890123456789"), (#""1\u0032""#, "12"),
    ("9223372036854.775807", "9223372036854.775807"), ("0.0000001", "0.0000001"),
  ]

  @Test(arguments: quantities) func quantitiesAreReadExactly(json: String, expected: String) throws
  {
    let event = try changed(SampleEvents.stock, #""12.5""#, json)
    guard case .stock(let stock) = event.payload else { throw Unexpected() }
    #expect(stock.quantity == (try ExactDecimal(expected)))
  }

  @Test func aCountMayFindNothing() throws {
    let text = SampleEvents.stock.replacingOccurrences(of: "issued", with: "counted")
    guard case .stock(let stock) = try changed(text, #""12.5""#, "0").payload else {
      throw Unexpected()
    }
    #expect(stock.quantity == .zero)
  }

  /// Documents without effect need neither lines nor quantities, and rectifications may be of one.
  @Test(arguments: ["CT", "GC", "A1", "C1", "R1"])
  func whatHasNoEffectNeedsNeitherLinesNorQuantities(clave: String) throws {
    let text = SampleEvents.pedimento.replacingOccurrences(of: #""V1""#, with: #""\#(clave)""#)
    for change in [
      (#""quantity":"7","uom":6,"#, ""), (#""quantity":"7""#, #""quantity":0"#),
      (#""quantity":"7","uom":6"#, #""quantity":null,"uom":null"#), (#""lines":["#, #""x":["#),
      (#""lines":["#, #""lines":[],"x":["#), (#""lines":["#, #""lines":null,"x":["#),
    ] {
      guard case .pedimento(let document) = try changed(text, change.0, change.1).payload else {
        throw Unexpected()
      }
      #expect(document.lines.isEmpty || document.lines[2].quantity == .zero)
    }
  }

  static let lines: [(String, Int32)] = [
    ("2147483647", 2_147_483_647), (#""7""#, 7), (#""007""#, 7), ("7.0", 7), ("7e0", 7),
    ("70e-1", 7),
  ]

  @Test(arguments: lines) func linesAreWholeNumbersHoweverWritten(json: String, line: Int32) throws
  {
    let event = try changed(SampleEvents.pedimento, #""line":2"#, #""line":"# + json)
    guard case .pedimento(let entry) = event.payload else { throw Unexpected() }
    #expect(entry.lines[1].line == line)
  }

  static let units: [(String, UInt8)] = [("22", 22), (#""6""#, 6), (#""06""#, 6), ("6.0", 6)]

  @Test(arguments: units) func unitsAreCodesHoweverWritten(json: String, code: UInt8) throws {
    let event = try changed(SampleEvents.stock, #""uom":6"#, #""uom":"# + json)
    guard case .stock(let stock) = event.payload else { throw Unexpected() }
    #expect(stock.uom.code == code)
  }

  static let instants: [(String, String, String)] = [
    ("2026-03-05T23:59:59-06:00", "2026-03-06T05:59:59Z", "2026-03-05"),
    ("2026-03-05T00:30:00+14:00", "2026-03-04T10:30:00Z", "2026-03-05"),
    ("2026-03-05t12:00:00z", "2026-03-05T12:00:00Z", "2026-03-05"),
    ("2026-03-05T12:00:00.5Z", "2026-03-05T12:00:00.5Z", "2026-03-05"),
    ("2026-03-05T12:00:00.1234567899Z", "2026-03-05T12:00:00.123456789Z", "2026-03-05"),
    ("2026-06-30T23:59:60Z", "2026-07-01T00:00:00Z", "2026-06-30"),
    ("2026-03-05T12:00:00-00:00", "2026-03-05T12:00:00Z", "2026-03-05"),
    (#"2026-03-05T12\u003a00:00Z"#, "2026-03-05T12:00:00Z", "2026-03-05"),
    (#"2026\u002d03-05T12:00:00Z"#, "2026-03-05T12:00:00Z", "2026-03-05"),
    ("1990-01-01T00:00:00+01:00", "1989-12-31T23:00:00Z", "1990-01-01"),
  ]

  @Test(arguments: instants) func instantsKeepTheDayThatTheirSenderWrote(
    written: String, utc: String, day: String
  ) throws {
    let event = try changed(SampleEvents.stock, "2026-03-05T23:59:59-06:00", written)
    guard case .stock(let stock) = event.payload else { throw Unexpected() }
    #expect(stock.occurredAt.description == utc)
    #expect(stock.occurredOn.description == day)
  }

  @Test func unknownMembersAreKeptAndIgnored() throws {
    let plain = try decode(SampleEvents.plant)
    let more = try changed(
      SampleEvents.plant, #""plant":"MTY-1""#, #""plant":"MTY-1","manager":{"name":["A"]}"#)
    #expect(more.payload.plant == plain.payload.plant)
    #expect(more.fingerprint != plain.fingerprint)
    let around = try changed(
      SampleEvents.plant, #""id":"e-1""#, #""id":"e-1","subject":7,"traceparent":null"#)
    #expect(around.fingerprint == plain.fingerprint)
  }

  @Test func theLastOfSeveralMembersCounts() throws {
    let event = try changed(
      SampleEvents.plant, #""plant":"MTY-1""#, #""plant":7,"plant":"QRO-1""#)
    #expect(event.payload.plant?.plant == "QRO-1")
  }

  @Test func namesMayHoldWhatPeopleWrite() throws {
    for name in ["Ñ&1", "名古屋 1", "a b", "/", #"\"q\""#, String(repeating: "é", count: 32)] {
      let event = try changed(SampleEvents.plant, "MTY-1", name)
      #expect(event.payload.plant?.plant == name.replacingOccurrences(of: "\\", with: ""))
    }
  }

  @Test func nullIsAFieldLeftOut() throws {
    let company = try changed(SampleEvents.company, #""AAA""#, "null")
    guard case .company(let read) = company.payload else { throw Unexpected() }
    #expect(read.certification == nil)
    let entry = try changed(SampleEvents.pedimento, "true", "null")
    guard case .pedimento(let document) = entry.payload else { throw Unexpected() }
    #expect(document.lines[2].finished == false)
  }

  @Test func rowsOfPartesNeedNoTime() throws {
    let event = try changed(SampleEvents.partes, #""time":"2026-03-05T18:00:00Z","#, "")
    #expect(event.time == Instant(nanoseconds: 0))
    let version = try JSONDecoder().decode(
      FactVersion.self, from: JSONEncoder().encode(event.version))
    #expect(version == event.version)
  }

  @Test func aDataStagePedimentoGetsItsNumberFromItsYearOfValidation() throws {
    guard case .dataStage(let entry) = try decode(SampleEvents.dataStage).payload else {
      throw Unexpected()
    }
    #expect(entry.pedimento == "262434566890123")
    #expect(entry.rectifies == "252434565890000")
    #expect(entry.isRectification)
    #expect(entry.counterparty == Counterparty(rfc: "XAXX010101000"))
    #expect(entry.partidas.map(\.nico) == ["01"])
    #expect(entry.partidas.map(\.finished) == [true])
    #expect(entry.partidas.map { $0.details?[.serial] } == ["VIN1; VIN2"])
    let short = try changed(
      SampleEvents.dataStage, #""seccionAduanera":"240""#, #""seccionAduanera":"70""#)
    guard case .dataStage(let padded) = short.payload else { throw Unexpected() }
    #expect(padded.pedimento == "260734566890123")
    // Validated in December and paid in January, or named without a date.
    let december = try changed(SampleEvents.dataStage, "6890123", "5890123")
    guard case .dataStage(let old) = december.payload else { throw Unexpected() }
    #expect(old.pedimento == "252434565890123")
    let undated = try changed(
      SampleEvents.dataStage, #""fechaOperacionAnterior":"2025-12-30 00:00:00""#, #""x":1"#)
    guard case .dataStage(let named) = undated.payload else { throw Unexpected() }
    #expect(named.rectifies == "252434565890000")
  }

  private struct Unexpected: Error {}

  private func changed(_ sample: String, _ old: String, _ new: String) throws -> InboundEvent {
    try #require(sample.components(separatedBy: old).count == 2)
    return try decode(sample.replacingOccurrences(of: old, with: new))
  }
}

extension InboundEvent.Payload {
  /// The plant, where the event is about one.
  fileprivate var plant: Plant? {
    guard case .plant(let plant) = self else { return nil }
    return plant
  }
}

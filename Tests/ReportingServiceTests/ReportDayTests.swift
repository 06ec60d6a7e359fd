import Foundation
import Ledger
import Testing

@testable import ReportingService

/// The day that it is, where the plant is.
@Suite struct ReportDayTests {
  @Test(arguments: [
    // Midnight in central Mexico, which has had no summer time since 2022.
    ("2026-11-30T05:59:59.999999999Z", "America/Mexico_City", "2026-11-29"),
    ("2026-11-30T06:00:00Z", "America/Mexico_City", "2026-11-30"),
    ("2026-07-01T05:59:59Z", "America/Mexico_City", "2026-06-30"),
    ("2026-07-01T06:00:00Z", "America/Mexico_City", "2026-07-01"),
    // It had one before.
    ("2022-07-01T05:00:00Z", "America/Mexico_City", "2022-07-01"),
    ("2022-07-01T04:59:59Z", "America/Mexico_City", "2022-06-30"),
    // The border goes with the United States.
    ("2026-11-30T07:59:59Z", "America/Tijuana", "2026-11-29"),
    ("2026-11-30T08:00:00Z", "America/Tijuana", "2026-11-30"),
    ("2026-07-01T06:59:59Z", "America/Tijuana", "2026-06-30"),
    ("2026-07-01T07:00:00Z", "America/Tijuana", "2026-07-01"),
    ("2026-11-30T04:59:59Z", "America/Cancun", "2026-11-29"),
    ("2026-11-30T05:00:00Z", "America/Cancun", "2026-11-30"),
    ("2026-11-30T23:59:59Z", "UTC", "2026-11-30"),
    // What nobody knows is the usual one.
    ("2026-11-30T05:59:59Z", "Nowhere/Atlantis", "2026-11-29"),
    ("1969-12-31T23:59:59.5Z", "UTC", "1969-12-31"),
  ])
  func aDayBeginsWhereItIs(_ moment: String, _ zone: String, _ day: String) throws {
    let moment = moment.hasPrefix("19") ? Instant(nanoseconds: -500_000_000) : try Instant(moment)
    #expect(ReportDay.day(of: moment, in: zone).description == day)
  }

  @Test func anEntryIsOverdueByTheClocksOfItsPlant() throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Maquila"), CatalogEvent.plant("MEX1", id: "m"),
        CatalogEvent.plant("TIJ1", id: "t", zone: "America/Tijuana"),
      ])
    try data.send(
      .ledger,
      [
        Facts.entry("MEX1", lots: [try Facts.lot(1, "5", due: "2026-11-29")]),
        Facts.entry("TIJ1", lots: [try Facts.lot(2, "5", due: "2026-11-29")]),
      ])
    for (now, states) in [
      ("2026-11-30T05:59:59Z", ["por_vencer", "por_vencer"]),
      ("2026-11-30T06:00:00Z", ["vencido", "por_vencer"]),
      ("2026-11-30T07:59:59Z", ["vencido", "por_vencer"]),
      ("2026-11-30T08:00:00Z", ["vencido", "vencido"]),
    ] {
      let folder = data.path + "/at"
      _ = try ReportExport(dataDirectory: data.path, today: nil, now: Instant(now))
        .write(to: folder) { _, _ in }
      let text = try String(contentsOfFile: folder + "/saldos.csv", encoding: .utf8)
      let found = text.split(separator: "\n").dropFirst().compactMap { row in
        row.split(separator: ",").last.map { String($0) }
      }
      #expect(found == states, "\(now)")
    }
  }

  @Test func aDayThatIsAskedForIsEverywhere() throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.plant("MEX1", id: "m"),
        CatalogEvent.plant("TIJ1", id: "t", zone: "America/Tijuana"),
        CatalogEvent.plant("TIJ2", rfc: "XYZ990101AB2", id: "u", zone: "America/Tijuana"),
      ])
    let now = try Instant("2026-11-30T07:00:00Z")
    let day = try ReportDay(nil, now: now, dataDirectory: data.path)
    func at(_ plant: String, _ day: ReportDay) -> String {
      Array(plant.utf8).withUnsafeBytes { day.at(plant: $0).description }
    }
    #expect(at("MEX1", day) == "2026-11-30" && at("TIJ1", day) == "2026-11-29")
    #expect(at("UNKNOWN", day) == "2026-11-30")
    // A company's day is that of its plants, where they are of one mind.
    #expect(day.of(company: "XYZ990101AB2").description == "2026-11-29")
    #expect(day.of(company: Facts.rfc).description == "2026-11-30")
    let fixed = try ReportDay(CalendarDate("2026-01-01"), now: now, dataDirectory: data.path)
    #expect(at("TIJ1", fixed) == "2026-01-01" && fixed.of(company: "").description == "2026-01-01")
  }
}

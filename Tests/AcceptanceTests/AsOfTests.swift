import Auditor
import Foundation
import Harness
import ReportingRules
import Testing

/// Reports as of a day (Rules.md#R9.1): what was computed by an independent model, and by the
/// auditor.
@Suite struct AsOfTests {
  /// A scenario and a day as of which its reports are expected.
  struct Case: Sendable, CustomStringConvertible {
    var name: String
    var day: String
    var description: String { "\(name) as of \(day)" }

    static let all = Scenario.names.flatMap { name in
      Scenario.days(of: name).map { Case(name: name, day: $0) }
    }
  }

  @Test func thereAreDaysToLookAt() {
    #expect(Case.all.count >= 6)
  }

  @Test(arguments: Case.all)
  func theAuditorAgrees(_ asked: Case) throws {
    let scenario = try Scenario(named: asked.name)
    let expected = try Scenario.expected(of: asked.name, asOf: asked.day)
    for seed: UInt64 in 1...2 {
      let books = Auditor.audit(events: scenario.shuffled(seed: seed), asOf: asked.day)
      #expect(differences(books.report, expected) == [])
    }
  }

  @Test(arguments: Case.all, [1, 3, 12] as [Int32])
  func theReportsAreAsExpected(_ asked: Case, partitions: Int32) throws {
    let scenario = try Scenario(named: asked.name)
    let expected = try Scenario.expected(of: asked.name, asOf: asked.day)
    for seed: UInt64 in 0...2 {
      let events = seed == 0 ? scenario.events : scenario.shuffled(seed: seed)
      try Self.withReports(events, partitions: partitions) { reports in
        let got = AuditReport(in: try reports.texts(on: asked.day, asOf: asked.day))
        #expect(differences(got, expected) == [], "seed \(seed)")
      }
    }
  }

  /// Each month's last day, and the days around it.
  @Test(arguments: Scenario.names)
  func everyMonthsEndIsAsTheAuditorSays(_ name: String) throws {
    let scenario = try Scenario(named: name)
    let all = Auditor.audit(events: scenario.events).report
    let months = Set(all.saldos.map { String($0[4].prefix(7)) }).sorted()
    var seen = 0
    try Self.withReports(scenario.shuffled(seed: 7), partitions: 3) { reports in
      for month in months {
        for day in [28, 30, 31] where CSVDay.isDay("\(month)-\(day)") {
          let asked = "\(month)-\(day)"
          let expected = Auditor.audit(events: scenario.events, asOf: asked).report
          let texts = try reports.texts(on: "2026-01-01", asOf: asked)
          #expect(differences(AuditReport(in: texts), expected) == [], "as of \(asked)")
          seen += expected == all ? 0 : 1
        }
      }
    }
    #expect(seen > 2, "most days are before the end")
  }

  @Test(arguments: Scenario.names)
  func beforeEverythingThereIsNothingAndAfterEverythingAllOfIt(_ name: String) throws {
    let scenario = try Scenario(named: name)
    try Self.withReports(scenario.shuffled(seed: 3), partitions: 3) { reports in
      let before = try reports.texts(on: "2026-01-01", asOf: "1999-12-31")
      // What waits and the catalogue are as known now.
      let now: Set = ["pendientes", "contribuyente", "materiales", "productos", "estructuras"]
      for (report, text) in before where !now.contains(report) {
        #expect(CSV.rows(text).count == 1, "\(report)")
      }
      let (after, plain) = (
        try reports.texts(on: "2026-01-01", asOf: "2099-12-31"),
        try reports.texts(on: "2099-12-31")
      )
      #expect(after.count == ReportFile.allCases.count)
      for (report, text) in plain { #expect(after[report] == text, "\(report)") }
    }
  }

  private static func withReports(
    _ events: [Data], partitions: Int32, _ body: (SavedReports) throws -> Void
  ) throws {
    let cluster = try Cluster(partitions: partitions)
    try cluster.produce(events.map { [UInt8]($0) })
    try cluster.settle()
    try cluster.withReports(body)
  }
}

/// Whether a text is a day of the calendar.
enum CSVDay {
  static func isDay(_ text: String) -> Bool {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return false }
    let days = DateComponents(
      calendar: Calendar(identifier: .gregorian), year: parts[0], month: parts[1], day: parts[2])
    return days.isValidDate
  }
}

extension AuditReport {
  /// The columns of exported reports that REPORTS prints in bold.
  init(in texts: [String: String]) {
    func cells(_ report: String, _ columns: String) -> [[String]] {
      CSV.cells(columns.split(separator: " ").map(String.init), of: texts[report] ?? "")
    }
    self.init(
      saldos: cells(
        "saldos",
        "planta numero_parte pedimento linea fecha_entrada fecha_vencimiento cantidad saldo"),
      descargos: cells(
        "descargos",
        "planta documento_salida linea_salida numero_parte producto pedimento_entrada "
          + "linea_entrada incorporado merma desperdicio"),
      faltantes: cells(
        "faltantes", "planta documento_salida linea_salida numero_parte faltante"))
  }
}

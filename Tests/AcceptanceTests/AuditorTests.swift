import Auditor
import Foundation
import Testing

/// The auditor against the expected reports of every scenario, cell by cell.
@Suite struct AuditorTests {
  @Test(arguments: Scenario.names)
  func agreesWithTheExpectedReports(name: String) throws {
    let scenario = try Scenario(named: name)
    let books = Auditor.audit(events: scenario.events)
    #expect(books.unreadable == [])
    #expect(!scenario.expected.saldos.isEmpty && !scenario.expected.descargos.isEmpty)
    #expect(differences(books.report, scenario.expected) == [])
  }

  @Test(arguments: Scenario.names)
  func theOrderAndNumberOfArrivalsMakeNoDifference(name: String) throws {
    let scenario = try Scenario(named: name)
    let books = Auditor.audit(events: scenario.events)
    for seed in UInt64(1)...4 {
      #expect(Auditor.audit(events: scenario.shuffled(seed: seed)) == books, "seed \(seed)")
    }
    let twice = scenario.events + scenario.shuffled(seed: 5)
    #expect(Auditor.audit(events: twice) == books, "seed 5, every event twice")
  }

  @Test(arguments: Scenario.names)
  func quantitiesAndValuesAddUp(name: String) throws {
    let totals = Auditor.audit(events: try Scenario(named: name).events).totals
    #expect(!totals.isEmpty)
    #expect(totals.filter { !$0.adds } == [])
  }

  @Test(arguments: RuleScenarios.all)
  func agreesWithWhatWasComputedByHand(scenario: Scenario) {
    let books = Auditor.audit(events: scenario.events)
    #expect(books.unreadable == [])
    #expect(differences(books.report, scenario.expected) == [])
    if let values = scenario.dischargeValues { #expect(books.dischargeValues == values) }
    if let values = scenario.balanceValues { #expect(books.lots.map(\.valorSaldoMXN) == values) }
    if let scrap = scenario.expectedScrap {
      #expect(books.scrap.owed == scrap.owed)
      #expect(books.scrap.disposed == scrap.disposed)
      #expect(books.scrap.short == scrap.short)
      if !scrap.owedValues.isEmpty { #expect(books.scrap.owedValues == scrap.owedValues) }
      if !scrap.disposedValues.isEmpty {
        #expect(books.scrap.disposedValues == scrap.disposedValues)
      }
    }
    #expect(books.totals.filter { !$0.adds } == [])
    for seed in UInt64(1)...3 {
      let again = Auditor.audit(events: scenario.shuffled(seed: seed) + scenario.events)
      #expect(again == books, "seed \(seed)")
    }
  }

  @Test func ruleScenariosHaveNamesOfTheirOwn() {
    #expect(Set(RuleScenarios.all.map(\.name)).count == RuleScenarios.all.count)
  }

  @Test func anEventThatCannotBeReadIsNotLostInSilence() {
    let broken = Data(#"{"id":"1","source":"/x","type":"immex.part.v1","data":{}}"#.utf8)
    #expect(Auditor.audit(events: [broken, Data("{".utf8)]).unreadable.count == 2)
  }
}

/// The first cells that are not as expected, each with where it stands.
func differences(_ got: AuditReport, _ expected: AuditReport) -> [String] {
  let files = [
    ("saldos", got.saldos, expected.saldos), ("descargos", got.descargos, expected.descargos),
    ("faltantes", got.faltantes, expected.faltantes),
  ]
  return files.flatMap { name, got, expected in
    (0..<max(got.count, expected.count)).compactMap { row in
      let have = row < got.count ? got[row] : []
      let want = row < expected.count ? expected[row] : []
      return codePoints(have) == codePoints(want)
        ? nil : "\(name) row \(row + 1): \(have), expected \(want)"
    }.prefix(5)
  }
}

/// Strings are equal when canonically equivalent; cells must be equal byte for byte.
private func codePoints(_ row: [String]) -> [[UInt8]] { row.map { Array($0.utf8) } }

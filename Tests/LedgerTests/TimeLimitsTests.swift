import Testing

@testable import Ledger

/// How long goods may stay (Rules.md#R6.1).
@Suite struct TimeLimitsTests {
  static let law: [(Category, String, String, String?)] = [
    (.materials, "IN", "2026-01-31", "2027-07-31"), (.materials, "IN", "2026-08-31", "2028-02-29"),
    (.materials, "V1", "2026-08-31", "2027-02-28"), (.materials, "E1", "2026-01-15", "2027-07-15"),
    (.containers, "IN", "2026-02-28", "2028-02-28"),
    (.containers, "V1", "2026-01-31", "2028-01-31"),
    (.containers, "IN", "2024-02-29", "2026-02-28"), (.machinery, "IN", "2026-01-31", nil),
    (.machinery, "V1", "2026-01-31", nil), (.materials, "AF", "2026-01-31", nil),
    (.materials, "E2", "2026-01-31", nil), (.containers, "E4", "2026-01-31", nil),
    (.materials, "E3", "1990-01-01", "1991-07-01"),
  ]

  @Test(arguments: law) func theLawsLimits(
    category: Category, clave: String, entered: String, due: String?
  ) throws {
    let dueOn = TimeLimits.law.dueOn(
      enteredOn: try CalendarDate(entered), category: category, clave: clave)
    #expect(dueOn == (try due.map { try CalendarDate($0) }))
  }

  @Test func theRowInForceOnTheDayOfEntryCounts() throws {
    let day = { (text: String) throws in try CalendarDate(text) }
    let limits = TimeLimits(rows: [
      .init(from: try day("2026-07-01"), materials: 12, materialsByTransfer: 3, containers: 6),
      .init(from: try day("2020-01-01"), materials: 18, materialsByTransfer: 6, containers: 24),
    ])
    #expect(limits.rows.map(\.materials) == [18, 12])
    let due = { (text: String) throws in
      limits.dueOn(enteredOn: try day(text), category: .materials, clave: "IN")
    }
    #expect(try due("2026-06-30") == day("2027-12-30"))
    #expect(try due("2026-07-01") == day("2027-07-01"))
    // Before the first row its limits hold.
    #expect(try due("2019-01-01") == day("2020-07-01"))
    let none = TimeLimits(rows: [])
    #expect(none.dueOn(enteredOn: try day("2026-01-01"), category: .materials, clave: "IN") == nil)
  }
}

import Testing

@testable import Ledger

/// Days of the calendar.
@Suite struct CalendarDateTests {
  @Test func everyDayOfTheRangeRoundTrips() throws {
    var expected = DateRange.first.days
    for year in 1990...2100 {
      for month in 1...12 {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        for day in 1...length {
          let date = CalendarDate(year: year, month: month, day: day)
          #expect(date.days == expected)
          #expect(date.civil == (year, month, day))
          #expect(try CalendarDate(date.description) == date)
          #expect(DateRange.accepts(date))
          expected += 1
        }
        let next = CalendarDate(year: year, month: month, day: length).description.dropLast(2)
        #expect(throws: LedgerError.notADate) { try CalendarDate("\(next)\(length + 1)") }
      }
    }
    #expect(expected == DateRange.last.days + 1)
    #expect(!DateRange.accepts(CalendarDate(days: DateRange.first.days - 1)))
    #expect(!DateRange.accepts(CalendarDate(days: DateRange.last.days + 1)))
  }

  @Test func knownDays() {
    #expect(CalendarDate(year: 1970, month: 1, day: 1).days == 0)
    #expect(CalendarDate(year: 2000, month: 3, day: 1).days == 11_017)
    #expect(CalendarDate(days: -1).description == "1969-12-31")
    #expect(CalendarDate(days: 20_000).description == "2024-10-04")
    #expect(CalendarDate(year: 0, month: 1, day: 1).description == "0000-01-01")
    #expect(CalendarDate(year: 9_999, month: 12, day: 31).description == "9999-12-31")
  }

  static let malformed = [
    "", "2026", "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "2026-00-01", "2026-13-01",
    "2026-01-00", "2026-01-32", "2023-02-29", "2100-02-29", "2026-04-31", "2026-01-01 ",
    "2026-01-01T", "20260101", "2026-0a-01", "-026-01-01", "２０２６-01-01",
  ]

  @Test(arguments: malformed) func anythingElseIsNotADate(text: String) {
    #expect(throws: LedgerError.notADate) { try CalendarDate(text) }
  }

  /// Calendar months, clamped to the month's last day (Rules.md#R2.4).
  static let months: [(String, Int, String)] = [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-01-31", 3, "2026-04-30"),
    ("2026-08-31", 18, "2028-02-29"), ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", 48, "2028-02-29"),
    ("2026-12-31", 6, "2027-06-30"), ("2026-07-15", 18, "2028-01-15"),
    ("2026-07-15", 24, "2028-07-15"),
    ("2026-12-01", 1, "2027-01-01"), ("2026-03-31", -1, "2026-02-28"),
    ("2026-01-15", -1, "2025-12-15"),
    ("2026-05-05", 0, "2026-05-05"), ("2099-12-31", 18, "2101-06-30"),
  ]

  @Test(arguments: months) func monthsAreClamped(from: String, months: Int, to: String) throws {
    #expect(try CalendarDate(from).adding(months: months) == CalendarDate(to))
  }

  @Test func orderIsByDay() throws {
    #expect(try CalendarDate("2026-01-31") < CalendarDate("2026-02-01"))
    #expect(try !(CalendarDate("2026-02-01") < CalendarDate("2026-02-01")))
  }
}

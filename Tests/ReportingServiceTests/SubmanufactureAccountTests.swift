import Ledger
import ReportingRules
import Testing

/// What is at a sub-manufacturer, in small cases computed by hand.
@Suite struct SubmanufactureAccountTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// `+` or `-`, day, document, quantity, and the document by which it went.
    var lines: [String]
    /// Document, since when, sent, back, out, last day back.
    var rows: [String]
  }

  static let cases = [
    Case(
      testDescription: "what goes is out until it comes back",
      lines: ["+ 2026-03-01 S1 40", "- 2026-03-10 R1 15"],
      rows: ["S1 2026-03-01 40 15 25 2026-03-10"]),
    Case(
      testDescription: "what went first comes back first",
      lines: ["+ 2026-03-02 S2 10", "+ 2026-03-01 S1 10", "- 2026-03-03 R1 12"],
      rows: ["S1 2026-03-01 10 10 0 2026-03-03", "S2 2026-03-02 10 2 8 2026-03-03"]),
    Case(
      testDescription: "what names its document is counted against that one, and first",
      lines: [
        "+ 2026-03-01 S1 10", "+ 2026-03-02 S2 10", "- 2026-03-03 R1 10", "- 2026-03-09 R2 8 S1",
      ],
      rows: ["S1 2026-03-01 10 10 0 2026-03-09", "S2 2026-03-02 10 8 2 2026-03-03"]),
    Case(
      testDescription: "what comes back beyond what went is shown, and nothing is below zero",
      lines: ["+ 2026-03-01 S1 10", "- 2026-03-03 R1 12.5"],
      rows: ["R1 - 0 2.5 0 2026-03-03", "S1 2026-03-01 10 10 0 2026-03-03"]),
    Case(
      testDescription: "what names its document does not come out of another",
      lines: ["+ 2026-03-01 S1 10", "+ 2026-03-01 S2 10", "- 2026-03-03 R1 12 S2"],
      rows: [
        "R1 - 0 2 0 2026-03-03", "S1 2026-03-01 10 0 10 -", "S2 2026-03-01 10 10 0 2026-03-03",
      ]),
    Case(
      testDescription: "nothing comes back before it went; on the same day it may",
      lines: ["+ 2026-03-05 S1 10", "- 2026-03-04 R1 3", "- 2026-03-05 R2 4"],
      rows: ["R1 - 0 3 0 2026-03-04", "S1 2026-03-05 10 4 6 2026-03-05"]),
    Case(
      testDescription: "one document of a day adds up, of two days it is two rows",
      lines: ["+ 2026-03-01 S1 1", "+ 2026-03-01 S1 2", "+ 2026-03-02 S1 4"],
      rows: ["S1 2026-03-01 3 0 3 -", "S1 2026-03-02 4 0 4 -"]),
    Case(
      testDescription: "a sum that no quantity holds is exact all the same",
      lines: [
        "+ 2026-03-01 S1 9000000000000.000001", "+ 2026-03-01 S1 9000000000000",
        "- 2026-03-02 R1 9000000000000", "- 2026-03-02 R1 9000000000000.5",
        "- 2026-03-02 R1 9000000000000",
      ],
      rows: [
        "R1 - 0 9000000000000.499999 0 2026-03-02",
        "S1 2026-03-01 18000000000000.000001 18000000000000.000001 0 2026-03-02",
      ]),
  ]

  @Test(arguments: cases) func inAnyOrder(_ item: Case) throws {
    let lines = try item.lines.map(Self.line)
    for start in lines.indices {
      let turned = Array(lines[start...] + lines[..<start])
      #expect(SubmanufactureAccount(turned).rows.map(Self.text) == item.rows)
      #expect(SubmanufactureAccount(turned.reversed()).rows.map(Self.text) == item.rows)
    }
  }

  @Test(arguments: [
    ("2026-03-11", 10, SubmanufactureStanding.out), ("2026-03-12", 10, .overdue),
    ("2026-02-01", 10, .out), ("2026-03-01", 0, .out),
  ])
  func isOverdueAfterTheDays(today: String, days: Int, standing: SubmanufactureStanding) throws {
    let row = try #require(SubmanufactureAccount([Self.line("+ 2026-03-01 S1 1")]).rows.first)
    #expect(SubmanufactureStanding(row, today: try CalendarDate(today), days: days) == standing)
  }

  static func line(_ text: String) throws -> SubmanufactureAccount.Line {
    let words = text.split(separator: " ").map(String.init)
    return SubmanufactureAccount.Line(
      kind: words[0] == "+" ? .sent : .returned, document: words[2], noticeFolio: "AS-1",
      date: try CalendarDate(words[1]), ofDocument: words.count > 4 ? words[4] : nil,
      quantity: try Quantity(words[3]))
  }

  private static func text(_ row: SubmanufactureAccount.Row) -> String {
    "\(row.document) \(row.sentOn.map { "\($0)" } ?? "-") \(row.sent) \(row.back) \(row.out) "
      + (row.lastBackOn.map { "\($0)" } ?? "-")
  }
}

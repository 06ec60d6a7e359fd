import Ledger
import ReportingRules
import Testing

@Suite struct CSVRowsTests {
  @Test(arguments: [
    ("plain", "plain"), ("", ""), ("Ñandú, S.A.", "\"Ñandú, S.A.\""),
    ("a \"b\"", "\"a \"\"b\"\"\""), ("two\nlines", "\"two\nlines\""), ("a\rb", "\"a\rb\""),
    ("=1+1", "'=1+1"), ("+52", "'+52"), ("-A1", "'-A1"), ("@x", "'@x"), ("\tx", #"\u0009x"#),
    ("\rx", "\"'\rx\""), ("=a,\"b\"", "\"'=a,\"\"b\"\"\""), ("A=1", "A=1"), ("'x", "'x"),
    (" =1", " =1"), ("a\u{0}b", #"a\u0000b"#), ("\u{1B}[1m,", #""\u001B[1m,""#),
    ("x\u{7F}\u{85}ñ\n", "\"x\\u007F\\u0085ñ\n\""),
  ])
  func textCells(text: String, written: String) {
    var rows = CSVRows()
    rows.text("first")
    rows.text(text)
    rows.text("last")
    rows.endRow()
    #expect(String(decoding: rows.bytes, as: UTF8.self) == "first,\(written),last\n")
  }

  @Test func aGuardedFirstCellHasNoCommaBefore() {
    var rows = CSVRows()
    rows.text("=x")
    rows.endRow()
    rows.text("")
    rows.text("")
    rows.endRow()
    #expect(String(decoding: rows.bytes, as: UTF8.self) == "'=x\n,\n")
  }

  @Test func numbersAndDatesAreNotText() {
    var rows = CSVRows()
    rows.quantity(-12_500_000)
    rows.quantity(0)
    rows.quantity(1)
    rows.money(100)
    rows.money(-5)
    rows.money(.max)
    rows.quantity(sum: Int128(Int64.max) + 1)
    rows.money(sum: Int128(Int64.min) - 1)
    rows.date(CalendarDate(year: 2024, month: 2, day: 29))
    rows.date(nil)
    rows.endRow()
    #expect(
      String(decoding: rows.bytes, as: UTF8.self)
        == "-12.5,0,0.000001,1,-0.05,92233720368547758.07,9223372036854.775808,"
        + "-92233720368547758.09,2024-02-29,\n")
  }
}

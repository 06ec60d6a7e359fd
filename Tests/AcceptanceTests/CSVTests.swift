import Auditor
import Testing

@Suite struct CSVTests {
  @Test(arguments: [
    ("a,b\n1,\n", [["a", "b"], ["1", ""]]),
    ("a,b\r\n1,2", [["a", "b"], ["1", "2"]]),
    ("\"a,b\",\"say \"\"no\"\"\"\n", [["a,b", "say \"no\""]]),
    ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
    ("", []),
  ])
  func reads(text: String, rows: [[String]]) {
    #expect(CSV.rows(text) == rows)
  }
}

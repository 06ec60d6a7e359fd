import Foundation
import IngestFiles
import Testing

@Suite("Files of events")
struct EventFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var events: [String]
    var testDescription: String { name }
  }

  static let lines: [Case] = [
    Case(name: "empty", text: "", events: []),
    Case(name: "white space only", text: " \r\n\t\n", events: []),
    Case(name: "mark only", text: "\u{FEFF}", events: []),
    Case(name: "one line without its end", text: "{\"a\":1}", events: ["{\"a\":1}"]),
    Case(name: "LF", text: "{1}\n{2}\n", events: ["{1}", "{2}"]),
    Case(name: "CRLF and no last end", text: "{1}\r\n{2}", events: ["{1}", "{2}"]),
    Case(name: "a mark", text: "\u{FEFF}{1}\n", events: ["{1}"]),
    Case(name: "blank lines", text: "\n{1}\n\n \t\r\n{2}\n\n", events: ["{1}", "{2}"]),
    Case(name: "malformed lines", text: "{}\nnot json\n\"", events: ["{}", "not json", "\""]),
    Case(name: "never closed", text: "{\nnot json\n\"", events: ["{\tnot json\t\""]),
    Case(name: "spaces around", text: "{1} \n {2}", events: ["{1}", "{2}"]),
  ]

  static let arrays: [Case] = [
    Case(name: "no elements", text: "[]", events: []),
    Case(
      name: "elements", text: "[{\"a\":1},{\"b\":[1,2]}]", events: ["{\"a\":1}", "{\"b\":[1,2]}"]),
    Case(name: "white space", text: " [ {1} , {2} ] \n", events: ["{1}", "{2}"]),
    Case(name: "numbers untouched", text: "[{\"q\":1.10e05}]", events: ["{\"q\":1.10e05}"]),
    Case(
      name: "brackets and escapes in strings", text: #"[{"a":"}],\"[{\\"},{"b":"\\\""}]"#,
      events: [#"{"a":"}],\"[{\\"}"#, #"{"b":"\\\""}"#]),
    Case(name: "pretty", text: "[\n  {\r\n \"a\": 1\n}\n]", events: ["{\t\t \"a\": 1\t}"]),
    Case(name: "scalars", text: "[1, \"a,]\" ,null]", events: ["1", "\"a,]\"", "null"]),
    Case(name: "missing comma", text: "[{1} {2}]", events: ["{1}", "{2}"]),
    Case(name: "stray closers", text: "[}}, {1}]", events: ["}}", "{1}"]),
    Case(name: "text behind it", text: "[{1}]\n{2}\nrest", events: ["{1}", "{2}", "rest"]),
  ]

  @Test("Each line or element is passed as it is", arguments: lines + arrays)
  func passes(_ test: Case) throws {
    let loaded = try load(test.text)
    #expect(loaded.events == test.events)
    #expect(loaded.summary.format == .events && loaded.summary.events == test.events.count)
    #expect(
      loaded.codes == (test.text.allSatisfy { $0.isWhitespace || $0 == "\u{FEFF}" } ? [.empty] : [])
    )
  }

  @Test("A file read in chunks of any size gives the same", arguments: lines + arrays)
  func chunks(_ test: Case) throws {
    for chunk in [1, 4, 5, 7, 64] {
      var limits = FileLimits()
      limits.chunk = chunk
      #expect(try loadFromDisk(Array(test.text.utf8), limits).events == test.events)
    }
  }

  @Test(
    "An array that is cut short keeps what it has, and says so",
    arguments: [("[{1},{\"a", ["{1}", "{\"a"]), ("[{1},", ["{1}"]), ("[", [])])
  func cutArray(_ text: String, _ events: [String]) throws {
    let loaded = try load(text)
    #expect(loaded.events == events)
    #expect(loaded.codes == [.cut])
    #expect(loaded.rejections == loaded.summary.notes)
  }

  @Test("Of a line that is too long the beginning is passed", arguments: [8, 1 << 20])
  func longLine(chunk: Int) throws {
    var limits = FileLimits()
    (limits.maxLine, limits.keptOfTooLong, limits.chunk) = (100, 10, chunk)
    let long = "{" + String(repeating: "x", count: 1_000) + "}"
    let kept = String(long.prefix(10))
    let atLimit = "{" + String(repeating: "y", count: 98) + "}"
    let lines = "{1}\n\(long)\n{2}\n\(atLimit)\n\(long)"
    let array = "[{1},\(long),{2},\(atLimit),\(long)]"
    for text in [lines, array] {
      let expected = ["{1}", kept, "{2}", atLimit, kept]
      #expect(try load(text, limits).events == expected)
      #expect(try loadFromDisk(Array(text.utf8), limits).events == expected)
    }
  }

  @Test(
    "What is none of the formats is refused", arguments: ["hello", "a,b,c\n1,2,3", "\u{0}", "PK"])
  func unknown(_ text: String) throws {
    #expect(try failure(Array(text.utf8)) == .unknownFormat)
  }

  @Test("A file that cannot be read is named")
  func unreadable() throws {
    var sink = CollectingSink()
    for path in ["/no/such/file", "/"] {
      let error = #expect(throws: InputFileError.self) {
        try InputFile.load(path: path, into: &sink) { _ in }
      }
      #expect(error?.code == .unreadable)
      #expect(error?.file == path)
    }
  }
}

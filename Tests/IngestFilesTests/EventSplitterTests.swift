import Testing

@testable import IngestFiles

/// Text is split into events wherever the network, or a file's chunks, cut it.
@Suite struct EventSplitterTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var body: String
    var events: [String]
    var testDescription: String { body }
  }

  static let cases: [Case] = [
    Case(body: "", events: []),
    Case(body: " \r\n\n", events: []),
    Case(body: #"{"a":1}"#, events: [#"{"a":1}"#]),
    Case(body: "\u{FEFF}{\"a\":1}\n", events: [#"{"a":1}"#]),
    Case(body: "{\n  \"a\": {\n}}\n", events: ["{\t  \"a\": {\t}}"]),
    Case(body: "{\n\"a\":1}\n\n{\r\n\"b\":2}\n", events: ["{\t\"a\":1}", "{\t\t\"b\":2}"]),
    Case(
      body: "{\"a\":1}\r\n\n{\"b\":\"}\"}\n{\"c", events: [#"{"a":1}"#, #"{"b":"}"}"#, #"{"c"#]),
    Case(body: "{\"a\":1} {\"b\":2}\n", events: [#"{"a":1}"#, #"{"b":2}"#]),
    Case(body: "{\"a\":1}{\"b\":2},{\"c\":3}", events: [1, 2, 3].map(Self.numbered)),
    Case(body: "[{\"a\":1}]\n[{\"b\":2}\n,[{\"c\":3}]]", events: [1, 2, 3].map(Self.numbered)),
    Case(body: "{\"a\":1}\r{\"b\":2}\r\r{\"c\":3}\r", events: [1, 2, 3].map(Self.numbered)),
    Case(
      body: "\u{FEFF}{\"a\":1}\n\u{FEFF}{\"b\":2}\n\u{1E}{\"c\":3}\n",
      events: [1, 2, 3].map(Self.numbered)),
    Case(body: "{\"a\":1}}\n{\"b\":2}\n", events: [#"{"a":1}"#, "}", #"{"b":2}"#]),
    Case(body: "{\"a\":{\"b\":2}\n{\"b\":2}\n", events: [#"{"a":{"b":2}"#, #"{"b":2}"#]),
    Case(body: "{\"a\" 1}\n{\"b\":2}\n", events: [#"{"a" 1}"#, #"{"b":2}"#]),
    Case(body: "{\"a\":\"x\ty, {z\"}\n{\"b\":2}", events: ["{\"a\":\"x\ty, {z\"}", #"{"b":2}"#]),
    // A fault within a value of several lines is of that value alone.
    Case(
      body: "{\n  \"a\": oops,\n  \"d\": {\n    \"e\" 5\n  }\n}\n{\"b\":2}\n",
      events: ["{\t  \"a\": oops,\t  \"d\": {\t    \"e\" 5\t  }\t}", #"{"b":2}"#]),
    Case(
      body: "[\n  {\"a\":1,\n  {\"b\":2},\n  {\"c\":\n]\n{\"b\":2}",
      events: [#"{"a":1,"#, #"{"b":2}"#, #"{"c":"#, #"{"b":2}"#]),
    // A first line that is malformed does not swallow the others.
    Case(body: "{\"a\":\n{\"b\":2}\n{\"c\":3}", events: [#"{"a":"#, #"{"b":2}"#, #"{"c":3}"#]),
    Case(body: "{\"a\":\"x\n{\"b\":\"y\"}\n", events: [#"{"a":"x"#, #"{"b":"y"}"#]),
    Case(body: "{\"a\":1}\nnonsense\n", events: [#"{"a":1}"#, "nonsense"]),
    Case(body: "[]", events: []),
    Case(
      body: "\n[ {\"a\":1} , {\"b\":[1,2]},\n{\"c\":\n\"]\"}]",
      events: [
        #"{"a":1}"#, #"{"b":[1,2]}"#, "{\"c\":\t\"]\"}",
      ]),
    Case(body: "[1,\"a,]\",,null ]\nrest", events: ["1", "\"a,]\"", "null", "rest"]),
    Case(body: "[{\"a\":1},{\"b\":", events: [#"{"a":1}"#, #"{"b":"#]),
  ]

  private static func numbered(_ number: Int) -> String {
    #"{"\#(["a", "b", "c"][number - 1])":\#(number)}"#
  }

  @Test(arguments: cases)
  func splitsAlikeWhereverItIsCut(_ item: Case) throws {
    for size in [1, 2, 3, 5, 8, 1_000] {
      #expect(try split(item.body, by: size) == item.events, "in pieces of \(size)")
    }
  }

  /// A file of the same bytes is split alike.
  @Test func agreesWithFiles() throws {
    for body in Self.cases.map(\.body) where !body.isEmpty {
      var sink = Sink()
      _ = try InputFile.load(bytes: Array(body.utf8), name: "body", into: &sink)
      #expect(try split(body, by: 4) == sink.events, "\(body)")
    }
  }

  @Test func cutsWhatIsTooLong() throws {
    var limits = FileLimits()
    (limits.maxLine, limits.keptOfTooLong) = (40, 10)
    let long = "{\"a\":\"" + String(repeating: "x", count: 300) + "\"}"
    for size in [1, 7, 64, 1_000] {
      #expect(
        try split("{\"a\":1}\n\(long)\n{\"b\":2}\n", by: size, limits)
          == [#"{"a":1}"#, String(long.prefix(10)), #"{"b":2}"#], "lines by \(size)")
      #expect(
        try split("[{\"a\":1},\(long),{\"b\":2}]", by: size, limits)
          == [#"{"a":1}"#, String(long.prefix(10)), #"{"b":2}"#], "an array by \(size)")
    }
  }

  @Test func tellsTheLineOfEach() throws {
    let body =
      "\n{\"a\":1}\r\n[{\"b\":\n2},\r\r{\"c\":3}] {\"d\":4}\noops\n{\"e\":\n{\"f\":6}\n{\"g\":7}"
    for size in [1, 2, 3, 1_000] {
      var splitter = EventSplitter()
      var lines: [Int64] = []
      try split(body, by: size, &splitter) { lines.append($1) }
      #expect(lines == [2, 3, 6, 6, 7, 8, 9, 10], "in pieces of \(size)")
    }
  }

  /// Work grows with the text, also where brackets are opened and never closed.
  @Test func looksAtEachByteOnce() throws {
    for unit in ["{\"a\":", "[", "{\"a\":\n", "{\"a\":1\n", "\"", "{\"a\":\"\\", "}", "{} ,"] {
      let body = "{" + String(repeating: unit, count: 20_000)
      var splitter = EventSplitter()
      var passed = 0
      try split(body, by: 997, &splitter) { event, _ in passed += event.count }
      #expect(passed <= body.utf8.count, "\(unit)")
    }
  }

  @Test(arguments: ["a,b\n1,2\n", "\n\"text\"", "PK\u{3}\u{4}", "\u{FEFF}x"])
  func leavesEverythingElseAlone(_ body: String) throws {
    for size in [1, 2, 100] {
      var splitter = EventSplitter()
      try split(body, by: size, &splitter) { _, _ in Issue.record("an event") }
      #expect(splitter.form == .somethingElse)
      #expect(Array(splitter.rest) == Array(body.utf8))
    }
  }

  private func split(
    _ body: String, by size: Int, _ limits: FileLimits = .init()
  ) throws -> [String] {
    var splitter = EventSplitter(limits: limits)
    var events: [String] = []
    try split(body, by: size, &splitter) { event, _ in
      events.append(String(decoding: event, as: UTF8.self))
    }
    return events
  }

  private func split(
    _ body: String, by size: Int, _ splitter: inout EventSplitter,
    _ pass: (UnsafeRawBufferPointer, Int64) throws -> Void
  ) throws {
    let bytes = Array(body.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      try bytes[start..<min(start + size, bytes.count)].withUnsafeBytes {
        try splitter.take($0, pass)
      }
    }
    try [].withUnsafeBytes { try splitter.take($0, atEnd: true, pass) }
  }

  private struct Sink: InboundSink {
    var events: [String] = []
    mutating func take(event: UnsafeRawBufferPointer, at place: FilePlace) {
      events.append(String(decoding: event, as: UTF8.self))
    }
    mutating func take(note: FileNote) {}
  }
}

import Foundation
import IngestFiles
import Testing

@testable import IngestService

/// Bodies of posts are split into events wherever the network cuts them.
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
    Case(body: "{\"a\":1} {\"b\":2}\n", events: [#"{"a":1} {"b":2}"#]),
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

  @Test(arguments: cases)
  func splitsAlikeWhereverItIsCut(_ item: Case) throws {
    for size in [1, 2, 3, 5, 8, 1_000] {
      #expect(try split(item.body, by: size) == item.events, "in pieces of \(size)")
    }
  }

  /// Lines and arrays are split as a file of the same bytes is.
  @Test func agreesWithFiles() throws {
    let bodies = Self.cases.map(\.body).filter { body in
      !body.contains("{\n") && !body.contains("{\r\n")
    }
    for body in bodies where !body.isEmpty {
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

  @Test(arguments: ["a,b\n1,2\n", "\n\"text\"", "PK\u{3}\u{4}", "\u{FEFF}x"])
  func leavesEverythingElseAlone(_ body: String) throws {
    for size in [1, 2, 100] {
      #expect(throws: NotEvents.self) { try split(body, by: size) }
    }
  }

  private func split(
    _ body: String, by size: Int, _ limits: FileLimits = .init()
  ) throws -> [String] {
    var splitter = EventSplitter(limits: limits)
    var events: [String] = []
    let bytes = Array(body.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { splitter.append($0) }
      try splitter.split(atEnd: false) { events.append(String(decoding: $0, as: UTF8.self)) }
    }
    try splitter.split(atEnd: true) { events.append(String(decoding: $0, as: UTF8.self)) }
    return events
  }

  private struct Sink: InboundSink {
    var events: [String] = []
    mutating func take(event: UnsafeRawBufferPointer) {
      events.append(String(decoding: event, as: UTF8.self))
    }
  }
}

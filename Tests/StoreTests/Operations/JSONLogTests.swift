import Foundation
import Logging
import Synchronization
import Testing

@testable import ServiceRuntime

/// Log lines as JSON: one object to a line, whatever is in it.
@Suite struct JSONLogTests {
  private final class Lines: Sendable {
    let all = Mutex<[String]>([])
    func add(_ line: [UInt8]) { all.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
  }

  private struct Line: Decodable {
    struct Metadata: Decodable { var partition, stage: String? }
    var time, level, label, message: String
    var metadata: Metadata?
  }

  @Test func aLineIsOneObjectWithItsMetadata() throws {
    let lines = Lines()
    var logger = Logger(label: "saldo") { JSONLogHandler(label: $0, write: lines.add) }
    logger[metadataKey: "stage"] = "discharge/books"
    logger.info("It \"was\"\nset aside", metadata: ["partition": "saldo.movements/3"])
    logger.debug("not at this level")
    let written = lines.all.withLock { $0 }
    #expect(written.count == 1)
    let text = try #require(written.first)
    #expect(text.hasSuffix("}\n") && text.count { $0 == "\n" } == 1)
    let line = try JSONDecoder().decode(Line.self, from: Data(text.utf8))
    #expect(line.message == "It \"was\"\nset aside" && line.level == "info")
    #expect(line.label == "saldo")
    #expect(line.metadata?.stage == "discharge/books")
    #expect(line.metadata?.partition == "saldo.movements/3")
    #expect(line.time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
  }

  @Test func listsAndObjectsStayThat() {
    let lines = Lines()
    let logger = Logger(label: "saldo") { JSONLogHandler(label: $0, write: lines.add) }
    logger.warning("m", metadata: ["a": ["x", "y"], "b": ["c": "d"]])
    let text = lines.all.withLock { $0.first } ?? ""
    #expect(text.contains(#""metadata":{"a":["x","y"],"b":{"c":"d"}}"#))
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (1_700_000_000_123, "2023-11-14T22:13:20.123Z"),
      (-1, "1969-12-31T23:59:59.999Z"),
    ] as [(Int64, String)])
  func instantsAreInUTC(_ milliseconds: Int64, _ text: String) {
    #expect(JSONLogHandler.time(milliseconds: milliseconds) == text)
  }
}

import Glibc
import Synchronization
import Testing

@testable import Logging

/// What a logger gives its handler, and when.
@Suite struct LoggerTests {
  /// Keeps what it gets.
  private struct Keeping: LogHandler {
    final class Events: Sendable {
      let all = Mutex<[LogEvent]>([])
    }

    let events: Events
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { events.all.withLock { $0.append(event) } }
  }

  private let events = Keeping.Events()

  private var logger: Logger { Logger(label: "test") { _ in Keeping(events: events) } }

  @Test func belowTheLevelNothingIsEvaluated() {
    let asked = Mutex(0)
    func text() -> String {
      asked.withLock { $0 += 1 }
      return "x"
    }
    logger.debug("\(text())", metadata: ["a": "\(text())"], source: text())
    #expect(asked.withLock { $0 } == 0)
    logger.info("\(text())", metadata: ["a": "\(text())"], source: text())
    #expect(asked.withLock { $0 } == 3)
    #expect(events.all.withLock { $0.count } == 1)
  }

  @Test func copiesHaveTheirOwnLevelAndFields() {
    let first = logger
    var second = first
    second.logLevel = .trace
    second[metadataKey: "a"] = "1"
    first.trace("no")
    second.trace("yes")
    #expect(events.all.withLock { $0.map { "\($0.message)" } } == ["yes"])
    #expect(first[metadataKey: "a"] == nil && second[metadataKey: "a"] == "1")
  }

  @Test func everyLevelIsItsOwn() {
    var all = logger
    all.logLevel = .trace
    all.trace("m")
    all.debug("m")
    all.info("m")
    all.notice("m")
    all.warning("m")
    all.error("m")
    all.critical("m")
    #expect(events.all.withLock { $0.map(\.level) } == Logger.Level.allCases)
    #expect(Logger.Level.allCases == Logger.Level.allCases.sorted())
  }

  @Test func theSourceIsTheModuleUnlessTold() {
    logger.info("m")
    logger.info("m", source: "elsewhere")
    #expect(events.all.withLock { $0.map(\.source) } == ["LoggingTests", "elsewhere"])
  }

  @Test func valuesOfFieldsAreAsTheirLiterals() {
    let values: Logger.Metadata = ["t": "x\(1)", "l": ["a", ["b"]], "d": ["k": "v"]]
    #expect(values["t"] == .string("x1"))
    #expect(values["l"] == .array([.string("a"), .array([.string("b")])]))
    #expect(values["d"] == .dictionary(["k": .string("v")]))
    #expect(values["l"]?.description == #"["a", "[\"b\"]"]"#)
    #expect(Logger.MetadataValue.stringConvertible(1) == .stringConvertible(1))
  }
}

import Logging
import ServiceRuntime
import Synchronization
import Testing

@testable import ReportingService

/// Conservation is checked while services run, and said once.
@Suite(.timeLimit(.minutes(20))) struct ConservationFiguresTests {
  private static let tampering = "UPDATE lot SET quantity = quantity + 5 WHERE id = 2"
  private static let repair = "UPDATE lot SET quantity = quantity - 5 WHERE id = 2"

  @Test func nothingIsKnownWhereThereAreNoStores() async throws {
    let data = try DataFolder()
    let source = ConservationFigures(dataDirectory: data.path, logger: Logger(label: "test"))
    #expect(try await source.figures() == [:])
  }

  @Test func whatDoesNotAddUpIsCountedAndNamedInTheLogOnce() async throws {
    let data = try ScrapReportTests.books()
    let lines = Lines()
    let source = ConservationFigures(
      dataDirectory: data.path, logger: Logger(label: "test") { _ in lines })
    #expect(try await source.figures()[.conservationAlarms] == 0)
    #expect(lines.said == [])
    try data.tamper(.ledger, Self.tampering)
    #expect(try await source.check()[.conservationAlarms] == 1)
    try data.tamper(.ledger, Self.repair)
    #expect(try await source.check()[.conservationAlarms] == 0)
    #expect(lines.said == ["ABC010203AB1 M-1 260000000000900"])
    try data.tamper(.ledger, Self.tampering)
    #expect(try await source.check()[.conservationAlarms] == 1)
    #expect(lines.said.count == 2)
  }

  /// A pass over large books is not made with every refresh of the metrics.
  @Test func whatWasFoundStandsUntilTheNextCheckIsDue() async throws {
    let data = try ScrapReportTests.books()
    let source = ConservationFigures(
      dataDirectory: data.path, interval: .seconds(3_600), logger: Logger(label: "test"))
    let found = try await source.figures()
    #expect(found[.conservationAlarms] == 0)
    #expect(abs((found[.conservationTime] ?? 0) - WallClock.milliseconds / 1_000) < 100)
    try data.tamper(.ledger, Self.tampering)
    #expect(try await source.figures() == found)
  }
}

/// What was logged as an error: the values of its metadata.
private final class Lines: LogHandler {
  private let lines = Mutex<[String]>([])
  // A handler of its own for each logger; there is one here, and nothing changes these.
  var logLevel: Logger.Level {
    get { .error }
    set {}
  }
  var metadata: Logger.Metadata {
    get { [:] }
    set {}
  }

  var said: [String] { lines.withLock { $0 } }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { nil }
    set {}
  }

  func log(event: LogEvent) {
    let metadata = event.metadata ?? [:]
    let values = ["rfc", "part", "documents"].map { "\(metadata[$0] ?? "?")" }
    lines.withLock { $0.append(values.joined(separator: " ")) }
  }
}

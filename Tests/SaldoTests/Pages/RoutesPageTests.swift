import EventLogTesting
import Foundation
import IngestService
import Logging
import ReportingRules
import ReportingService
import ServiceRuntime
import Testing

@testable import HTTPServer
@testable import SaldoCommands

/// The page about HTTP has every address that the program answers, and no other.
struct RoutesPageTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func everyAddressHasARow() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "Documentation/HTTP.md"), encoding: .utf8)
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    let named = rows.flatMap { row in
      row.split(separator: "|")[0].matches(of: /`((?:GET|POST) \/[^`]+)`/).map { String($0.1) }
    }
    #expect(Set(named).count == named.count)
    #expect(Set(named) == Self.addresses)
  }

  /// What the parts of the program add to a router; a report's name is `{name}`.
  private static var addresses: Set<String> {
    var router = Router()
    let (log, logger) = (TestingLog(), Logger(label: "test"))
    IngestFront(
      log: log, partitions: 1, settings: .init(uploadFolder: "/nowhere"), logger: logger
    ).addRoutes(to: &router)
    ReportRoutes(dataDirectory: "/nowhere", logger: logger).add(to: &router)
    TransferRoutes(data: "/nowhere", log: log, partitions: 1, bearer: nil, logger: logger)
      .add(to: &router)
    Operations(stages: [], status: StageStatus(), log: log, logger: logger)
      .addRoutes(to: &router)
    // The longest first: one name may begin another.
    let files = ReportFile.allCases.sorted { $0.rawValue.count > $1.rawValue.count }
    return Set(
      router.addresses.map { address in
        files.reduce(address) { text, file in
          text.replacing("reports/\(file.rawValue)", with: "reports/{name}")
        }
      })
  }

  /// Whatever adds routes is above.
  @Test func nothingElseAddsRoutes() throws {
    let files = try ["Services", "Shared/ServiceRuntime"].flatMap { folder in
      try FileManager.default.subpathsOfDirectory(
        atPath: Self.root.appending(path: folder).path
      ).filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }
    }
    let adding = try files.filter { path in
      try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
        .contains(/router\.(get|post|on)\(/)
    }.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
    #expect(
      Set(adding) == [
        "IngestFront.swift", "ReportRoutes.swift", "TrailRoute.swift", "TransferRoutes.swift",
        "Operations.swift",
      ])
  }
}

import EventLogEmbedded
import Foundation
import IngestService
import Ledger
import Logging
import ReportingService
import SaldoComposition

/// A data folder of a test's own, that takes facts in portions, and the reports of its moments.
struct MomentBooks: Sendable {
  let place: String
  let partitions: Int32
  var folder: String { place + "/data" }

  static func with(
    partitions: Int32 = 3, _ body: (MomentBooks) async throws -> Void
  ) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "saldo-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try FileManager.default.createDirectory(
      at: url.appending(path: "data"), withIntermediateDirectories: true)
    try await body(MomentBooks(place: url.path, partitions: partitions))
  }

  /// Takes events, and applies all that there is where the services are to run.
  func take(_ events: ArraySlice<Data>, running: Bool = true) async throws {
    var settings = LocalSystem.Settings()
    settings.partitions = partitions
    let system = try await LocalSystem(
      directory: folder, settings: settings,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    do {
      var producer = InboundProducer(log: system.log, partitions: partitions, piece: 5)
      for event in events {
        event.withUnsafeBytes { producer.add($0, received: EmbeddedLog.wallClock()) }
      }
      try await producer.send()
      if running { try await system.run { try await system.settle() } }
    } catch {
      await system.close()
      throw error
    }
    await system.close()
  }

  /// This instant, behind which the next thing is later.
  static func now() async -> Instant {
    let now = EmbeddedLog.wallClock()
    while EmbeddedLog.wallClock() <= now { await Task.yield() }
    return Instant(nanoseconds: now * 1_000_000)
  }

  /// An export of a moment.
  func export(
    _ moment: MomentChoice = .now, asOf: String? = nil, contra: ContrastChoice? = nil
  ) throws -> ReportExport {
    var export = ReportExport(
      dataDirectory: folder, today: nil, asOf: try asOf.map { try CalendarDate($0) })
    (export.moment, export.contrast) = (moment, contra)
    export.log = FolderLog.opening(folder)
    return export
  }

  /// The bytes of every file of an export, by its name.
  func files(_ export: ReportExport) throws -> (files: [String: Data], summary: ExportSummary) {
    let out = "\(place)/out-\(UUID().uuidString)"
    let summary = try export.write(to: out) { _, _ in }
    let files = try summary.files.map {
      ($0.name, try Data(contentsOf: URL(filePath: "\(out)/\($0.name)")))
    }
    return (Dictionary(uniqueKeysWithValues: files), summary)
  }

  /// The folders of moments that are kept, and whatever else is beside them.
  var kept: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder + "/moments"))?.sorted() ?? []
  }

  func loseStores() throws {
    for name in ["reporting", "moments"] {
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }
}

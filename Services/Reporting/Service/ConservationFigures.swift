import Foundation
import Logging
import ServiceRuntime
import Synchronization

/// Checks conservation while the services run: how many parts do not add up goes to the metrics,
/// and the documents behind each to the log, once.
///
/// Where reporting is spread over processes each checks the partitions whose stores it has, which
/// says as much: every store has to add up by itself but for what travels, and that is no alarm.
public final class ConservationFigures: FigureSource, Sendable {
  private struct State {
    var figures: [Metric: Int64] = [:]
    var known: Set<ExportSummary.Alarm> = []
    var next: ContinuousClock.Instant?
  }

  private let dataDirectory: String
  private let interval: Duration
  private let logger: Logger
  private let state = Mutex(State())

  /// - Parameter interval: how long to wait between two checks at least; twenty times as long as
  ///   the last one took where that is more, so that large books are not read all the time.
  public init(dataDirectory: String, interval: Duration = .seconds(60), logger: Logger) {
    self.dataDirectory = dataDirectory
    self.interval = interval
    self.logger = logger
  }

  /// What the last check found, which is made now where it is due; none where there are no stores.
  ///
  /// - Throws: ``ReportingError``.
  public func figures() async throws -> [Metric: Int64] {
    let last = state.withLock { state in
      state.next.map { ContinuousClock.now < $0 } == true ? state.figures : nil
    }
    if let last { return last }
    return try await check()
  }

  /// Makes a check now.
  func check() async throws -> [Metric: Int64] {
    let start = ContinuousClock.now
    guard let alarms = try await alarms() else { return [:] }
    let end = ContinuousClock.now
    let (new, figures) = state.withLock { state in
      let new = alarms.filter { !state.known.contains($0) }
      state.known = Set(alarms)
      state.next = end + max(interval, (end - start) * 20)
      state.figures = [
        .conservationAlarms: Int64(alarms.count),
        .conservationTime: WallClock.milliseconds / 1_000,
      ]
      return (new, state.figures)
    }
    for alarm in new {
      logger.error(
        "Of a part not all is accounted for",
        metadata: [
          "rfc": "\(alarm.rfc)", "part": "\(alarm.part)",
          "documents": "\(alarm.documents.joined(separator: "; "))",
        ])
    }
    return figures
  }

  /// One pass over lots and postings, on a thread of its own; nil where there are no stores yet.
  private func alarms() async throws -> [ExportSummary.Alarm]? {
    try await OwnThread.run { [dataDirectory] _ in try Self.alarms(dataDirectory) }
  }

  private static func alarms(_ dataDirectory: String) throws -> [ExportSummary.Alarm]? {
    do {
      let stores = try ReportStores(dataDirectory: dataDirectory)
      let names = try CatalogNames(stores[.catalog])
      return try Conservation(stores, names, isSettled: false).alarms
    } catch ReportingError.noStores {
      return nil
    }
  }
}

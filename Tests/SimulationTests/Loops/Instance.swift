import EventLog
import EventLogTesting
import Foundation
import Logging
import SQLite
import SaldoComposition
import ServiceRuntime
import Store

/// An instance of all four services, as a process has them: the loops that run, with stores in
/// files, over the testing log.
final class Instance {
  let name: String
  let folder: String
  private(set) var log: MortalLog
  private var system: LocalSystem?
  private var running: Task<Void, any Error>?
  private let place: Place

  /// What the instances of a run share.
  struct Place {
    var log: TestingLog
    var folder: String
    var partitions: Int32
    /// The most records that a step takes.
    var limit: Int
    var snapshots: SnapshotSettings
    var lines: Lines
  }

  init(_ name: String, _ place: Place) {
    self.name = name
    self.place = place
    folder = place.folder + "/" + name
    log = MortalLog(place.log)
  }

  /// Partitions that do not go on, and why.
  var stopped: [String] {
    (system?.status.stopped ?? [:]).map { "\(name) \($0.key.stage) \($0.key.source): \($0.value)" }
  }

  /// Starts it, again and again for as long as the log fails it, as whoever supervises a process
  /// does.
  func start() async throws {
    log = MortalLog(place.log)
    var settings = LocalSystem.Settings()
    settings.partitions = place.partitions
    settings.batch = ReadLimit(records: place.limit, bytes: 8 << 20)
    settings.snapshots = Snapshots(place.snapshots)
    settings.member = name
    settings.isLogShared = true
    settings.endurance = .stopsThePartition
    var made: LocalSystem?
    while made == nil {
      do {
        made = try await LocalSystem(
          log: log, place: "the testing log", directory: folder, settings: settings,
          logger: place.lines.logger)
      } catch EventLogError.failed {}
    }
    guard let made else { return }
    system = made
    running = Task { [log] in
      defer { log.end() }
      try await made.run()
    }
  }

  /// Ends it in good order; answers with what it failed where the log was not made to fail it.
  func stop() async -> String? {
    guard let running else { return nil }
    running.cancel()
    return await ended(running)
  }

  /// Ends it where it stands: none of its stores is known to be whole.
  func kill() async throws -> String? {
    guard let running else { return nil }
    running.cancel()
    let failure = await ended(running)
    for store in try stores() {
      let connection = try Connection(path: store)
      try connection.execute("DELETE FROM stage WHERE key = 'closed'")
      try connection.close()
    }
    return failure
  }

  private func ended(_ running: Task<Void, any Error>) async -> String? {
    defer { self.running = nil }
    do {
      try await running.value
      return nil
    } catch is CancellationError {
      return nil
    } catch is MortalLog.Dead {
      return nil
    } catch EventLogError.failed {
      return nil
    } catch {
      return "\(name) ended: \(error)"
    }
  }

  /// Loses its disk.
  func loseStores() throws {
    guard FileManager.default.fileExists(atPath: folder) else { return }
    try FileManager.default.removeItem(atPath: folder)
  }

  private var copy: String { folder + ".copy" }

  /// Keeps a copy of its disk.
  func copyStores() throws {
    guard FileManager.default.fileExists(atPath: folder) else { return }
    try? FileManager.default.removeItem(atPath: copy)
    try FileManager.default.copyItem(atPath: folder, toPath: copy)
  }

  /// Comes back with the copy of its disk, if there is one.
  func bringBackCopy() throws {
    guard FileManager.default.fileExists(atPath: copy) else { return }
    try loseStores()
    try FileManager.default.copyItem(atPath: copy, toPath: folder)
  }

  private func stores() throws -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".sqlite") }.map { folder + "/" + $0 }
  }
}

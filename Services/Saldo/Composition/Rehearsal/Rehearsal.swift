import EventLog
import EventLogEmbedded
import Foundation
import Logging
import Messages
import Synchronization
import TransferService

/// What this program's rules make of the facts of a log, in a place of its own: the log is only
/// read, and services may run on it.
public struct Rehearsal: Sendable {
  private let source: any FactSource
  private let inner: Int32
  /// Within how many days the services in production pair; nil where nothing says so.
  private let recordedDays: @Sendable () async throws -> Int32?
  private let place: String
  private let settings: LocalSystem.Settings
  private let logger: Logger

  /// A rehearsal of a data folder's inbound log.
  ///
  /// - Parameters:
  ///   - place: an empty folder, in which the books are made; the caller's to remove.
  ///   - settings: what is to be other than the services in production have it, if anything.
  /// - Throws: ``EventLogError`` where the folder holds no log of its own.
  public init(
    of data: String, in place: String, settings: LocalSystem.Settings, logger: Logger
  ) throws(EventLogError) {
    let log = URL(filePath: data).appending(path: "log")
    source = try TopicReader(directory: log, topic: Topic.inbound.rawValue)
    inner = try TopicReader(directory: log, topic: Topic.documents.rawValue).partitions
    recordedDays = { try await Self.recordedDays(of: data) }
    (self.place, self.settings, self.logger) = (place, settings, logger)
  }

  /// A rehearsal of the facts of a log that is open, such as a cluster's. It is left open.
  ///
  /// - Parameter name: what the reader's group is called, which commits nothing.
  /// - Throws: ``EventLogError`` where a topic is missing or the log does not answer.
  public init(
    of log: any EventLog, as name: String, in place: String, settings: LocalSystem.Settings,
    logger: Logger
  ) async throws {
    source = LogFacts(
      log: log, topic: Topic.inbound.rawValue,
      partitions: try await log.partitions(of: Topic.inbound.rawValue), name: name)
    inner = try await log.partitions(of: Topic.documents.rawValue)
    recordedDays = {
      do {
        return try await SettingFacts(log: log, place: "the log").recordedPairingDays()
      } catch EventLogError.unknownTopic {
        return nil
      }
    }
    (self.place, self.settings, self.logger) = (place, settings, logger)
  }

  /// Takes every fact, and waits until all is applied.
  ///
  /// - Parameter progress: called with how many facts were taken so far.
  /// - Returns: how many there were.
  public func run(progress: @escaping @Sendable (Int) -> Void) async throws -> Int {
    let count = try await copy(progress)
    var settings = settings
    settings.partitions = inner
    if settings.pairingDays == nil { settings.pairingDays = try await recordedDays() }
    let system = try await LocalSystem(directory: place, settings: settings, logger: logger)
    do {
      try await system.run { try await system.settle() }
    } catch {
      await system.close()
      throw error
    }
    await system.close()
    return count
  }

  /// The number that a folder's log has or, from before it had one, its stores.
  private static func recordedDays(of data: String) async throws -> Int32? {
    let log = URL(filePath: data).appending(path: "log")
    let records = Mutex<[Record]>([])
    do {
      let reader = try TopicReader(directory: log, topic: Topic.settings.rawValue)
      try await reader.forEach(0) { batch in
        batch.forEach { view in records.withLock { $0.append(view.record) } }
      }
    } catch EventLogError.unknownTopic {}
    return try SettingFacts.pairingDays(in: records.withLock { $0 }, data)
      ?? TransferService.pairingDays(inStoresOf: data)
  }

  /// Copies the facts, each to its partition.
  private func copy(_ progress: @Sendable (Int) -> Void) async throws -> Int {
    let log = try EmbeddedLog(directory: URL(filePath: place).appending(path: "log"))
    do {
      try await log.create([
        TopicSpecification(name: source.topic, partitions: source.partitions)
      ])
      let count = Mutex(0)
      try await source.forEach { partition, records in
        try Task.checkCancellation()
        let target = TopicPartition(source.topic, partition)
        try await log.append([OutgoingBatch(target: target, records: records)], source: nil)
        progress(
          count.withLock { count in
            count += records.count
            return count
          })
      }
      await log.close()
      return count.withLock { $0 }
    } catch {
      await log.close()
      throw error
    }
  }
}

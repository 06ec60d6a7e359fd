import EventLog
import EventLogEmbedded
import Foundation
import Logging
import Messages

/// What this program's rules make of the facts of a data folder, in a place of its own: the folder
/// is only read, and services may run on it.
public struct Rehearsal: Sendable {
  private let reader: TopicReader
  private let inner: Int32
  private let place: String
  private let settings: LocalSystem.Settings
  private let logger: Logger

  /// A rehearsal of a data folder's inbound log.
  ///
  /// - Parameters:
  ///   - place: an empty folder, in which the books are made; the caller's to remove.
  ///   - settings: as the services in production have them.
  /// - Throws: ``EventLogError`` where the folder holds no log of its own.
  public init(
    of data: String, in place: String, settings: LocalSystem.Settings, logger: Logger
  ) throws(EventLogError) {
    let log = URL(filePath: data).appending(path: "log")
    reader = try TopicReader(directory: log, topic: Topic.inbound.rawValue)
    inner = try TopicReader(directory: log, topic: Topic.documents.rawValue).partitions
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

  /// Copies the facts, each to its partition.
  private func copy(_ progress: @Sendable (Int) -> Void) async throws -> Int {
    let log = try EmbeddedLog(directory: URL(filePath: place).appending(path: "log"))
    do {
      try await log.create([
        TopicSpecification(name: reader.topic, partitions: reader.partitions)
      ])
      var count = 0
      for partition in 0..<reader.partitions {
        let target = TopicPartition(reader.topic, partition)
        try await reader.forEach(partition) { records in
          try Task.checkCancellation()
          try await log.append([OutgoingBatch(target: target, records: records)], source: nil)
          count += records.count
          progress(count)
        }
      }
      await log.close()
      return count
    } catch {
      await log.close()
      throw error
    }
  }
}

import EventLog
import Logging
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What costs a question to the log or to the disk, asked in the background every few seconds: how
/// far the log goes, how large the stores are, and what sources of figures say.
///
/// So a scrape waits for nothing, and the steps pay nothing. What could not be asked is left out
/// rather than answered as it was.
final class StageWatch: Sendable {
  /// What was last found.
  struct Findings: Sendable, Equatable {
    /// The log's ends, of the partitions that run here.
    var ends: [TopicPartition: Int64] = [:]
    /// The stores' sizes in bytes, of their files and what is not merged into them yet.
    var sizes: [StageStatus.Key: Int64] = [:]
    /// What sources of figures said.
    var figures: [Metric: Int64] = [:]
  }

  private let status: StageStatus
  private let log: any EventLog
  private let sources: [any FigureSource]
  private let logger: Logger
  private let found = Mutex(Findings())

  init(
    status: StageStatus, log: any EventLog, sources: [any FigureSource], logger: Logger
  ) {
    self.status = status
    self.log = log
    self.sources = sources
    self.logger = logger
  }

  var findings: Findings { found.withLock { $0 } }

  /// Asks everything once.
  func refresh() async {
    var new = Findings()
    for (key, entry) in status.all {
      if Task.isCancelled { return }
      new.sizes[key] = Self.size(entry.store)
      guard new.ends[key.source] == nil else { continue }
      do {
        new.ends[key.source] = try await log.end(of: key.source)
      } catch {
        logger.debug(
          "The log's end is not known",
          metadata: ["partition": "\(key.source)", "error": "\(error)"])
      }
    }
    for source in sources {
      do {
        new.figures.merge(try await source.figures()) { $1 }
      } catch {
        logger.debug("Figures are not known", metadata: ["error": "\(error)"])
      }
    }
    found.withLock { $0 = new }
  }

  private static func size(_ store: String) -> Int64? {
    let sizes = [store, store + "-wal"].compactMap { path -> Int64? in
      let attributes = try? FileManager.default.attributesOfItem(atPath: path)
      return (attributes?[.size] as? Int64) ?? (attributes?[.size] as? Int).map(Int64.init)
    }
    return sizes.isEmpty ? nil : sizes.reduce(0, +)
  }
}

/// Where figures come from that the step loop does not know, such as how many facts wait.
public protocol FigureSource: Sendable {
  /// What it knows now; asked every few seconds, in the background.
  func figures() async throws -> [Metric: Int64]
}

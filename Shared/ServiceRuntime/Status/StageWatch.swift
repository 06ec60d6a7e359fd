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
    /// What is not as it must be with the topics.
    var objections: [String] = []
  }

  private let status: StageStatus
  private let log: any EventLog
  private let inputs: [String]
  private let topics: [TopicSpecification]
  /// How often it has asked.
  private let rounds = Atomic<Int>(0)
  /// Topics change seldom: they are looked at in every twelfth round only.
  private static let topicRounds = 12
  private let sources: [any FigureSource]
  private let logger: Logger
  private let found = Mutex(Findings())

  init(
    status: StageStatus, log: any EventLog, inputs: [String], topics: [TopicSpecification],
    sources: [any FigureSource], logger: Logger
  ) {
    self.status = status
    self.inputs = inputs
    self.topics = topics
    self.log = log
    self.sources = sources
    self.logger = logger
  }

  var findings: Findings { found.withLock { $0 } }

  /// Asks everything once.
  func refresh() async {
    var new = Findings()
    // Something is asked in any case: it tells whether the log answers.
    if status.all.isEmpty, let topic = inputs.first {
      _ = try? await log.end(of: TopicPartition(topic, 0))
    }
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
    new.objections = await objections()
    found.withLock { $0 = new }
  }

  private func objections() async -> [String] {
    let round = rounds.wrappingAdd(1, ordering: .relaxed).oldValue
    let known = findings.objections
    // What is wrong is looked at each time, so that it shows soon when it is mended.
    guard !topics.isEmpty, round % Self.topicRounds == 0 || !known.isEmpty else { return known }
    guard let found = try? await log.objections(to: topics) else { return known }
    for objection in found where !known.contains(objection) {
      logger.error("A topic is not as it must be", metadata: ["problem": "\(objection)"])
    }
    return found
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

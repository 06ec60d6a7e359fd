import EventLog
import ServiceRuntime

/// How far the groups of some stages are, wherever their members run.
///
/// A partition's position is known here where it runs here; else its group has told the log. Both
/// say that the inputs before it are applied and that what they made is in the log, which stays
/// true whatever becomes of a store.
public struct GroupProgress: Sendable {
  /// How far one partition of a stage is.
  public struct Entry: Sendable, Equatable {
    /// The stage's title, `service/stage`.
    public var stage: String
    /// The input partition.
    public var source: TopicPartition
    /// Everything before this offset is applied and what it made is published.
    public var position: Int64
    /// The offset that the input's next record will get.
    public var end: Int64

    /// How many messages have yet to be applied.
    public var behind: Int64 { max(0, end - position) }
  }

  let log: any EventLog
  let stages: [Stage]
  let counts: TopicCounts
  let status: StageStatus

  /// - Parameters:
  ///   - counts: how many partitions the topics have.
  ///   - status: the partitions that run here.
  public init(log: any EventLog, stages: [Stage], counts: TopicCounts, status: StageStatus) {
    self.log = log
    self.stages = stages
    self.counts = counts
    self.status = status
  }

  /// Every partition of every stage as it is now.
  public func entries() async throws -> [Entry] {
    var told: [[Int64?]] = []
    for stage in stages {
      told.append(try await log.applied(group: stage.group, topic: stage.input))
    }
    // After the positions, so that none of them can be beyond its end but for one reason: it was
    // told of an earlier topic of that name.
    let ends = try await ends()
    var entries: [Entry] = []
    for (stage, told) in zip(stages, told) {
      for partition in 0..<counts[stage.input] {
        let source = TopicPartition(stage.input, partition)
        let end = ends[source] ?? 0
        let here = status.entry(stage: stage.title, source: source)?.position
        let elsewhere = told[Int(partition)].flatMap { $0 <= end ? $0 : nil }
        entries.append(
          Entry(stage: stage.title, source: source, position: here ?? elsewhere ?? 0, end: end))
      }
    }
    return entries
  }

  /// The ends of the stages' inputs.
  public func ends() async throws -> [TopicPartition: Int64] {
    var ends: [TopicPartition: Int64] = [:]
    for topic in Set(stages.map(\.input)) {
      for partition in 0..<counts[topic] {
        let source = TopicPartition(topic, partition)
        ends[source] = try await log.end(of: source)
      }
    }
    return ends
  }

  /// Whether every stage has applied and published all that there is.
  public func isSettled() async throws -> Bool {
    if try await isBehindHere() { return false }
    let entries = try await entries()
    guard entries.allSatisfy({ $0.behind == 0 }) else { return false }
    // A stage that was caught up makes nothing more unless something came meanwhile.
    let ends = try await ends()
    return entries.allSatisfy { $0.end == ends[$0.source] }
  }

  /// Whether a partition that runs here is behind: as long as there is work, nearly every one is,
  /// and the first that is tells as much as all of them.
  private func isBehindHere() async throws -> Bool {
    for stage in stages {
      let title = stage.title
      for partition in 0..<counts[stage.input] {
        let source = TopicPartition(stage.input, partition)
        guard let here = status.entry(stage: title, source: source)?.position else { continue }
        if try await log.end(of: source) > here { return true }
      }
    }
    return false
  }

  /// Waits until every stage has caught up.
  ///
  /// - Parameters:
  ///   - interval: how long to wait between two looks.
  ///   - limit: how long to wait in all; nil for as long as it takes.
  /// - Throws: ``LocalSystemError/unsettled(_:)`` with what is behind where the time is up.
  public func settle(
    every interval: Duration = .milliseconds(20), within limit: Duration? = nil
  ) async throws {
    let deadline = limit.map { ContinuousClock.now + $0 }
    while try await !isSettled() {
      if let deadline, ContinuousClock.now >= deadline {
        throw LocalSystemError.unsettled(Self.behind(try await entries()))
      }
      try await Task.sleep(for: interval)
    }
  }

  /// Waits until the stages, all of which run here, have applied everything before these offsets.
  public func reach(_ ends: [TopicPartition: Int64]) async throws {
    while !hasReached(ends) { try await Task.sleep(for: .milliseconds(20)) }
  }

  private func hasReached(_ ends: [TopicPartition: Int64]) -> Bool {
    stages.allSatisfy { stage in
      (0..<counts[stage.input]).allSatisfy { partition in
        let source = TopicPartition(stage.input, partition)
        guard let entry = status.entry(stage: stage.title, source: source) else { return false }
        return entry.position >= ends[source] ?? 0
      }
    }
  }

  /// The messages that each stage is behind, for those that are.
  private static func behind(_ entries: [Entry]) -> [String: Int64] {
    var behind: [String: Int64] = [:]
    for entry in entries where entry.behind > 0 { behind[entry.stage, default: 0] += entry.behind }
    return behind
  }
}

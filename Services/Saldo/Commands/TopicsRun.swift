import ArgumentParser
import EventLog
import EventLogKafka
import Messages
import SaldoComposition
import ServiceRuntime

/// Makes a cluster's topics where that is asked for, and says how they are.
struct TopicsRun {
  let options: TopicsCommand.Options

  /// Runs.
  ///
  /// - Throws: `ExitCode(1)` where a topic is not as it must be; what the brokers fail with.
  func run(creating: Bool) async throws {
    guard case .kafka(let servers) = try options.eventLog.address else { return }
    let log = try options.eventLog.cluster(
      servers, instance: nil, replication: options.replication, LogOptions.logger(.error))
    let findings: [TopicFinding]
    do {
      findings = try await found(on: log, creating: creating)
    } catch {
      await log.close()
      throw ArgumentError("kafka://\(servers)", "\(error)")
    }
    await log.close()
    show(findings)
    if findings.contains(where: { !problems(of: $0).isEmpty }) { throw ExitCode(1) }
  }

  /// The topics as they are, after those that are missing are made.
  private func found(on log: KafkaLog, creating: Bool) async throws -> [TopicFinding] {
    let (partitions, inbound) = try await partitions(on: log)
    let wanted = SystemTopics.specifications(partitions: partitions, inbound: inbound).map {
      var topic = $0
      topic.name = options.eventLog.topicPrefix + topic.name
      return topic
    }
    let findings = try await log.describe(wanted)
    let missing = findings.filter { $0.found == nil }.map(\.wanted)
    guard creating, !missing.isEmpty else { return findings }
    try await log.create(missing)
    // Brokers hear of a topic one after the other.
    for _ in 0..<20 {
      let findings = try await log.describe(wanted)
      if findings.allSatisfy({ $0.found != nil }) { return findings }
      try await Task.sleep(for: .milliseconds(250))
    }
    return try await log.describe(wanted)
  }

  /// How many partitions the topics are to have; the inbound one may have another number.
  private func partitions(on log: KafkaLog) async throws -> (inner: Int32, inbound: Int32) {
    let inbound = try await partitions(of: .inbound, on: log)
    var inner = options.partitions
    if inner == nil { inner = try await partitions(of: .documents, on: log) }
    let wanted = inner ?? inbound ?? LocalSystem.defaultPartitions
    return (wanted, inbound ?? wanted)
  }

  private func partitions(of topic: Topic, on log: KafkaLog) async throws -> Int32? {
    do {
      return try await log.partitions(of: options.eventLog.topicPrefix + topic.rawValue)
    } catch EventLogError.unknownTopic {
      return nil
    }
  }

  /// What is not as it is to be, with what to do.
  private func problems(of finding: TopicFinding) -> [String] {
    guard let found = finding.found, let wanted = options.replication,
      found.replication != wanted
    else { return finding.problems }
    return finding.problems + [
      "has \(found.replication) copies of each partition, not \(wanted): "
        + "reassign them with the cluster's tools"
    ]
  }

  private func show(_ findings: [TopicFinding]) {
    var figures = FigureList()
    for finding in findings {
      guard let found = finding.found else {
        figures.add(finding.wanted.name, "missing")
        continue
      }
      let retention = found.retentionMilliseconds.map { $0 == -1 ? "forever" : "\($0) ms" }
      let kept = found.cleanupPolicy == "compact" ? "the last of each key" : retention
      figures.add(
        finding.wanted.name,
        "\(found.partitions) partitions, \(found.replication) copies, kept: \(kept ?? "not told")")
    }
    figures.show()
    for finding in findings {
      for problem in problems(of: finding) {
        Standard.error("saldo: \(finding.wanted.name) \(problem)")
      }
    }
  }
}

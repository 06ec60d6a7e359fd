import EventLog
import EventLogTesting
import Foundation
import Harness
import Messages
import SaldoComposition
import ServiceRuntime
import Store

/// A run of the services' own loops (`StageRunner`, `TakeOver`, snapshots, groups) in one to three
/// instances over the testing log, with what befalls them drawn from a seed.
///
/// The seed decides the facts, their order and every deed, and not how threads take turns: a seed
/// that failed fails again mostly, and not always.
final class LoopsRun {
  /// What may befall a run.
  enum Deed: Int, CaseIterable {
    case dieWhilePublishing, stopAndStart, loseStores, comeBackOlder, keepCopy, takePartition
    case failOnce, join
  }

  let seed: UInt64
  /// What was done, for whoever looks into a failure.
  private(set) var deeds: [Deed] = []
  private(set) var deaths = 0
  private let workload: Workload
  private let conditions: Conditions
  private let log: TestingLog
  private let lines = Lines()
  private let folder: String
  private let place: Instance.Place
  private var instances: [Instance]
  private var random: SeededGenerator
  private var clock: Int64 = 1_700_000_000_000
  private var failures: [String] = []

  init(seed: UInt64) throws {
    self.seed = seed
    workload = Workload(seed: seed)
    var conditions = Conditions(seed: seed)
    conditions.partitions = 1 + conditions.partitions % 3
    // A step that fails is tried again after half a second.
    conditions.faults.failedAppend = min(5, conditions.faults.failedAppend)
    self.conditions = conditions
    random = SeededGenerator(seed: seed &* 7 &+ 5)
    log = TestingLog(seed: seed &+ 7, faults: conditions.faults)
    folder =
      FileManager.default.temporaryDirectory.appending(path: "loops-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    place = Instance.Place(
      log: log, folder: folder, partitions: conditions.partitions,
      limit: max(3, conditions.limit),
      snapshots: SnapshotSettings(
        directory: folder + "/snapshots", everyRecords: 1 + Int64(random.below(12)),
        interval: .seconds(600)),
      lines: lines)
    // Of one alone nobody takes the partitions over: it goes on with its own stores.
    instances = [Instance("one", place)]
    if seed % 2 == 0 { instances.append(Instance("two", place)) }
  }

  /// Runs to the end; answers what is wrong.
  func run() async throws -> [String] {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for instance in instances { try await instance.start() }
    var arrivals = conditions.arrivals(workload, &random)
    let chunk = max(1, arrivals.count / 10)
    while !arrivals.isEmpty {
      let count = min(arrivals.count, 1 + random.below(2 * chunk))
      try await send(Array(arrivals.suffix(count)))
      arrivals.removeLast(count)
      let others = Deed.allCases.count
      let deed = Deed(rawValue: random.below(2) == 0 ? 0 : random.below(others)) ?? .failOnce
      deeds.append(deed)
      try await act(deed)
      try await goOn(calls: random.below(400))
      try await revive()
    }
    let isSettled = try await settle()
    if !isSettled { failures.append("not settled: \(try await behind())") }
    for instance in instances { note(await instance.stop()) }
    failures += lines.unexpected
    guard isSettled else { return failures }
    let cluster = try Cluster(partitions: conditions.partitions, log: log, stages: [])
    var verdict = Verdict(cluster)
    verdict.compare(with: workload)
    verdict.compareReportTopics(cluster)
    return failures + verdict.differences
  }

  private func send(_ events: [[UInt8]]) async throws {
    clock += 1
    var records = PackedRecords()
    for event in events { records.append(Record(key: [], value: event, timestamp: clock)) }
    let partition = Int32(random.below(Int(conditions.partitions)))
    let batch = OutgoingBatch(
      target: TopicPartition(Topic.inbound.rawValue, partition), records: records)
    while true {
      do {
        return try await log.append([batch], source: nil)
      } catch EventLogError.failed {}
    }
  }

  private func act(_ deed: Deed) async throws {
    let instance = instances[random.below(instances.count)]
    switch deed {
    case .dieWhilePublishing:
      let deaths = MortalLog.Death.allCases
      instance.log.die(in: 1 + random.below(20), deaths[random.below(deaths.count)])
    case .stopAndStart:
      note(await instance.stop())
      try await instance.start()
    case .loseStores:
      note(try await instance.kill())
      try instance.loseStores()
      try await instance.start()
    case .keepCopy:
      note(await instance.stop())
      try instance.copyStores()
      try await instance.start()
    case .comeBackOlder:
      note(try await instance.kill())
      try instance.bringBackCopy()
      try await instance.start()
    case .takePartition:
      let stages = Cluster.stages()
      for _ in 0..<3 {
        let stage = stages[random.below(stages.count)]
        let partition = Int32(random.below(Int(conditions.partitions)))
        log.revoke(
          TopicPartition(stage.input, partition), group: ServiceName.group(stage.group))
      }
    case .failOnce: log.fail(call: 1 + random.below(60))
    case .join:
      guard !instances.contains(where: { $0.name == "three" }) else {
        let last = instances.removeLast()
        return note(await last.stop())
      }
      let third = Instance("three", place)
      instances.append(third)
      try await third.start()
    }
  }

  /// Starts again what has died.
  private func revive() async throws {
    for instance in instances where instance.log.isDead {
      deaths += 1
      note(try await instance.kill())
      try await instance.start()
    }
  }

  /// Lets the instances work for so many calls of the log, or until nothing happens.
  private func goOn(calls: Int) async throws {
    let target = log.calls + calls
    for _ in 0..<100 where log.calls < target {
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// Lets everything come to its end, without further faults; answers whether it has.
  private func settle() async throws -> Bool {
    log.stopFailing()
    log.set(Faults())
    for instance in instances { instance.log.live() }
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      log.settle()
      try await revive()
      if try await behind().isEmpty { return true }
      try await Task.sleep(for: .milliseconds(5))
    }
    return false
  }

  /// Partitions of stages that have yet to apply something, or to send what they made of it.
  private func behind() async throws -> [String] {
    let stages = Cluster.stages()
    var told: [[Int64?]] = []
    for stage in stages {
      told.append(
        try await log.applied(group: ServiceName.group(stage.group), topic: stage.input))
    }
    // After the positions: where they are at the ends of then, nothing has been under way.
    var behind: [String] = []
    for (stage, told) in zip(stages, told) {
      for partition in 0..<conditions.partitions {
        let source = TopicPartition(stage.input, partition)
        let (end, position) = (log.endNow(source), told[Int(partition)] ?? 0)
        if position != end { behind.append("\(stage.title) of \(source) at \(position) of \(end)") }
      }
    }
    return behind + instances.flatMap(\.stopped)
  }

  private func note(_ failure: String?) { if let failure { failures.append(failure) } }
}

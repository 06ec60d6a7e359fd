import EventLogTesting
import Foundation
import Harness

/// One run of the four services on the testing log, decided by its seed: the facts, how they
/// arrive, how batches are cut, and everything that goes wrong on the way.
struct Simulation {
  let seed: UInt64
  let workload: Workload
  let conditions: Conditions
  let cluster: Cluster
  private var random: SeededGenerator
  private var clock: Int64 = 1_700_000_000_000
  private let directory: URL?

  init(seed: UInt64) throws {
    try self.init(
      seed: seed, workload: Workload(seed: seed), conditions: Conditions(seed: seed))
  }

  init(seed: UInt64, workload: Workload, conditions: Conditions) throws {
    self.seed = seed
    self.workload = workload
    self.conditions = conditions
    random = SeededGenerator(seed: seed &* 3 &+ 1)
    directory =
      conditions.storesAreFiles
      ? FileManager.default.temporaryDirectory.appending(path: "simulation-\(UUID().uuidString)")
      : nil
    if let directory {
      try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }
    cluster = try Cluster(
      partitions: conditions.partitions,
      log: TestingLog(seed: seed &+ 7, faults: conditions.faults), directory: directory?.path,
      // Every other run with next to nothing in memory, so that everything comes from the stores.
      stages: Cluster.stages(reporting: conditions.publishes, littleAtHand: seed % 2 == 1))
  }

  /// Runs to the end; answers what the books and the auditor do not agree on.
  mutating func run() throws -> [String] {
    defer { if let directory { try? FileManager.default.removeItem(at: directory) } }
    var arrivals = conditions.arrivals(workload, &random)
    let moments = Moments(seed: seed, events: arrivals.count)
    var midway: [String] = []
    while !arrivals.isEmpty {
      let count = min(arrivals.count, 1 + random.below(conditions.chunk))
      try send(Array(arrivals.suffix(count)))
      arrivals.removeLast(count)
      for _ in 0..<random.below(conditions.pace) { try misstep() }
      if moments.left.contains(where: { $0 >= arrivals.count && $0 < arrivals.count + count }) {
        midway += try Moment(cluster, reports: conditions.publishes).faults
      }
    }
    for _ in 0..<cluster.placeCount * 2 { try misstep() }
    // One record after the other, so that reporting is looked at in the middle of a movement too.
    try cluster.settle(limit: conditions.limit, slow: "reporting") { round in
      guard moments.rounds.contains(round) else { return }
      midway += try Moment(cluster, reports: conditions.publishes).faults
    }
    var verdict = Verdict(cluster)
    verdict.compare(with: workload)
    if conditions.publishes {
      verdict.compareReportTopics(cluster)
      // Files take their time: every eighth run is enough.
      if seed % 8 == 0 { try verdict.compareMoves(cluster, with: workload) }
      if seed % 8 == 4 { try verdict.compareAsOf(cluster, with: workload, seed: seed) }
      midway += try Moment.alarms(whenSettled: cluster)
    }
    try sendConflicts(&verdict)
    return midway + verdict.differences
  }

  /// What comes again with another content, once everything has settled, changes nothing.
  private mutating func sendConflicts(_ verdict: inout Verdict) throws {
    guard !workload.conflicts.isEmpty else { return }
    try send(workload.conflicts + workload.events.prefix(5))
    try cluster.settle(limit: conditions.limit)
    verdict.compareConflicts(workload, with: cluster)
  }

  private mutating func send(_ events: [[UInt8]]) throws {
    clock += 1
    try cluster.produce(
      events, to: Int32(random.below(Int(conditions.partitions))), received: clock)
  }

  /// A step of some place, or something that befalls it.
  private mutating func misstep() throws {
    let index = random.below(cluster.placeCount)
    let limit = 1 + random.below(conditions.limit)
    guard random.happens(perMille: conditions.trouble) else {
      try cluster.step(index, limit: limit)
      if random.below(3) == 0 { try cluster.stepZombie(index, limit: limit) }
      return
    }
    switch random.below(20) {
    case 0: cluster.killAll()
    case 1: try cluster.reopenAll()
    case 2: try cluster.rebuild(index)
    case 3: try cluster.handOver(index, fromNothing: false)
    case 4: try cluster.handOver(index, fromNothing: true)
    // A revoked partition is one that is thrown away between two steps.
    case 5: cluster.kill(index)
    case 6, 7, 8: try cluster.takeSnapshot(index)
    case 9: try cluster.restore(index)
    default:
      let points = Cluster.CrashPoint.allCases
      try cluster.step(index, limit: limit, crashing: points[random.below(points.count)])
    }
  }
}

/// When a run is looked at in its middle: drawn apart, so that it is the same whether it is looked
/// at or not.
private struct Moments {
  /// How many events are still to come.
  let left: [Int]
  /// How many rounds of its places it has gone without trouble.
  let rounds: Set<Int>

  init(seed: UInt64, events: Int) {
    var random = SeededGenerator(seed: seed &* 11 &+ 3)
    left = [random.below(max(1, events))]
    rounds = [1 + random.below(10), 11 + random.below(30), 41 + random.below(60)]
  }
}

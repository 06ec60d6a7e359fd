import DischargeService
import EventLog
import EventLogTesting
import IngestService
import Messages
import ReportingService
import ServiceRuntime
import Store
import TransferService

/// The four services in one thread on the testing log, with real stores in memory or in files.
///
/// A crash forgets whatever was not committed: the stage's partition is thrown away and opened
/// again out of its store. With one seed and one order of calls a run is the same every time.
public final class Cluster {
  public let log: TestingLog
  public let partitions: Int32
  public let stages: [Stage]
  var places: [Place] = []
  let crash = CrashPlan()
  private let directory: String?

  /// One partition of one stage.
  struct Place {
    var stage: Int
    var context: StageContext
    var store: StageStore
    var running: StagePartition?
    /// Instances that lost the partition and have not noticed yet, each with a store of its own.
    var zombies: [StagePartition] = []
    /// A copy of what the store held at some moment.
    var snapshot: StageStore?
  }

  /// Where in the loop of a stage its process dies.
  public enum CrashPoint: Int, CaseIterable, Sendable {
    case beforeTake, afterTake, whileApplying, beforeCommit, afterCommit, whilePublishing
    case afterPublishing
  }

  /// The stages of the services.
  ///
  /// - Parameter littleAtHand: whether the books keep in memory as little as can be.
  public static func stages(reporting: Bool = true, littleAtHand: Bool = false) -> [Stage] {
    let atHand =
      littleAtHand
      ? DischargeService.AtHand(lots: 0, front: 1, identities: 1, runs: 2)
      : DischargeService.AtHand()
    return IngestService.stages() + DischargeService.stages(atHand: atHand)
      + TransferService.stages()
      + (reporting ? ReportingService.stages(publishing: true) : [])
  }

  /// A cluster of so many partitions a topic.
  ///
  /// - Parameters:
  ///   - directory: where the stores are; nil for stores in memory.
  ///   - stages: those that run.
  public init(
    partitions: Int32, log: TestingLog = TestingLog(), directory: String? = nil,
    stages: [Stage] = Cluster.stages()
  ) throws {
    self.log = log
    self.partitions = partitions
    self.directory = directory
    let plan = crash
    self.stages = stages.map { stage in
      var wrapped = stage
      let make = stage.makeHandler
      wrapped.makeHandler = { db, context in
        CrashingHandler(try make(db, context), plan)
      }
      return wrapped
    }
    try log.createNow(
      Topic.allCases.map {
        TopicSpecification(name: $0.rawValue, partitions: $0.hasOnePartition ? 1 : partitions)
      })
    let counts = Dictionary(
      uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, partitions) })
    for index in stages.indices {
      for partition in 0..<partitions {
        let context = StageContext(partition: partition, partitions: counts)
        places.append(
          Place(stage: index, context: context, store: try openStore(index, context)))
      }
    }
  }

  /// How many places there are to step: stages times partitions.
  public var placeCount: Int { places.count }

  /// Sends inbound events with any key, spread over the partitions.
  public func produce(_ events: [[UInt8]], received: Int64 = 1_700_000_000_000) throws {
    var batches = (0..<partitions).map { partition in
      OutgoingBatch(
        target: TopicPartition(Topic.inbound.rawValue, partition), records: PackedRecords())
    }
    for (index, event) in events.enumerated() {
      batches[index % Int(partitions)].records.append(
        Record(key: [], value: event, timestamp: received + Int64(index)))
    }
    try log.appendNow(batches.filter { !$0.records.isEmpty }, source: nil)
  }

  /// Sends inbound events to one partition, and again for as long as the log says that it failed.
  public func produce(_ events: [[UInt8]], to partition: Int32, received: Int64) throws {
    var records = PackedRecords()
    for event in events { records.append(Record(key: [], value: event, timestamp: received)) }
    let batch = OutgoingBatch(
      target: TopicPartition(Topic.inbound.rawValue, partition), records: records)
    while try !append([batch], source: nil) {}
  }

  /// Lets one place go round its loop once; answers whether it did anything.
  ///
  /// - Parameters:
  ///   - isExact: whether it takes no more than the limit of what was sent at once.
  ///   - crashing: dies there, if it gets there.
  @discardableResult
  public func step(
    _ index: Int, limit: Int, isExact: Bool = false, crashing: CrashPoint? = nil
  ) throws -> Bool {
    if crashing == .beforeTake { return kill(index) }
    let running = try places[index].running ?? open(index)
    guard try publish(running) else { return kill(index) }
    let batch = take(running, limit: limit, isExact: isExact)
    guard !batch.isEmpty else { return false }
    if crashing == .afterTake { return kill(index) }
    do {
      crash.point = crashing
      defer { crash.point = nil }
      try running.apply(batch)
    } catch let error as StageError where error.cause is CrashPlan.Crash {
      return kill(index)
    }
    if crashing == .afterCommit { return kill(index) }
    if crashing == .whilePublishing {
      let half = running.unpublished.prefix(running.unpublished.count / 2)
      _ = try append(Array(half), source: running.source)
      return kill(index)
    }
    if crashing == .afterPublishing {
      _ = try append(running.unpublished, source: running.source)
      return kill(index)
    }
    return try publish(running) || kill(index)
  }

  /// Lets every place go round until nothing is left to do, without further faults of the log.
  ///
  /// - Parameters:
  ///   - limit: how many records a place takes in a round.
  ///   - slow: the service of which each place takes one, whatever was sent with it.
  ///   - body: called behind each round but the last, with how many there were.
  public func settle(
    limit: Int = 5_000, slow: String? = nil, behindEach body: (Int) throws -> Void = { _ in }
  ) throws {
    log.set(Faults())
    log.settle()
    var rounds = 0
    while true {
      var busy = false
      for (index, place) in places.enumerated() {
        let isSlow = stages[place.stage].service == slow
        if try step(index, limit: isSlow ? 1 : limit, isExact: isSlow) { busy = true }
      }
      guard busy else { return }
      rounds += 1
      try body(rounds)
    }
  }

  /// Forgets what a place has not committed.
  @discardableResult
  public func kill(_ index: Int) -> Bool {
    places[index].running = nil
    return true
  }

  /// Opens the store of a place: a new one in memory, or its file.
  func openStore(_ stage: Int, _ context: StageContext) throws -> StageStore {
    try StageStore(
      path: directory.map {
        "\($0)/\(stages[stage].service)-\(stages[stage].name)-\(context.partition).sqlite"
      },
      identity: StagePartition.identity(stages[stage], context),
      migrations: stages[stage].migrations)
  }

  func open(_ index: Int) throws -> StagePartition {
    let place = places[index]
    let running = try StagePartition(
      stages[place.stage], store: place.store, context: place.context)
    places[index].running = running
    return running
  }

  func take(_ running: StagePartition, limit: Int, isExact: Bool = false) -> ReadBatch {
    log.readNow(
      running.source, from: running.position, limit: ReadLimit(records: limit, bytes: 8 << 20),
      isExact: isExact)
  }

  /// Answers whether everything was published.
  func publish(_ running: StagePartition) throws -> Bool {
    guard !running.unpublished.isEmpty else { return true }
    guard try append(running.unpublished, source: running.source) else { return false }
    running.published()
    return true
  }

  /// Answers false where the log was made to fail.
  private func append(_ batches: [OutgoingBatch], source: TopicPartition?) throws -> Bool {
    do {
      try log.appendNow(batches, source: source)
      return true
    } catch EventLogError.failed {
      return false
    }
  }
}

import DischargeService
import EventLog
import EventLogTesting
import GRDB
import IngestService
import Messages
import ReportingService
import ServiceRuntime
import Store
import TransferService

/// The four services in one thread on the testing log, with real stores in memory.
///
/// A crash forgets whatever was not committed: the stage's partition is thrown away and opened
/// again out of its store. With one seed and one order of calls a run is the same every time.
public final class Cluster {
  public let log: TestingLog
  public let partitions: Int32
  public let stages: [Stage]
  private var places: [Place] = []
  private let crash = CrashPlan()

  /// One partition of one stage.
  private struct Place {
    var stage: Int
    var context: StageContext
    var store: StageStore
    var running: StagePartition?
    /// What it has had published by itself and not yet noted.
    var batchLimit: ReadLimit
  }

  /// Where in the loop of a stage its process dies.
  public enum CrashPoint: Int, CaseIterable, Sendable {
    case beforeTake, afterTake, whileApplying, beforeCommit, afterCommit, whilePublishing
    case afterPublishing
  }

  /// A cluster of so many partitions a topic.
  public init(partitions: Int32, log: TestingLog = TestingLog()) throws {
    self.log = log
    self.partitions = partitions
    let plan = crash
    stages =
      (IngestService.stages() + DischargeService.stages() + TransferService.stages()
      + ReportingService.stages()).map { stage in
        var wrapped = stage
        let make = stage.makeHandler
        wrapped.makeHandler = { db, context in
          CrashingHandler(try make(db, context), plan)
        }
        return wrapped
      }
    try log.createNow(
      Topic.allCases.map { TopicSpecification(name: $0.rawValue, partitions: partitions) })
    let counts = Dictionary(
      uniqueKeysWithValues: Topic.allCases.map { ($0.rawValue, partitions) })
    for index in stages.indices {
      for partition in 0..<partitions {
        let context = StageContext(partition: partition, partitions: counts)
        let store = try StageStore(
          path: nil, identity: StagePartition.identity(stages[index], context),
          migrations: stages[index].migrations)
        places.append(Place(stage: index, context: context, store: store, batchLimit: ReadLimit()))
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

  /// Lets one place go round its loop once; answers whether it did anything.
  ///
  /// - Parameter crashing: dies there, if it gets there.
  @discardableResult
  public func step(_ index: Int, limit: Int, crashing: CrashPoint? = nil) throws -> Bool {
    if crashing == .beforeTake { return kill(index) }
    let running = try places[index].running ?? open(index)
    try publish(running)
    let batch = log.readNow(
      running.source, from: running.position, limit: ReadLimit(records: limit, bytes: 8 << 20))
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
      try log.appendNow(Array(half), source: running.source)
      return kill(index)
    }
    if crashing == .afterPublishing {
      try log.appendNow(running.unpublished, source: running.source)
      return kill(index)
    }
    try publish(running)
    return true
  }

  /// Lets every place go round until nothing is left to do.
  public func settle(limit: Int = 5_000) throws {
    log.settle()
    var busy = true
    while busy {
      busy = false
      for index in places.indices where try step(index, limit: limit) { busy = true }
    }
  }

  /// All values of a topic, partition by partition.
  public func values(of topic: Topic) -> [[[UInt8]]] {
    (0..<partitions).map { partition in
      var values: [[UInt8]] = []
      var offset: Int64 = 0
      let source = TopicPartition(topic.rawValue, partition)
      while true {
        let batch = log.readNow(source, from: offset, limit: ReadLimit())
        guard !batch.isEmpty else { return values }
        for segment in batch.segments {
          segment.records.forEach(skipping: segment.skipped) { record in
            values.append(record.value.map { Array($0) } ?? [])
          }
        }
        offset = batch.nextOffset
      }
    }
  }

  /// Copies reporting's stores to a folder, as they would lie on disk.
  public func saveReporting(to directory: String) throws {
    for place in places where stages[place.stage].service == "reporting" {
      let path = "\(directory)/\(stages[place.stage].name)-\(place.context.partition).sqlite"
      let copy = try DatabaseQueue(path: path)
      try place.store.queue.backup(to: copy)
      try copy.close()
    }
  }

  /// Forgets what a place has not committed.
  @discardableResult
  public func kill(_ index: Int) -> Bool {
    places[index].running = nil
    return true
  }

  private func open(_ index: Int) throws -> StagePartition {
    let place = places[index]
    let running = try StagePartition(
      stages[place.stage], store: place.store, context: place.context)
    places[index].running = running
    return running
  }

  private func publish(_ running: StagePartition) throws {
    guard !running.unpublished.isEmpty else { return }
    try log.appendNow(running.unpublished, source: running.source)
    running.published()
  }
}

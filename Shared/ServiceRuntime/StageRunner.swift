import EventLog
import Logging
import Store
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs the partitions of a stage that the log assigns to this process, each in a task of its own.
public struct StageRunner: Sendable {
  let stage: Stage
  let log: any EventLog
  let directory: String
  let member: String
  let status: StageStatus
  let limit: ReadLimit
  let snapshots: Snapshots?
  let patience: Duration
  let endurance: Endurance
  let logger: Logger
  /// How often a partition that waits for records looks whether its store was found damaged.
  var markTick = Duration.seconds(5)

  /// - Parameters:
  ///   - directory: the data folder; stores lie in `<directory>/<service>/`.
  ///   - member: this instance's name within the group.
  ///   - snapshots: where snapshots of the stores are kept; nil for nowhere.
  ///   - patience: how long to wait for a store that another process has open, because it is about
  ///     to end.
  ///   - endurance: what becomes of the rest when a partition cannot go on.
  public init(
    _ stage: Stage, log: any EventLog, directory: String, member: String, status: StageStatus,
    limit: ReadLimit = ReadLimit(), snapshots: Snapshots? = nil,
    patience: Duration = .seconds(15), endurance: Endurance = .none, logger: Logger
  ) {
    self.stage = stage
    self.log = log
    self.directory = directory
    self.member = member
    self.status = status
    self.limit = ReadLimit(
      records: max(1, limit.records / stage.weight), bytes: limit.bytes / stage.weight)
    self.snapshots = snapshots
    self.patience = patience
    self.endurance = endurance
    self.logger = logger
  }

  /// Runs until the task is cancelled, the membership ends or, without endurance, a partition
  /// fails.
  ///
  /// Cancellation ends each partition between two steps, so nothing is left half done.
  public func run() async throws {
    try await withTaskExecutorPreference(ProcessThreads.stages) { try await runHere() }
  }

  private func runHere() async throws {
    var counts: [String: Int32] = [:]
    for topic in [stage.input] + stage.outputs {
      counts[topic] = try await log.partitions(of: topic)
    }
    let group = try await log.join(group: stage.group, topic: stage.input, member: member)
    defer { status.assigned(stage.title, nil) }
    try await withTaskCancellationHandler {
      do {
        try await follow(group, counts)
      } catch {
        await group.leave()
        throw error
      }
      await group.leave()
    } onCancel: {
      Task { await group.leave() }
    }
  }

  private func follow(_ group: any GroupMember, _ first: [String: Int32]) async throws {
    try await withThrowingTaskGroup(of: Event.self) { tasks in
      var counts = first
      var running: Set<Int32> = []
      var wanted: Set<Int32> = []
      var stopped: Set<Int32> = []
      tasks.addTask { .assignment(try await group.nextAssignment()) }
      while let event = try await tasks.next() {
        switch event {
        case .assignment(let partitions):
          guard let partitions else { return try await drain(&tasks) }
          wanted = partitions
          // A topic that others write may have got more.
          counts[stage.input] = max(counts[stage.input] ?? 0, (partitions.max() ?? -1) + 1)
          status.assigned(stage.title, partitions)
          tasks.addTask { .assignment(try await group.nextAssignment()) }
        case .ended(let partition):
          running.remove(partition)
        case .stopped(let partition):
          // It is this instance's until the group takes it away; then another may try.
          running.remove(partition)
          stopped.insert(partition)
        }
        stopped.formIntersection(wanted)
        // One that was taken away before its task began has nobody else to release it.
        for partition in 0..<(counts[stage.input] ?? 0)
        where !wanted.contains(partition) && !running.contains(partition) {
          status.resumed(stage.title, TopicPartition(stage.input, partition))
          await group.released(partition)
        }
        for partition in wanted.subtracting(running).subtracting(stopped) {
          running.insert(partition)
          let context = StageContext(partition: partition, partitions: counts)
          tasks.addTask {
            try await endure(context, group) ? .ended(partition) : .stopped(partition)
          }
        }
      }
    }
  }

  private enum Event: Sendable {
    case assignment(Set<Int32>?)
    case ended(Int32)
    case stopped(Int32)
  }

  private func drain(_ tasks: inout ThrowingTaskGroup<Event, any Error>) async throws {
    while try await tasks.next() != nil {}
  }

  func run(_ context: StageContext, _ group: any GroupMember) async throws {
    let folder = "\(directory)/\(stage.service)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(stage.name)-\(context.partition).sqlite"
    let takeOver = TakeOver(
      stage: stage, context: context, path: path, log: log, snapshots: snapshots?.folder,
      patience: patience, status: status, logger: logger)
    let isAwaited = try await isWithoutRecords(takeOver)
    if isAwaited {
      guard try await firstRecord(takeOver, group) else {
        return await group.released(context.partition)
      }
    }
    let clock = ContinuousClock()
    let start = clock.now
    guard let opened = try await takeOver.open(group) else {
      return await group.released(context.partition)
    }
    if !isAwaited {
      note(opened.origin, opened.partition.position, takeOver.source, clock.now - start)
    }
    do {
      try await work(on: opened.partition, takeOver, group)
    } catch {
      status.ended(stage.title, takeOver.source)
      // What went wrong is to be told, whatever else does. Where the step itself failed, the next
      // owner checks the file.
      if Self.isOfDamage(error), !DamageMark.isSet(on: path) {
        DamageMark.set(on: path, "\(error)")
      }
      try? opened.store.close(whole: !(error is StageError) && !(error is MarkedStore))
      await group.released(context.partition)
      throw error
    }
    status.ended(stage.title, takeOver.source)
    try opened.store.close()
    await group.released(context.partition)
  }

  /// Whether a partition has neither a store nor records: then it needs no store until the first
  /// record comes.
  ///
  /// The first partition always has one: readers tell an empty system by it from a wrong folder.
  private func isWithoutRecords(_ place: TakeOver) async throws -> Bool {
    guard place.source.partition > 0, !FileManager.default.fileExists(atPath: place.path)
    else { return false }
    return try await log.end(of: place.source) == 0
  }

  /// Waits for the first record of a partition; returns false if it was taken away meanwhile.
  private func firstRecord(_ place: TakeOver, _ group: any GroupMember) async throws -> Bool {
    let source = place.source
    // A group that is being left ends each wait, and the partition is begun again before its end.
    try Task.checkCancellation()
    note(.new, 0, source, .zero)
    let entry = StageStatus.Entry(position: 0, applied: 0, repeated: 0, store: place.path)
    status.report(stage.title, source, entry, nil)
    await group.applied(source.partition, upTo: 0)
    do {
      let one = ReadLimit(records: 1, bytes: 1)
      let first = try await group.take(source.partition, from: 0, limit: one)
      if first == nil { status.ended(stage.title, source) }
      return first != nil
    } catch {
      status.ended(stage.title, source)
      await group.released(source.partition)
      throw error
    }
  }

  private func note(
    _ origin: StoreOrigin, _ position: Int64, _ source: TopicPartition, _ duration: Duration
  ) {
    status.change(stage.title) { $0.opens[origin, default: .ofSteps].observe(duration) }
    logger.info(
      "A partition runs here",
      metadata: [
        "partition": "\(source)", "stage": "\(stage.title)", "store": "\(origin.rawValue)",
        "position": "\(position)",
      ])
  }

  /// Steps and, beside them, snapshots. Once the steps are over, because the partition is another's
  /// or they failed, no snapshot is begun any more, and one that is being taken is given up: the
  /// store is to be closed, and the group waits for that.
  private func work(
    on partition: StagePartition, _ place: TakeOver, _ group: any GroupMember
  ) async throws {
    let keeper = snapshots.map {
      SnapshotKeeper(
        snapshots: $0, stage: stage.title, identity: place.identity, source: place.source,
        store: place.path, status: status, logger: logger)
    }
    let position = partition.position
    // Leaving the scope cancels it and waits for its end. To await it would wait for the process's.
    async let _: Void? = keeper?.run(from: position)
    try await step(partition, place.path, group)
  }

  /// Take, apply, commit, publish; until the partition is no longer ours.
  private func step(
    _ partition: StagePartition, _ path: String, _ group: any GroupMember
  ) async throws {
    let clock = ContinuousClock()
    let source = partition.source
    var figures: StepFigures?
    var foreign: Int64 = 0
    while true {
      if !partition.unpublished.isEmpty {
        let start = clock.now
        try await log.append(partition.unpublished, source: source)
        figures?.durations.append((.publish, clock.now - start))
        figures?.published = partition.unpublished.reduce(0) { $0 + Int64($1.records.count) }
        partition.published()
      }
      let entry = StageStatus.Entry(
        position: partition.position, applied: partition.applied, repeated: partition.repeated,
        store: path)
      status.report(stage.title, source, entry, figures)
      await group.applied(source.partition, upTo: partition.position)
      let start = clock.now
      guard let batch = try await take(from: partition.position, source, path, group) else {
        return
      }
      let taking = clock.now - start
      try partition.apply(batch)
      figures = partition.lastStep
      if partition.foreign.count > foreign {
        note(partition.foreign.count - foreign, partition)
        foreign = partition.foreign.count
      }
      figures?.durations.append((.take, taking))
      figures?.committed = WallClock.milliseconds
    }
  }

  /// Takes a batch, unless somebody finds the store damaged while it waits for one.
  private func take(
    from position: Int64, _ source: TopicPartition, _ path: String, _ group: any GroupMember
  ) async throws -> ReadBatch? {
    try await withThrowingTaskGroup(of: ReadBatch?.self) { tasks in
      tasks.addTask { try await group.take(source.partition, from: position, limit: limit) }
      tasks.addTask {
        repeat { try await Task.sleep(for: markTick) } while !DamageMark.isSet(on: path)
        throw MarkedStore()
      }
      defer { tasks.cancelAll() }
      return try await tasks.next() ?? nil
    }
  }

  /// Tells of records in a topic that only stages write, and that none of them sent.
  private func note(_ foreign: Int64, _ partition: StagePartition) {
    status.change(stage.title) { $0.foreign += foreign }
    logger.warning(
      "Foreign records are passed over",
      metadata: [
        "partition": "\(partition.source)", "stage": "\(stage.title)", "records": "\(foreign)",
        "last": "\(partition.foreign.last ?? -1)",
      ])
  }
}

import EventLog
import Limits
import SQLite
import Store

/// One partition of a stage: applies batches of its input, each in one transaction.
///
/// Steps 2 to 5 of the loop, without the log: the simulation drives the same code as the services.
/// Used by one task at a time; after an error it is thrown away and opened again.
public final class StagePartition {
  /// The stage.
  public let stage: Stage
  /// The input partition.
  public let source: TopicPartition
  /// What was committed and is not known to be published.
  public private(set) var unpublished: [OutgoingBatch]
  /// How many records were applied since it was opened.
  @exclusivity(unchecked) public private(set) var applied: Int64 = 0
  /// How many records were repetitions since it was opened.
  public private(set) var repeated: Int64 = 0
  /// How many records were passed over since it was opened, because no stage sent them, and where
  /// the last of them lies.
  public private(set) var foreign: (count: Int64, last: Int64?) = (0, nil)
  /// How many records were passed over since it was opened, because stages under earlier rules sent
  /// them.
  public private(set) var outdated: Int64 = 0

  /// What the last batch came to.
  private(set) var lastStep = StepFigures()

  private let store: StageStore
  private let handler: any StageHandler
  // One task uses a partition, and a handler knows nothing of it: these need no look at each record
  // whether somebody else is at them.
  @exclusivity(unchecked) private var progress: StoreProgress
  @exclusivity(unchecked) private var output: StepOutput

  /// Opens a partition out of its store.
  public init(_ stage: Stage, store: StageStore, context: StageContext) throws {
    self.stage = stage
    self.store = store
    source = TopicPartition(stage.input, context.partition)
    output = StepOutput(topics: stage.outputs, partitions: context.partitions)
    handler = try stage.makeHandler(store.connection, context)
    progress = try StoreProgress(store.connection)
    output.follow(try SentMarks(store.connection))
    unpublished = try Outbox.read(store.connection)
  }

  /// The identity of the store of a stage's partition.
  public static func identity(_ stage: Stage, _ context: StageContext) -> StageStore.Identity {
    // Nothing that is made of what others send depends on which partition of how many it lay in.
    let topics = Set((stage.writers == .others ? [] : [stage.input]) + stage.outputs)
    return StageStore.Identity(
      stage: stage.title, partition: context.partition,
      topics: context.partitions.filter { topics.contains($0.key) }, rules: stage.rules)
  }

  /// The offset of the next input to be applied.
  public var position: Int64 { progress.next }

  /// Applies a batch and commits state, position and outgoing messages together: all of it or,
  /// where it makes more than a step may, its front. Then ``position`` lies within the batch.
  ///
  /// - Throws: ``StageError`` with the record at fault; nothing of the batch is committed then.
  public func apply(_ batch: ReadBatch) throws {
    let old = progress
    let before = (applied, repeated)
    let clock = ContinuousClock()
    let start = clock.now
    var appliedAt = start
    lastStep = StepFigures()
    let db = store.connection
    do {
      try db.transaction {
        let end = try apply(batch.segments, db) ?? batch.nextOffset
        if let segment = batch.segments.last(where: { $0.baseOffset < end }) {
          note(lastOf: segment, before: end)
        }
        progress.next = max(progress.next, end)
        try handler.save(db)
        try progress.save(db, since: old)
        let taken = output.take(epoch: progress.epoch ?? 0, rules: stage.rules)
        unpublished = taken.batches
        try SentMarks.save(taken.sent, db)
        try Outbox.replace(db, with: unpublished)
        appliedAt = clock.now
      }
      lastStep.durations = [(.apply, appliedAt - start), (.commit, clock.now - appliedAt)]
      lastStep.applied = applied - before.0
      lastStep.repeated = repeated - before.1
      lastStep.received = output.received
      lastStep.cleared = handler.clearedOn
    } catch let error as StageError {
      throw error
    } catch {
      throw StageError(stage: stage.title, source: source, offset: nil, cause: error)
    }
  }

  /// Notes that everything was published; the next commit clears the outbox.
  public func published() { unpublished = [] }

  /// Applies segments; returns where it stopped because enough was made.
  private func apply(_ segments: [ReadBatch.Segment], _ db: Connection) throws -> Int64? {
    for segment in segments {
      if let end = try apply(segment, db) { return end }
    }
    return nil
  }

  private func apply(_ segment: ReadBatch.Segment, _ db: Connection) throws -> Int64? {
    output.source = segment.source
    noteEpoch(firstOf: segment)
    var offset = segment.baseOffset + Int64(segment.skipped)
    let source = stage.writers == .others ? nil : segment.source
    if source == nil, stage.writers == .stages {
      let count = Int64(segment.records.count - segment.skipped)
      foreign = (foreign.count + count, offset + count - 1)
      return nil
    }
    if source != nil, try isOutdated(segment) {
      outdated += Int64(segment.records.count - segment.skipped)
      return nil
    }
    var end: Int64?
    let epoch = segment.link?.epoch ?? 0
    var last = source.flatMap { progress.last(of: $0, epoch: epoch) }
    if let source { try check(segment, source, last) }
    try segment.records.forEach(skipping: segment.skipped) { record in
      defer { offset += 1 }
      guard offset >= progress.next, end == nil else { return }
      if source != nil {
        let mark = StoreProgress.Mark(input: record.input, ordinal: record.ordinal)
        if let last, mark <= last {
          repeated += 1
          return
        }
        last = mark
      }
      output.begin(input: offset, received: record.timestamp)
      do {
        try handler.apply(record, db, &output)
        if let oversized = output.oversized {
          throw OversizedMessage(topic: oversized.topic, bytes: oversized.bytes)
        }
      } catch {
        throw StageError(
          stage: stage.title, source: self.source, offset: offset, cause: error)
      }
      applied += 1
      if output.bytes + handler.unsavedBytes >= Limits.step { end = offset + 1 }
    }
    if let source { progress.note(last, of: source, epoch: epoch) }
    return end
  }

  /// Whether records were made under rules before this stage's: what counts of their inputs is made
  /// again under these, by whoever made them.
  ///
  /// - Throws: ``StageError`` if they were made under later ones.
  private func isOutdated(_ segment: ReadBatch.Segment) throws -> Bool {
    guard stage.writers == .stages else { return false }
    let rules = segment.link?.rules ?? 0
    guard rules > stage.rules else { return rules < stage.rules }
    throw StageError(
      stage: stage.title, source: source, offset: segment.baseOffset,
      cause: LaterRules(found: rules, known: stage.rules))
  }

  /// Whether nothing of the source is missing before a run of its records.
  private func check(
    _ segment: ReadBatch.Segment, _ source: TopicPartition, _ last: StoreProgress.Mark?
  ) throws {
    guard !stage.hasHoles, case .record(let input, let ordinal) = segment.link?.previous else {
      return
    }
    let previous = StoreProgress.Mark(input: input, ordinal: ordinal)
    if let last, previous <= last { return }
    throw StageError(
      stage: stage.title, source: self.source, offset: segment.baseOffset,
      cause: MissingRecords(source: source, previous: previous, last: last))
  }

  /// A store's log goes by its first record.
  private func noteEpoch(firstOf segment: ReadBatch.Segment) {
    guard progress.epoch == nil else { return }
    progress.epoch = segment.records.record(at: 0) {
      LastRecord(offset: segment.baseOffset, record: $0).checksum | 1
    }
  }

  /// Remembers the last record of a batch, to know the log by it.
  private func note(lastOf segment: ReadBatch.Segment, before end: Int64) {
    let index = min(segment.records.count, Int(end - segment.baseOffset)) - 1
    let offset = segment.baseOffset + Int64(index)
    guard index >= segment.skipped, offset > progress.last?.offset ?? -1 else { return }
    progress.last = segment.records.record(at: index) { LastRecord(offset: offset, record: $0) }
  }
}

import EventLog
import Logging
import SQLite
import Store

/// Gets the store of a partition that has come to this instance: the one that is there, if it is
/// whole; else one restored from the furthest valid snapshot; else an empty one, to which the log
/// is applied from its beginning.
///
/// A store that is not whole is set aside under another name, never removed. What its owner can
/// mend, such as another number of partitions, is an error instead.
struct TakeOver: Sendable {
  let stage: Stage
  let context: StageContext
  /// Where the store lies.
  let path: String
  let log: any EventLog
  let snapshots: SnapshotFolder?
  /// How long to wait for another process that is about to end to let go of the store.
  let patience: Duration
  let status: StageStatus
  let logger: Logger

  /// A store that is ready to be worked on.
  struct Opened {
    var store: StageStore
    var partition: StagePartition
    var origin: StoreOrigin
  }

  var source: TopicPartition { TopicPartition(stage.input, context.partition) }
  var identity: StageStore.Identity { StagePartition.identity(stage, context) }

  /// Opens the store.
  ///
  /// - Parameter group: owns the partition; asked for a record to know the log by.
  /// - Returns: nil if the partition was taken away meanwhile.
  /// - Throws: ``StoreError/alreadyOpen(_:)`` where another process does not let go of it;
  ///   whatever else the store's owner or the machine has to mend.
  func open(_ group: any GroupMember) async throws -> Opened? {
    let file = try await lock()
    do {
      let opened = try await open(file, group)
      if opened == nil { file.release() }
      return opened
    } catch {
      file.release()
      throw error
    }
  }

  private func lock() async throws -> StoreFile {
    let deadline = ContinuousClock.now + patience
    while true {
      if let file = try free(orNotBefore: deadline) { return file }
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// The store's place, locked; nil if another has it and there is time left.
  private func free(orNotBefore deadline: ContinuousClock.Instant) throws -> StoreFile? {
    do {
      return try StoreFile(path: path)
    } catch {
      guard case .alreadyOpen = error, ContinuousClock.now < deadline else { throw error }
      return nil
    }
  }

  private func open(_ file: StoreFile, _ group: any GroupMember) async throws -> Opened? {
    let end = try await log.end(of: source)
    if file.exists {
      switch try await judge(file, end, group) {
      case .revoked: return nil
      case .whole(let kept):
        let position = kept.partition.position
        guard let restored = try await restore(beyond: position, end, group) else { return kept }
        try kept.store.close(keepingLock: true)
        return try replaced(file, with: restored)
      case .notWhole(let reason): try setAside(file, reason)
      case .cut(let reason): throw StoreError.cutLog(Self.cut(reason, path))
      }
    }
    if let restored = try await restore(beyond: nil, end, group) {
      return try replaced(file, with: restored)
    }
    return try opened(file, end == 0 ? .new : .rebuilt)
  }

  /// A snapshot that its handler cannot go on from is set aside as a store is: every start would
  /// fail on it otherwise.
  private func replaced(_ file: StoreFile, with restored: String) throws -> Opened {
    try file.replace(with: restored)
    do {
      return try opened(file, .snapshot)
    } catch {
      guard let reason = Self.damage(error) else { throw error }
      try setAside(file, reason)
      return try opened(file, .rebuilt)
    }
  }

  private func setAside(_ file: StoreFile, _ reason: String) throws {
    let aside = try file.setAside()
    status.change(stage.title) { $0.setAside += 1 }
    logger.warning(
      "A store is set aside",
      metadata: [
        "partition": "\(source)", "stage": "\(stage.title)", "reason": "\(reason)",
        "to": "\(aside)",
      ])
  }

  private func opened(_ file: StoreFile, _ origin: StoreOrigin) throws -> Opened {
    let store = try StageStore(file: file, identity: identity, migrations: stage.migrations)
    do {
      let partition = try StagePartition(stage, store: store, context: context)
      return Opened(store: store, partition: partition, origin: origin)
    } catch {
      try? store.close(whole: false, keepingLock: true)
      throw error
    }
  }
}

// What is there, and whether it is whole.
extension TakeOver {
  private enum Judgement {
    case whole(Opened)
    case notWhole(String)
    case cut(String)
    case revoked
  }

  /// What to do where a log lacks what a store has applied.
  private static func cut(_ reason: String, _ path: String) -> String {
    "\(reason): the log was cut, or is an older copy, and \(path) holds what it lacks. Bring the "
      + "log back; or, to go on without, stop every service, remove all stores and every topic but "
      + "saldo.inbound and saldo.settings, and start again: everything is built anew from those"
  }

  private func judge(
    _ file: StoreFile, _ end: Int64, _ group: any GroupMember
  ) async throws -> Judgement {
    if let reason = DamageMark.reason(of: path) { return .notWhole(reason) }
    let store: StageStore
    do {
      store = try StageStore(file: file, identity: identity, migrations: stage.migrations)
    } catch {
      guard let reason = Self.damage(error) else { throw error }
      return .notWhole(reason)
    }
    do {
      let objection = try await objection(to: store, end, group)
      if objection == .nothing {
        let partition = try StagePartition(stage, store: store, context: context)
        // One without a name was begun and never used: nothing was kept.
        let origin: StoreOrigin =
          store.isNew || partition.position == 0 ? (end == 0 ? .new : .rebuilt) : .kept
        return .whole(Opened(store: store, partition: partition, origin: origin))
      }
      try store.close(whole: objection != .revoked, keepingLock: true)
      switch objection {
      case .because(let reason): return .notWhole(reason)
      case .cut(let reason): return .cut(reason)
      case .nothing, .revoked: return .revoked
      }
    } catch {
      try? store.close(whole: false, keepingLock: true)
      guard let reason = Self.damage(error) else { throw error }
      return .notWhole(reason)
    }
  }

  /// What speaks against a store or a snapshot.
  enum Objection: Equatable {
    case nothing
    case because(String)
    /// The log lacks what was applied.
    case cut(String)
    /// Nobody can tell: the partition was taken away.
    case revoked
  }

  private func objection(
    to store: StageStore, _ end: Int64, _ group: any GroupMember
  ) async throws -> Objection {
    if let damage = try store.damage() { return .because(damage) }
    let progress = try StoreProgress(store.connection)
    if let another = try await isOfAnotherLog(progress, end, group) { return another }
    return try await objection(position: progress.next, last: progress.last, end, group)
  }

  /// Whether the log's first record is another than the store's log began with: then the log is
  /// another one, whose inputs have nothing to do with what was applied. What is made of them is
  /// known to be of another log, and no reader takes it for a repetition.
  private func isOfAnotherLog(
    _ progress: StoreProgress, _ end: Int64, _ group: any GroupMember
  ) async throws -> Objection? {
    guard let epoch = progress.epoch, epoch != 0, progress.next > 0, end > 0, !stage.hasHoles
    else { return nil }
    let one = ReadLimit(records: 1, bytes: 1)
    let batch: ReadBatch?
    do {
      batch = try await group.take(context.partition, from: 0, limit: one)
    } catch EventLogError.damaged {
      // The beginning was removed; nothing can be told from it.
      return nil
    }
    guard let batch else { return .revoked }
    guard let segment = batch.segments.first, segment.baseOffset == 0 else { return nil }
    var found: UInt64?
    segment.records.forEach { record in
      if found == nil { found = LastRecord(offset: 0, record: record).checksum | 1 }
    }
    return found == epoch ? nil : .because("it is of another log, which began with another record")
  }

  /// Whether the log is the one whose records were applied.
  func objection(
    position: Int64, last: LastRecord?, _ end: Int64, _ group: any GroupMember
  ) async throws -> Objection {
    guard position <= end else {
      return .cut("\(source) ends at \(end), and \(position) was reached before")
    }
    guard let last else { return .nothing }
    let one = ReadLimit(records: 1, bytes: 1)
    guard let batch = try await group.take(context.partition, from: last.offset, limit: one) else {
      return .revoked
    }
    // Compaction may have removed the record; then nothing can be told from it.
    guard let segment = batch.segments.first,
      segment.baseOffset + Int64(segment.skipped) == last.offset
    else { return .nothing }
    let found = segment.records.record(at: segment.skipped) {
      LastRecord(offset: last.offset, record: $0)
    }
    return found == nil || found == last
      ? .nothing
      : .cut("\(source) has another record at \(last.offset) than was applied")
  }

  /// Why an error means that the store is not whole; nil if it says nothing of the store, but of
  /// the machine, or of what the owner asked for.
  static func damage(_ error: any Error) -> String? {
    switch error {
    case StoreError.otherIdentity, StoreError.damaged, StoreError.unsealed,
      StoreError.earlierRules:
      return "\(error)"
    case is StoreError, is CancellationError: return nil
    case EventLogError.damaged: return "\(error)"
    case is EventLogError: return nil
    case let error as SQLiteError:
      // The file, a table that is missing, or rows that no program of ours writes. All else is of
      // the machine, or a mistake in the program that another store would not mend.
      let ofTheStore: [SQLiteError.Code] = [
        .corrupt, .notADatabase, .error, .constraint, .mismatch,
      ]
      return ofTheStore.contains(error.code.primary) ? "\(error)" : nil
    // The handler could not read what a handler wrote.
    default: return "\(error)"
    }
  }
}

import EventLog
import Logging
import SQLite
import Store

/// What becomes of a process when a partition of a stage cannot go on.
public enum Endurance: Sendable {
  /// The run ends with the error: for a command that does one thing.
  case none
  /// What may be over by itself, such as brokers that are away or a full disk, is waited for.
  /// Anything else stops that partition: the process lives, is not ready, and says the way out;
  /// everything else goes on.
  case stopsThePartition
}

extension StageRunner {
  /// Runs a partition as long as it is this instance's; returns whether it ended in good order, and
  /// not because it cannot go on.
  func endure(_ context: StageContext, _ group: any GroupMember) async throws -> Bool {
    let source = TopicPartition(stage.input, context.partition)
    var pause = Duration.milliseconds(500)
    var told: String?
    var damages = 0
    while true {
      do {
        try await run(context, group)
        status.resumed(stage.title, source)
        return true
      } catch  where Self.isOfDamage(error) && damages < Self.mostDamages {
        // The store is marked, and is built again from its log.
        damages += 1
        logger.warning(
          "A store is damaged",
          metadata: ["partition": "\(source)", "stage": "\(stage.title)", "error": "\(error)"])
        continue
      } catch {
        guard endurance == .stopsThePartition, !(error is CancellationError), !Task.isCancelled,
          !Self.isMistake(error)
        else { throw error }
        guard Self.mayPass(error) else {
          stop(source, error)
          return false
        }
        let reason = "\(error)"
        status.stopped(stage.title, source, reason)
        logger.log(
          level: reason == told ? .debug : .warning, "A partition waits",
          metadata: ["partition": "\(source)", "stage": "\(stage.title)", "error": "\(reason)"])
        told = reason
      }
      try await Task.sleep(for: pause)
      pause = min(pause * 2, .seconds(5))
    }
  }

  private func stop(_ source: TopicPartition, _ error: any Error) {
    status.stopped(stage.title, source, "\(error)")
    logger.error(
      "A partition is stopped",
      metadata: [
        "partition": "\(source)", "stage": "\(stage.title)", "error": "\(error)",
        "next": "\(Self.wayOut(error))",
      ])
  }

  /// How often a store is built again in one run: a disk that damages each is to be told of.
  private static let mostDamages = 3

  /// Whether an error says that the store's file is damaged, which its log makes good.
  static func isOfDamage(_ error: any Error) -> Bool {
    switch error {
    case is MarkedStore: true
    case let error as StageError: DamageMark.isDamage(error.cause)
    default: DamageMark.isDamage(error)
    }
  }

  /// Whether an error may be over by itself.
  static func mayPass(_ error: any Error) -> Bool {
    switch error {
    case EventLogError.failed, EventLogError.refused, StoreError.alreadyOpen, StoreError.failed:
      true
    case let error as StageError: mayPass(error.cause)
    case let error as SQLiteError: ofTheMachine.contains(error.code.primary)
    default: false
    }
  }

  /// What SQLite fails with if the machine does: its disk is full or broken, or somebody else has
  /// the file.
  private static let ofTheMachine: Set<SQLiteError.Code> = [
    .full, .inputOutput, .cannotOpen, .permission, .readOnly, .busy, .locked, .noMemory,
    .interrupted,
  ]

  /// Whether the process was started with what its stores do not go with: to be told at once.
  static func isMistake(_ error: any Error) -> Bool {
    switch error {
    case StoreError.otherIdentity, StoreError.otherPartitions, StoreError.otherSetting,
      StoreError.laterVersion, StoreError.laterRules:
      true
    default: false
    }
  }

  /// What to do about a partition that is stopped.
  static func wayOut(_ error: any Error) -> String {
    switch error {
    case let error as StageError where error.cause is LaterRules:
      "services of a later version are at work already: start that version here too"
    case EventLogError.rejected:
      "raise the limit that it names, or lift the broker's policy, and start this process again"
    case let error as StageError where error.offset != nil:
      "this version cannot read that record, or its rules fail on it: start a version that can; "
        + "nothing is lost meanwhile"
    case EventLogError.damaged:
      "the log is not the one that the store was made of, or was cut: bring the topic back from a "
        + "backup, or build every topic but saldo.inbound and saldo.settings anew"
    default: "mend what it names, and start this process again"
    }
  }
}

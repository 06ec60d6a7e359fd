import EventLog
import Foundation
import Messages
import ServiceRuntime
import Store

/// Makes the stores of a moment: the stages of the service applied to the log up to where the
/// moment ends, one partition after the other, in a folder of their own.
struct MomentStores {
  let corte: Corte
  let log: any LogReader
  /// Whether to give up.
  var isCancelled: () -> Bool = { false }

  /// Makes them below a folder, as a data folder has them.
  ///
  /// - Throws: ``MomentError``, `CancellationError`, or what the log or the stores fail with.
  func make(in folder: String) throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder)/\(ReportingService.name)", withIntermediateDirectories: true)
    var (applied, outdated): (Int64, Int64) = (0, 0)
    for (model, ends) in zip(ReadModel.allCases, corte.ends) {
      guard let stage = Self.stage(of: model) else { continue }
      let count = try log.partitions(of: stage.input)
      // The first partition always has a store: an empty system is told by it from a wrong folder.
      for partition in 0..<max(1, Int32(ends.count)) {
        let end = Int(partition) < ends.count ? ends[Int(partition)] : 0
        guard partition == 0 || end > 0 else { continue }
        let context = StageContext(partition: partition, partitions: [stage.input: count])
        let done = try make(stage, context, end, folder)
        if model == .ledger { (applied, outdated) = (applied + done.0, outdated + done.1) }
      }
    }
    // What the ledger said then it said under other rules alone: these books would be empty.
    if applied == 0, outdated > 0 { throw MomentError.gone(.otherRules(0)) }
  }

  /// As the services run it.
  private static func stage(of model: ReadModel) -> Stage? {
    guard
      var stage = ReportingService.stages().first(where: { $0.input == model.input.rawValue })
    else { return nil }
    stage.rules = RulesVersion.current
    stage.writers = .stages
    stage.hasHoles = model.input.isCompacted
    return stage
  }

  private func make(
    _ stage: Stage, _ context: StageContext, _ end: Int64, _ folder: String
  ) throws -> (applied: Int64, outdated: Int64) {
    let store = try StageStore(
      path: "\(folder)/\(stage.service)/\(stage.name)-\(context.partition).sqlite",
      identity: StagePartition.identity(stage, context), migrations: stage.migrations)
    do {
      let partition = try StagePartition(stage, store: store, context: context)
      while partition.position < end {
        if isCancelled() { throw CancellationError() }
        let batch = try log.read(
          partition.source, from: partition.position, limit: ReadLimit()
        ).before(end)
        guard batch.nextOffset > partition.position else {
          throw MomentError.gone(.otherLog)
        }
        try partition.apply(batch)
        partition.published()
      }
      let done = (partition.applied, partition.outdated)
      try store.close()
      return done
    } catch {
      try? store.close(whole: false)
      throw error
    }
  }
}

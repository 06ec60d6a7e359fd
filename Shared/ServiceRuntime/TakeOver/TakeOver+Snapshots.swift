import EventLog
import Logging
import Store

extension TakeOver {
  /// Copies the furthest valid snapshot to beside the store's place; returns where, nil if there
  /// is none, or the partition was taken away while it was asked about.
  ///
  /// - Parameter position: how far the store is that is there: then only a snapshot counts that is
  ///   further by as much as is worth one.
  func restore(
    beyond position: Int64?, _ end: Int64, _ group: any GroupMember
  ) async throws -> String? {
    guard let snapshots else { return nil }
    let identity = identity
    let (usable, passedOver) = try snapshots.candidates(
      for: identity, layout: StageStore.layout(stage.migrations))
    for snapshot in passedOver { passOver(snapshot.name, snapshot.reason) }
    for snapshot in usable {
      if let position, snapshot.position - position < snapshots.settings.everyRecords {
        return nil
      }
      switch try await objection(
        position: snapshot.position, last: snapshot.last, end, group)
      {
      case .revoked: return nil
      case .because(let reason), .cut(let reason):
        passOver(snapshot.file, reason)
        continue
      case .nothing: break
      }
      let target = path + ".restoring"
      do {
        try await OwnThread.run { _ in
          try snapshots.restore(snapshot, of: identity, to: target)
        }
        return target
      } catch let error as StoreError {
        // One may also be removed meanwhile, because others have taken two more.
        passOver(snapshot.file, "\(error)")
      }
    }
    return nil
  }

  private func passOver(_ name: String, _ reason: String) {
    logger.warning(
      "A snapshot is passed over",
      metadata: [
        "partition": "\(source)", "stage": "\(stage.title)", "snapshot": "\(name)",
        "reason": "\(reason)",
      ])
  }
}

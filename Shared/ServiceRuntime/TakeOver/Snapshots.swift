import EventLog
import Logging
import Store
import Synchronization

/// The snapshots of this process's stores: one at a time, so that they do not crowd out the steps.
public final class Snapshots: Sendable {
  let folder: SnapshotFolder
  private let isBusy = Mutex(false)

  /// Snapshots as the settings say, for all stages of a process.
  public init(_ settings: SnapshotSettings) { folder = SnapshotFolder(settings) }

  /// Snapshots in a folder that all instances share, as often as is usual.
  public convenience init(directory: String) {
    self.init(SnapshotSettings(directory: directory))
  }

  /// How often a partition looks whether it is time.
  var tick: Duration {
    min(.seconds(5), max(.milliseconds(20), folder.settings.interval / 8))
  }

  /// Returns whether it is the caller's turn, who says ``end()`` then.
  func begin() -> Bool {
    isBusy.withLock { isBusy in
      defer { isBusy = true }
      return !isBusy
    }
  }

  func end() { isBusy.withLock { $0 = false } }
}

/// Takes snapshots of one partition's store while its task works on it.
struct SnapshotKeeper: Sendable {
  let snapshots: Snapshots
  let stage: String
  let identity: StageStore.Identity
  let source: TopicPartition
  let store: String
  let status: StageStatus
  let logger: Logger

  /// Takes one whenever it is due, until the task is cancelled; one that is being taken is given up
  /// then.
  ///
  /// - Parameter position: how far the store was when it was opened.
  func run(from position: Int64) async {
    let clock = ContinuousClock()
    var (last, time) = (position, clock.now)
    while true {
      do { try await Task.sleep(for: snapshots.tick) } catch { return }
      guard let entry = status.entry(stage: stage, source: source),
        snapshots.folder.settings.isDue(
          records: entry.position - last, elapsed: clock.now - time),
        snapshots.begin()
      else { continue }
      if let taken = await take() { last = taken }
      snapshots.end()
      time = clock.now
    }
  }

  /// Takes one; returns up to where it goes. A failure is counted and logged: the service needs no
  /// snapshot to go on, and tries again when the next is due.
  private func take() async -> Int64? {
    let (snapshots, store, identity) = (snapshots, store, identity)
    do {
      let manifest = try await OwnThread.run { cancellation in
        try snapshots.folder.write(
          store, of: identity, taken: WallClock.milliseconds,
          isCancelled: { cancellation.isCancelled })
      }
      guard let manifest else { return nil }
      status.change(stage) {
        $0.snapshots.written += 1
        $0.snapshots.last[source.partition] = .init(
          position: manifest.position, taken: manifest.taken)
      }
      logger.debug(
        "A snapshot is taken",
        metadata: [
          "partition": "\(source)", "stage": "\(stage)", "position": "\(manifest.position)",
          "bytes": "\(manifest.bytes)",
        ])
      return manifest.position
    } catch {
      DamageMark.set(on: store, if: error)
      status.change(stage) { $0.snapshots.failed += 1 }
      logger.warning(
        "A snapshot could not be taken",
        metadata: ["partition": "\(source)", "stage": "\(stage)", "error": "\(error)"])
      return nil
    }
  }
}

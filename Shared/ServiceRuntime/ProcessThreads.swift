import Threads

/// The threads that a process has beside those that all its tasks share.
package enum ProcessThreads {
  /// What the stages' steps run on: they work in SQLite, which blocks, most of the time.
  package static let stages = WorkerThreads(count: max(2, WorkerThreads.cores))

  /// What requests and figures read from the disk and write to it. Few: a disk does not get faster
  /// by being asked more at a time.
  package static let disk = WorkerThreads(count: 4)
}

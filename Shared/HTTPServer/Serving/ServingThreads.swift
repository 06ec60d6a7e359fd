import Threads

/// The threads that connections run on, and what handlers await with them: an answer waits neither
/// for the stages nor for whoever blocks the threads that all tasks share.
///
/// All servers of a process share them.
enum ServingThreads {
  /// The threads.
  static let shared = WorkerThreads(count: max(2, WorkerThreads.cores))
}

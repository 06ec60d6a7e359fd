import Glibc
import Synchronization

/// The threads that connections run on, and what handlers await with them: an answer never waits
/// for the stages, which keep the threads of the cooperative pool busy with their stores.
///
/// All servers of a process share them, and they live as long as it does.
final class ServingThreads: TaskExecutor {
  /// The threads.
  static let shared = ServingThreads(count: max(2, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))

  private struct Jobs {
    var waiting: [UnownedJob] = []
    /// Those before it were taken.
    var next = 0
  }

  private let jobs = Mutex(Jobs())
  /// Counts the jobs that wait.
  // Sendable: it is never moved nor freed, and its functions may be called from every thread.
  private nonisolated(unsafe) let count: UnsafeMutablePointer<sem_t>

  private init(count threads: Int) {
    count = .allocate(capacity: 1)
    sem_init(count, 0, 0)
    for _ in 0..<threads {
      var thread = pthread_t()
      let held = Unmanaged.passRetained(self)
      let failed = pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          Unmanaged<ServingThreads>.fromOpaque(pointer).takeRetainedValue().run()
        }, held.toOpaque())
      if failed == 0 { pthread_detach(thread) } else { held.release() }
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.waiting.append(job) }
    sem_post(count)
  }

  private func run() -> Never {
    while true {
      guard sem_wait(count) == 0, let job = take() else { continue }
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  private func take() -> UnownedJob? {
    jobs.withLock { jobs in
      guard jobs.next < jobs.waiting.count else { return nil }
      let job = jobs.waiting[jobs.next]
      jobs.next += 1
      if jobs.next == jobs.waiting.count {
        jobs.waiting.removeAll(keepingCapacity: jobs.next < 1_024)
        jobs.next = 0
      } else if jobs.next == 1_024 {
        jobs.waiting.removeSubrange(..<jobs.next)
        jobs.next = 0
      }
      return job
    }
  }
}

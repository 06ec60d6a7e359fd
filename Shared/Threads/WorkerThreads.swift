#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Synchronization

/// Threads for one purpose of a process: tasks that prefer them run on them and nowhere else, and
/// so does work that blocks.
///
/// The tasks of a process share as many threads as the machine has cores. Whatever blocks one of
/// those holds up all that the others await, so what blocks has threads of its own, and so has what
/// must not wait for it. They live as long as the process does.
public final class WorkerThreads: TaskExecutor {
  private enum Job {
    case task(UnownedJob)
    case work(@Sendable () -> Void)
  }

  private struct Jobs {
    var waiting: [Job] = []
    /// Those before it were taken.
    var next = 0
  }

  private let jobs = Mutex(Jobs())
  private let started = Atomic<Int>(0)
  /// Counts the jobs that wait.
  // Sendable: it is never moved nor freed, and its functions may be called from every thread.
  private nonisolated(unsafe) let waiting: UnsafeMutablePointer<sem_t>

  /// Starts so many threads, or as many of them as the system has.
  public init(count: Int) {
    waiting = .allocate(capacity: 1)
    sem_init(waiting, 0, 0)
    for _ in 0..<count { startThread() }
  }

  /// How many threads there are. With none, nothing that is given to them is ever done.
  public var count: Int { started.load(ordering: .relaxed) }

  /// How many cores the system lets this process use.
  public static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Has a task go on here. The runtime calls it.
  public func enqueue(_ job: consuming ExecutorJob) { add(.task(UnownedJob(job))) }

  /// Does what blocks on one of the threads, and waits for its end, also where the task is
  /// cancelled.
  ///
  /// - Throws: what it throws, and nothing else.
  public func run<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      add(.work { continuation.resume(with: Swift.Result { try body() }) })
    }
  }

  private func startThread() {
    var thread = pthread_t()
    let held = Unmanaged.passRetained(self)
    let failed = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<WorkerThreads>.fromOpaque(pointer).takeRetainedValue().serve()
      }, held.toOpaque())
    guard failed == 0 else { return held.release() }
    pthread_detach(thread)
    started.add(1, ordering: .relaxed)
  }

  private func add(_ job: Job) {
    jobs.withLock { $0.waiting.append(job) }
    sem_post(waiting)
  }

  private func serve() -> Never {
    while true {
      guard sem_wait(waiting) == 0, let job = take() else { continue }
      switch job {
      case .task(let job): job.runSynchronously(on: asUnownedTaskExecutor())
      case .work(let body): body()
      }
    }
  }

  private func take() -> Job? {
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

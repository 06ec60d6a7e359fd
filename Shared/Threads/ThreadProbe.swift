#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Asks the system for threads, to learn whether it has them: what runs on them later has no way to
/// say that it got none, and waits.
public enum ThreadProbe {
  /// Starts threads that do nothing and ends them again; returns how many there could be at once.
  /// Whatever bounds them counts: a user's processes, a container's, memory for their stacks.
  public static func count(upTo wanted: Int) -> Int {
    let gate = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    defer { gate.deallocate() }
    sem_init(gate, 0, 0)
    defer { sem_destroy(gate) }
    var threads: [pthread_t] = []
    while threads.count < wanted {
      var thread = pthread_t()
      let failed = pthread_create(
        &thread, nil,
        { gate in
          if let gate { while sem_wait(gate.assumingMemoryBound(to: sem_t.self)) != 0 {} }
          return nil
        }, gate)
      guard failed == 0 else { break }
      threads.append(thread)
    }
    for _ in threads { sem_post(gate) }
    for thread in threads { pthread_join(thread, nil) }
    return threads.count
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How many files the process may have open at a time, sockets among them.
package enum OpenFiles {
  /// More than that nothing here needs, whatever the system would let it have.
  private static let most = 1 << 20

  /// How many there may be now.
  package static var limit: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_024 }
    return Int(clamping: limit.rlim_cur)
  }

  /// Takes as many as the system lets the process have. What it begins with is for programs that
  /// cannot deal with more.
  package static func raiseLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    let wanted = min(limit.rlim_max, rlim_t(most))
    guard wanted > limit.rlim_cur else { return }
    limit.rlim_cur = wanted
    // Where that fails it stays at what it was, and who needs more says so.
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}

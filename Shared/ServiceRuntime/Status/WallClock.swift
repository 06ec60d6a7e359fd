#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The time of day, for the shell around the cores: measures and names, never state.
package enum WallClock {
  /// Nanoseconds since the epoch.
  package static var nanoseconds: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Milliseconds since the epoch.
  package static var milliseconds: Int64 { nanoseconds / 1_000_000 }
}

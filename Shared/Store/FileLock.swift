#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An exclusive lock on a file, held until released or until the process ends, however it ends.
package final class FileLock {
  private var descriptor: Int32

  /// Takes the lock, on a file that is made if there is none.
  ///
  /// - Parameter tries: how often, a moment apart: whoever asks whether it is held has it for an
  ///   instant (``isHeld(_:)``), and is no owner.
  /// - Throws: ``StoreError/alreadyOpen(_:)`` if somebody else has it.
  package init(path: String, tries: Int = 20) throws(StoreError) {
    descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw StoreError.failed("\(path): \(String(cString: strerror(errno)))")
    }
    // The object is whole by now, so that its end closes the file: to close it here, too, could
    // close what another thread has just opened.
    for left in (0..<tries).reversed() {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return }
      if left > 0 { poll(nil, 0, Self.pause) }
    }
    throw StoreError.alreadyOpen(path)
  }

  /// Milliseconds between two tries.
  private static let pause: Int32 = 5

  /// Whether somebody holds the lock of a file; nobody holds one that is not there.
  package static func isHeld(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// Gives the lock back.
  package func release() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  deinit { release() }
}

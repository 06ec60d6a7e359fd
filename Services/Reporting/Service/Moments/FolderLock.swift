import Foundation

/// A lock on a file that is there, which ends with its process at the latest.
final class FolderLock {
  enum Kind { case shared, alone, aloneOrNot }

  private let descriptor: Int32

  /// Takes the lock; nil where the file is not there, or has been renamed by the time that it is
  /// taken, or where another holds it and there is no waiting for it.
  ///
  /// - Parameter makes: whether the file is made where it is not there.
  init?(_ path: String, _ kind: Kind, makes: Bool = false) {
    descriptor = open(path, O_RDWR | O_CLOEXEC | (makes ? O_CREAT : 0), 0o644)
    guard descriptor >= 0 else { return nil }
    let operation =
      switch kind {
      case .shared: LOCK_SH
      case .alone: LOCK_EX
      case .aloneOrNot: LOCK_EX | LOCK_NB
      }
    var result = flock(descriptor, operation)
    while result != 0, errno == EINTR { result = flock(descriptor, operation) }
    var (held, named) = (stat(), stat())
    guard result == 0, fstat(descriptor, &held) == 0, stat(path, &named) == 0,
      held.st_ino == named.st_ino, held.st_dev == named.st_dev
    else {
      close(descriptor)
      return nil
    }
  }

  /// Notes that it is used now.
  func touch() { _ = futimens(descriptor, nil) }

  func release() { close(descriptor) }

  /// When a file was last written to, in nanoseconds since the epoch; 0 where there is none.
  static func written(_ path: String) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }

  /// How many seconds ago a file was last written to.
  static func age(_ path: String) -> Int64 { Int64(time(nil)) - written(path) / 1_000_000_000 }
}

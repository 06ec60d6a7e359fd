#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The file of a store, locked: whoever holds this is the only one, here or in another process, to
/// open, replace or put aside what lies there.
///
/// The lock is an advisory one (`flock`) on a file beside the store. It ends with the process. It
/// holds between machines only where their file system carries such locks from one to the other,
/// as NFS does since version 4; an instance's data folder is best its own.
public final class StoreFile {
  /// Where the store lies.
  public let path: String
  private let lock: FileLock

  /// Locks the place of a store.
  ///
  /// - Throws: ``StoreError/alreadyOpen(_:)``.
  public init(path: String) throws(StoreError) {
    self.path = path
    lock = try FileLock(path: path + ".lock")
  }

  /// Whether there is a store.
  public var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// Puts the store away under another name, for people to look at; returns the name.
  ///
  /// The file goes first: what a crash leaves of it after that belongs to no store, and is removed
  /// before a new one is made.
  public func setAside() throws(StoreError) -> String {
    var number = 1
    while FileManager.default.fileExists(atPath: aside(number)) { number += 1 }
    try Files.rename(path, to: aside(number))
    if FileManager.default.fileExists(atPath: path + "-wal") {
      try Files.rename(path + "-wal", to: aside(number) + "-wal")
    }
    try removeCompanions()
    try DamageMark.clear(path)
    return aside(number)
  }

  /// Whether somebody has a store open to work on it, here or in another process.
  public static func isInUse(_ path: String) -> Bool { isLocked(path + ".lock") }

  /// Whether somebody holds a lock file.
  public static func isLocked(_ path: String) -> Bool { FileLock.isHeld(path) }

  /// Puts a whole and closed store, which lies beside this one, in its place.
  public func replace(with other: String) throws(StoreError) {
    // What SQLite kept beside the old file would be taken for changes of the new one.
    try removeCompanions()
    try DamageMark.clear(path)
    try Files.rename(other, to: path)
    try Files.synchronizeFolder(of: path)
  }

  /// Removes what lies beside a store that is not there.
  func removeCompanions() throws(StoreError) {
    for suffix in ["-wal", "-shm", "-journal"] { try Files.remove(path + suffix) }
  }

  /// Lets others have it.
  public func release() { lock.release() }

  private func aside(_ number: Int) -> String { "\(path)-set-aside-\(number)" }
}

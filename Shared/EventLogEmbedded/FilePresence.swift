import EventLog
import Foundation

/// Whether a log's files are still where they are looked for.
///
/// A file that was removed goes on taking what is written to it, for as long as it is open, and
/// what was acknowledged is gone with it. A folder that was renamed has everything still.
struct FilePresence: Sendable {
  /// A file, whatever its name.
  fileprivate struct Identity: Equatable {
    var device: dev_t
    var number: ino_t

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      (device, number) = (status.st_dev, status.st_ino)
    }
  }

  private let folder: String
  private let lock: DirectoryLock
  private let identity: Identity?

  /// The presence of a log whose folder is locked.
  init(folder: URL, lock: DirectoryLock) {
    self.folder = folder.path
    self.lock = lock
    identity = Identity(folder.path)
  }

  /// Whether the folder itself is there, under its name or another.
  var isFolderThere: Bool { lock.isThere }

  /// A file of the log that is open.
  struct OpenFile: Sendable {
    fileprivate let presence: FilePresence
    fileprivate let path: String
    fileprivate let identity: Identity?

    /// - Throws: ``EventLogError/failed(_:)`` where the file was removed, or another stands in its
    ///   place.
    func check() throws(EventLogError) {
      if let identity, Identity(path) == identity { return }
      // Under another name of the folder it is not found either, and is whole.
      let isRenamed =
        presence.isFolderThere && Identity(presence.folder) != presence.identity
      guard isRenamed else {
        throw .failed(
          "\(path) was removed or replaced while it was in use, and what was written to it is "
            + "lost: stop the services, and put the data folder back")
      }
    }
  }

  /// Notes a file of the log that was just opened.
  func file(_ path: String) -> OpenFile {
    OpenFile(presence: self, path: path, identity: Identity(path))
  }
}

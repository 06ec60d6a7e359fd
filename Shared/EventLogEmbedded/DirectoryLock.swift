import EventLog
import Foundation

/// The right to a log's directory, held until released or until the process ends, however it ends.
final class DirectoryLock: Sendable {
  private let descriptor: Int32

  /// - Throws: ``EventLogError/alreadyOpen(_:)`` where another log holds it, in any process.
  init(directory: URL) throws(EventLogError) {
    // A topic's name has no "~", so no topic's folder can take this name.
    let path = directory.appending(path: "log~lock").path
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .failed("\(path): \(Self.lastError)") }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      // The object is whole by now, so that its end closes the file: to close it here, too, could
      // close what another thread has just opened.
      let reason = errno
      throw reason == EWOULDBLOCK
        ? .alreadyOpen(directory.path) : .failed("\(path): \(String(cString: strerror(reason)))")
    }
  }

  /// Whether its file was not removed: it is where the log's other files are.
  var isThere: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_nlink > 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Lets others open the directory.
  func release() { flock(descriptor, LOCK_UN) }

  /// Makes a folder and its entry in its parent survive a power cut.
  static func makeDurableFolder(_ folder: URL) throws(EventLogError) {
    let parent = folder.deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .failed("\(folder.path): \(error)")
    }
    let opened = open(parent.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw .failed("\(parent.path): \(lastError)") }
    defer { close(opened) }
    guard fsync(opened) == 0 else { throw .failed("\(parent.path): \(lastError)") }
  }

  private static var lastError: String { String(cString: strerror(errno)) }
}

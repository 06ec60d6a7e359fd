import Foundation

/// A file that is open for reading, closed with its last reference.
final class OpenFile {
  private let path: String
  private let descriptor: Int32

  /// The file's size in bytes; 0 where it has none, as a pipe.
  let size: Int64

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(path) }
    var status = stat()
    size = fstat(descriptor, &status) == 0 ? Int64(status.st_size) : 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads up to the buffer's size; 0 at the end of the file.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw Self.error(path) }
    }
  }

  private static func error(_ path: String) -> InputFileError {
    InputFileError(file: path, code: .unreadable, detail: String(cString: strerror(errno)))
  }
}

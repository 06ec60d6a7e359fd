#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One file written front to back through a buffer of its own.
final class OutputFile {
  let path: String
  let text = ByteText(capacity: 1 << 16)
  private var descriptor: Int32

  /// Creates the file, or empties it.
  init(path: String) throws(SampleError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw .file(path: path, code: errno) }
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
  }

  /// Call after each record: hands the buffer to the system once it is worth it.
  func settle() throws(SampleError) {
    if text.count >= 1 << 15 { try flush() }
  }

  private func flush() throws(SampleError) {
    var rest = text.raw[...]
    while !rest.isEmpty {
      let written = write(
        descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw .file(path: path, code: errno)
      }
      rest = rest.dropFirst(written)
    }
    text.clear()
  }

  /// Writes what is left and closes; the file is not synced, a sample can be made again.
  func finish() throws(SampleError) {
    try flush()
    let closed = close(descriptor)
    descriptor = -1
    if closed != 0 { throw .file(path: path, code: errno) }
  }

  /// Removes a file that may be there.
  static func remove(_ path: String) { _ = unlink(path) }

  /// Makes a folder and those above it.
  static func makeFolder(_ path: String) throws(SampleError) {
    var at = path.startIndex
    while at < path.endIndex {
      let next = path[path.index(after: at)...].firstIndex(of: "/") ?? path.endIndex
      let part = String(path[..<next])
      if mkdir(part, 0o755) != 0, errno != EEXIST, access(part, F_OK) != 0 {
        throw .file(path: part, code: errno)
      }
      at = next
    }
  }
}

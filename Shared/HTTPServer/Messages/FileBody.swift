import Glibc

extension ResponseBody {
  /// A file's bytes, as long as it is when it is opened here.
  ///
  /// - Throws: ``HTTPError`` with 404 where there is no regular file of that path that can be read.
  public static func file(_ path: String) throws(HTTPError) -> ResponseBody {
    guard let file = OpenFile(path) else {
      throw HTTPError(.notFound, code: "notFound", "there is nothing of that name")
    }
    return .stream(length: file.size) { writer in
      var position: Int64 = 0
      while position < file.size {
        let chunk = try file.read(from: position, atMost: 2 * BodyWriter.capacity)
        guard !chunk.isEmpty else { throw FileCut() }
        try await writer.write(chunk)
        position += Int64(chunk.count)
      }
    }
  }
}

/// A file became shorter while it was sent, or could not be read on.
struct FileCut: Error {}

/// A file that is open for reading until nothing uses it any more.
private final class OpenFile: Sendable {
  let size: Int64
  private let descriptor: Int32

  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    let isFile = descriptor >= 0 && fstat(descriptor, &status) == 0
    size = Int64(status.st_size)
    guard isFile, status.st_mode & S_IFMT == S_IFREG else { return nil }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func read(from position: Int64, atMost count: Int) throws(FileCut) -> [UInt8] {
    let wanted = min(count, Int(size - position))
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
      result = pread(descriptor, buffer.baseAddress, wanted, Int(position))
      filled = max(0, result)
    }
    if result < 0 { throw FileCut() }
    return bytes
  }
}

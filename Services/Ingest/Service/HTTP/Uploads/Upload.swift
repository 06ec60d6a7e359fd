import Foundation
import HTTPServer
import ServiceRuntime
import Synchronization

/// A posted file on disk, for as long as it takes to read it: it goes with its last reference.
final class Upload: Sendable {
  let path: String
  private let folder: UploadFolder
  private let descriptor: Int32
  private let size: Mutex<(reserved: Int64, written: Int64)>

  /// Makes an empty file in a folder that is there; blocks.
  init(in folder: UploadFolder, reserved: Int64) throws {
    self.folder = folder
    size = Mutex((reserved, 0))
    path = folder.path + "/" + UUID().uuidString
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(path)
    let size = size.withLock { $0 }
    folder.end(reserved: size.reserved, written: size.written)
  }

  /// Writes a body.
  ///
  /// - Throws: ``Refusal`` where it is too long or the disk has no room, and what the body throws.
  func write(_ beginning: [UInt8], _ rest: inout RequestBody.AsyncIterator) async throws {
    try await append(beginning)
    while let chunk = try await rest.next() { try await append(chunk) }
  }

  private func append(_ bytes: [UInt8]) async throws {
    try await ProcessThreads.disk.run { [self] in
      let (reserved, written) = size.withLock { $0 }
      let wanted = written + Int64(bytes.count)
      guard wanted <= folder.limits.file else { throw Refusal.tooLarge(folder.limits.file) }
      if wanted > reserved {
        let more = max(UploadFolder.step, wanted - reserved)
        try folder.reserve(more)
        size.withLock { $0.reserved += more }
      }
      try put(bytes)
      size.withLock { $0.written = wanted }
      folder.note(written: Int64(bytes.count))
    }
  }

  private func put(_ bytes: [UInt8]) throws {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        guard errno == ENOSPC || errno == EDQUOT else {
          throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        throw Refusal.diskFull(free: 0, spare: folder.limits.spareBytes)
      }
      done += count
    }
  }
}

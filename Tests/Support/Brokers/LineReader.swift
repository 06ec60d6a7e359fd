import Foundation
import Synchronization

/// Reads lines as they come. Blocks.
public final class LineReader: Sendable {
  private let handle: FileHandle
  // Only one thread at a time reads: the caller's, and after `drain` the reader's own.
  private let rest = Mutex(Data())

  /// Reads from a pipe, which nobody else reads from.
  public init(_ handle: FileHandle) { self.handle = handle }

  /// The next line without its end; nil after the last.
  public func next() -> String? {
    while true {
      let line = rest.withLock { rest -> Data? in
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = Data(rest[(end + 1)...]) }
        return Data(rest[..<end])
      }
      if let line { return String(decoding: line, as: UTF8.self) }
      let more = PipeBytes.next(handle)
      guard !more.isEmpty else { return nil }
      rest.withLock { $0 += more }
    }
  }

  /// Reads on in the background and forgets what it reads, so that the writer never waits.
  func drain() {
    Thread.detachNewThread { [handle] in while !PipeBytes.next(handle).isEmpty {} }
  }
}

/// Reads what programs write. Blocks.
public enum PipeBytes {
  /// What can be read next, once there is something; nothing at the end, or where reading fails.
  ///
  /// Unlike `availableData` it goes on after a signal, which may end a read that waits.
  public static func next(_ handle: FileHandle) -> Data {
    let descriptor = handle.fileDescriptor
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count >= 0 { return Data(bytes[..<count]) }
      guard errno == EINTR else { return Data() }
    }
  }
}

extension Pipe {
  /// A pipe for one program. Others that are started do not get its ends, which they would hold
  /// open: the program would never see its input end.
  public static func forOneProgram() -> Pipe {
    let pipe = Pipe()
    for handle in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
      _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    return pipe
  }
}

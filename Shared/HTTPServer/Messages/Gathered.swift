import Synchronization

/// Bytes that are gathered from several calls.
final class Gathered: Sendable {
  private let all = Mutex<[UInt8]>([])

  var bytes: [UInt8] { all.withLock { $0 } }

  func append(_ bytes: [UInt8]) { all.withLock { $0 += bytes } }
}

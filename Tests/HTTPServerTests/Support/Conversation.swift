import Foundation
import RawHTTP

extension RawConnection {
  /// Sends bytes in parts, reads what the server sends meanwhile and after, and returns that.
  ///
  /// - Parameter ends: whether the client then says that nothing more comes.
  func converse(_ parts: [ArraySlice<UInt8>], ends: Bool) throws -> [UInt8] {
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    var received: [UInt8] = []
    for part in parts {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      if poll(&ready, 1, 0) > 0 {
        let some = try receive()
        if some.isEmpty { return received }
        received += some
      }
      do { try send(Array(part)) } catch { break }
    }
    if ends { endSending() }
    while case let some = try receive(), !some.isEmpty { received += some }
    return received
  }
}

/// Bytes one by one.
func single(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] { bytes.indices.map { bytes[$0...$0] } }

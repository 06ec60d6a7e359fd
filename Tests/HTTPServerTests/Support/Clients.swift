import CNetwork
import Foundation
import Glibc
import RawHTTP

/// Has a client do something on a thread of its own.
func client<Answer: Sendable>(
  _ port: Int, receiveBuffer: Int32? = nil,
  _ body: @escaping @Sendable (RawConnection) throws -> Answer
) async throws -> Answer {
  try await onThread {
    let client = try RawConnection(port: port, receiveBuffer: receiveBuffer)
    defer { client.close() }
    return try body(client)
  }
}

/// The statuses in what a server sent.
func statuses(_ text: String) -> [String] {
  text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
}

extension RawConnection {
  /// A response with a stated length, as it came.
  func receiveText() throws -> String {
    let response = try receiveResponse()
    return response.head + response.text
  }

  /// Sends what fits within half a second; answers how many bytes did.
  func sendSome(_ bytes: ArraySlice<UInt8>) -> Int {
    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&ready, 1, 500) > 0 else { return 0 }
    return max(
      0,
      bytes.withUnsafeBytes {
        Glibc.send(
          descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      })
  }

  /// Has the system send what is sent from here on together with the end.
  func cork() {
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_CORK, &on, socklen_t(MemoryLayout<Int32>.size))
  }
}

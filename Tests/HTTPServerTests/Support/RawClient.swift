import CNetwork
import Foundation
import Glibc

/// A client that sends bytes as they are. It blocks, so it works on a thread of its own: the server
/// and the test share few.
struct RawClient: Sendable {
  /// A call on the socket failed, or took over a minute.
  struct Failed: Error { var what: String }

  let descriptor: Int32

  init(port: Int, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { throw Failed(what: "socket") }
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    var patience = timeval(tv_sec: 60, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let failed = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard failed == 0 else { throw Failed(what: "connect") }
  }

  /// Sends text; throws where the server has closed.
  func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Sends bytes; throws where the server has closed.
  func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failed(what: "send") }
      sent += count
    }
  }

  /// What comes next; empty at the end, and where the connection was cut.
  func receive(_ most: Int = 64 << 10) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: most)
    let count = recv(descriptor, &buffer, most, 0)
    if count < 0, errno == EAGAIN { throw Failed(what: "nothing came") }
    return Array(buffer.prefix(max(0, count)))
  }

  /// Everything up to a text, or to the end.
  func receive(through text: String) throws -> String {
    var all = ""
    while !all.contains(text) {
      let part = try receive(1)
      if part.isEmpty { break }
      all += String(decoding: part, as: UTF8.self)
    }
    return all
  }

  /// Everything until the server closes.
  func receiveAll() throws -> String {
    var all: [UInt8] = []
    while case let part = try receive(), !part.isEmpty { all += part }
    return String(decoding: all, as: UTF8.self)
  }

  /// A response with a stated length, and nothing after it.
  func receiveResponse() throws -> String {
    let head = try receive(through: "\r\n\r\n")
    let length =
      head.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
      .flatMap { Int($0.dropFirst(16)) } ?? 0
    var body: [UInt8] = []
    while body.count < length {
      let part = try receive(length - body.count)
      if part.isEmpty { break }
      body += part
    }
    return head + String(decoding: body, as: UTF8.self)
  }

  /// Says that nothing more comes.
  func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  func close() { _ = Glibc.close(descriptor) }
}

/// Has a client do something on a thread of its own.
func client<Answer: Sendable>(
  _ port: Int, receiveBuffer: Int32? = nil,
  _ body: @escaping @Sendable (RawClient) throws -> Answer
) async throws -> Answer {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread {
      continuation.resume(
        with: Result {
          let client = try RawClient(port: port, receiveBuffer: receiveBuffer)
          defer { client.close() }
          return try body(client)
        })
    }
  }
}

/// The statuses in what a server sent.
func statuses(_ text: String) -> [String] {
  text.components(separatedBy: "HTTP/1.1 ").dropFirst().map { String($0.prefix(3)) }
}

extension RawClient {
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
}

extension RawClient {
  /// Has the system send what is sent from here on together with the end.
  func cork() {
    var on: Int32 = 1
    setsockopt(
      descriptor, Int32(IPPROTO_TCP), TCP_CORK, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Has the system reset the connection when it is closed.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }
}

import Foundation

/// A connection to a server, on which bytes are sent as they are. Its calls block, so they are for
/// threads of a test's own: ``onThread(_:)``.
public struct RawConnection: Sendable {
  /// A call on the socket failed, or took over a minute.
  public struct Failed: Error, CustomStringConvertible {
    /// What failed, and why.
    public var description: String

    /// A failure of a call, of which the system has said why.
    public init(_ call: String) { description = "\(call): \(String(cString: strerror(errno)))" }
  }

  /// The socket.
  public let descriptor: Int32

  /// Connects.
  ///
  /// - Parameters:
  ///   - source: the address to come from: of 127.0.0.0/8 each is this machine's own.
  ///   - receiveBuffer: how much the system holds of what was not read.
  public init(port: Int, from source: String? = nil, receiveBuffer: Int32? = nil) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failed("socket") }
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    // What answers may be a task that waits for its turn behind other tests, for minutes.
    var patience = timeval(tv_sec: 900, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
    if let source { try call("bind", source, 0, bind) }
    try call("connect", "127.0.0.1", port, connect)
  }

  private func call(
    _ name: String, _ host: String, _ port: Int,
    _ body: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    let failed = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard failed == 0 else {
      let error = Failed(name)
      close()
      throw error
    }
  }

  /// Sends text; throws where the server has closed.
  public func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Sends bytes; throws where the server has closed.
  public func send(_ bytes: [UInt8]) throws {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failed("send") }
      sent += count
    }
  }

  /// What comes next; empty at the end, and where the connection was cut.
  public func receive(_ most: Int = 64 << 10) throws -> [UInt8] {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
      count = recv(descriptor, buffer.baseAddress, most, 0)
      filled = max(0, count)
    }
    if count < 0, errno == EAGAIN { throw Failed("receive") }
    return bytes
  }

  /// Everything until the server closes.
  public func receiveAll() throws -> String {
    var all: [UInt8] = []
    while case let part = try receive(), !part.isEmpty { all += part }
    return String(decoding: all, as: UTF8.self)
  }

  /// Everything up to a text, or to the end; bytes after it may be lost.
  public func receive(through text: String) throws -> String {
    var all = ""
    while !all.contains(text) {
      let part = try receive(1)
      if part.isEmpty { break }
      all += String(decoding: part, as: UTF8.self)
    }
    return all
  }

  /// A response with a stated length.
  public func receiveResponse() throws -> RawResponse {
    let head = try receive(through: "\r\n\r\n")
    let length = RawResponse(head: head).header("Content-Length").flatMap { Int($0) } ?? 0
    var body: [UInt8] = []
    while body.count < length {
      let part = try receive(length - body.count)
      if part.isEmpty { break }
      body += part
    }
    return RawResponse(head: head, body: body)
  }

  /// Sends a request with what it needs to be one, and takes its response.
  public func request(
    _ method: String, _ path: String, _ headers: [String] = [], body: String? = nil
  ) throws -> RawResponse {
    var lines = ["\(method) \(path) HTTP/1.1"] + headers
    if !headers.contains(where: { $0.hasPrefix("Host:") }) { lines.append("Host: localhost") }
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    try send(lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? ""))
    return try receiveResponse()
  }

  /// Waits until the server has closed, or sent something, for as long as a minute.
  ///
  /// - Returns: whether it has closed.
  public func waitForEnd() throws -> Bool { try receive(1).isEmpty }

  /// The first of several connections on which something came, or that was closed, within a minute;
  /// nil where nothing did.
  public static func waitForAny(_ connections: [RawConnection]) -> RawConnection? {
    var states = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    guard poll(&states, nfds_t(states.count), 60_000) > 0 else { return nil }
    return zip(connections, states).first { $0.1.revents != 0 }?.0
  }

  /// Whether the server has closed by now.
  public var isClosed: Bool {
    var byte: UInt8 = 0
    let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count == 0 || count < 0 && errno != EAGAIN
  }

  /// Says that nothing more comes.
  public func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Has the system reset the connection when it is closed.
  public func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// Closes it.
  public func close() { _ = Glibc.close(descriptor) }
}

/// A response as it came.
public struct RawResponse: Sendable {
  /// Its first line and its headers.
  public var head: String
  /// Its body.
  public var body: [UInt8]

  /// A response of its parts.
  public init(head: String, body: [UInt8] = []) { (self.head, self.body) = (head, body) }

  /// The number of its status; 0 where nothing came.
  public var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }
  /// Its body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }

  /// The first value of a header.
  public func header(_ name: String) -> String? {
    head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
      .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
  }
}

/// Does what blocks on a thread of its own, and waits for its end: tests share few threads.
public func onThread<Answer: Sendable>(
  _ body: @escaping @Sendable () throws -> Answer
) async throws -> Answer {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
  }
}

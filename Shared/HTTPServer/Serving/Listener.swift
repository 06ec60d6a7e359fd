import CNetwork
import Glibc

/// Why a server does not listen.
public struct ListenError: Error, Sendable, CustomStringConvertible {
  /// What could not be had.
  let what: String
  /// The system's number of the error.
  let code: Int32

  /// Why, in the system's words.
  public var reason: String { String(cString: strerror(code)) }

  /// What and why.
  public var description: String { "\(what): \(reason)" }

  static func last(_ what: String) -> ListenError { ListenError(what: what, code: errno) }
}

/// A connection that came in.
struct Arrival {
  let descriptor: Int32
  /// The client's address.
  let address: String
  /// What its connections are counted by.
  let networks: [Network]
}

/// A socket that takes connections.
struct Listener {
  let socket: Socket
  let port: Int

  /// Listens on an address: a name, or an IPv4 or IPv6 address; `::` takes both.
  init(
    host: String, port: Int, probeTime: Duration, backlog: Int32 = 1_024
  ) throws(ListenError) {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, String(port), &hints, &found) == 0, let address = found else {
      throw ListenError(what: host, code: EADDRNOTAVAIL)
    }
    defer { freeaddrinfo(found) }
    let descriptor = Glibc.socket(
      address.pointee.ai_family,
      Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .last(host) }
    Self.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
    if address.pointee.ai_family == AF_INET6 {
      Self.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, host == "::" ? 0 : 1)
    }
    Self.probe(descriptor, probeTime)
    guard bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) == 0,
      listen(descriptor, backlog) == 0
    else {
      let error = ListenError.last("\(host):\(port)")
      close(descriptor)
      throw error
    }
    socket = Socket(descriptor)
    self.port = Self.port(of: descriptor) ?? port
  }

  /// A connection that came in; nil if there is none.
  ///
  /// - Throws: ``ListenError``, also where the process has no descriptor left.
  func accept() throws(ListenError) -> Arrival? {
    while true {
      var storage = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let descriptor = withUnsafeMutablePointer(to: &storage) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          accept4(
            socket.descriptor, $0, &length,
            Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
        }
      }
      if descriptor >= 0 {
        Self.set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        // What a slow client does not take is not to pile up in the system either.
        Self.set(descriptor, Int32(IPPROTO_TCP), TCP_NOTSENT_LOWAT, 128 << 10)
        let address = Self.name(of: &storage, length)
        return Arrival(
          descriptor: descriptor, address: address,
          networks: AddressRange.bytes(address).map(Network.all) ?? [])
      }
      switch errno {
      case EAGAIN: return nil
      case EINTR, ECONNABORTED, EPROTO: continue
      default: throw .last("accept")
      }
    }
  }

  /// Has the system ask whether the other side is still there, on the connections that come in too,
  /// since they inherit it. A client that has ended its sending, and is gone, is found by nothing
  /// else while there is nothing to send to it.
  private static func probe(_ descriptor: Int32, _ time: Duration) {
    let seconds = Int32(clamping: max(1, time.components.seconds))
    set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, seconds)
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, max(1, seconds / 3))
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
  }

  private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }

  private static func port(of descriptor: Int32) -> Int? {
    var storage = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    let failed = withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getsockname(descriptor, $0, &length)
      }
    }
    guard failed == 0 else { return nil }
    // The port is at the same place for IPv4 and IPv6.
    return withUnsafeBytes(of: &storage) { Int($0[2]) << 8 | Int($0[3]) }
  }

  private static func name(of storage: inout sockaddr_storage, _ length: socklen_t) -> String {
    var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let failed = withUnsafePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        getnameinfo($0, length, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
      }
    }
    guard failed == 0 else { return "" }
    let text = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // An IPv4 client of a listener for both.
    return text.hasPrefix("::ffff:") ? String(text.dropFirst(7)) : text
  }
}

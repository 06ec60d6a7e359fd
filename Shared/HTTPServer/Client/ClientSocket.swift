import CNetwork
import Glibc

/// A connection of a client, in the clear or within TLS. Its calls block.
final class ClientSocket {
  /// What is waited for at most, at a time.
  private static let connectTime: Int32 = 10_000

  private let descriptor: Int32
  private var context: OpaquePointer?
  private var session: OpaquePointer?

  /// Connects to a site, by the first of its addresses that answers.
  ///
  /// - Throws: ``ClientError``.
  init(_ site: Site) throws(ClientError) {
    signal(SIGPIPE, SIG_IGN)
    descriptor = try Self.connect(site.host, site.port ?? (site.isSecure ? 443 : 80))
    if site.isSecure { try beginTLS(site.host) }
  }

  deinit {
    if let session { SSL_free(session) }
    if let context { SSL_CTX_free(context) }
    close(descriptor)
  }

  /// How long a call waits for the other side at most.
  func setPatience(_ time: Duration) {
    let (seconds, _) = time.components
    var patience = timeval(tv_sec: Int(seconds), tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// Whether there is something to read already. Within TLS that cannot be told: the other side
  /// sends what is no data too.
  var hasInput: Bool {
    guard session == nil else { return false }
    var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&state, 1, 0) > 0
  }

  /// Sends bytes; false where the other side takes no more.
  func send(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { buffer in
        if let session {
          return Int(SSL_write(session, buffer.baseAddress, Int32(clamping: buffer.count)))
        }
        return Glibc.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// What comes next: empty at the end, nil if nothing came in time.
  ///
  /// - Throws: ``ClientError``.
  func receive() throws(ClientError) -> [UInt8]? {
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, filled in
        if let session {
          count = Int(SSL_read(session, buffer.baseAddress, Int32(buffer.count)))
        } else {
          count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        filled = max(0, count)
      }
      if count > 0 { return bytes }
      if let session, SSL_get_error(session, Int32(count)) == SSL_ERROR_ZERO_RETURN { return [] }
      if count == 0 { return [] }
      switch errno {
      case EINTR: continue
      case EAGAIN: return nil
      default: throw .last("the connection failed")
      }
    }
  }

  private static func connect(_ host: String, _ port: Int) throws(ClientError) -> Int32 {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &found)
    guard code == 0 else { throw ClientError("\(host): \(String(cString: gai_strerror(code)))") }
    defer { freeaddrinfo(found) }
    var error = ClientError("\(host) has no address")
    var next = found
    while let address = next?.pointee {
      do throws(ClientError) {
        return try connect(address)
      } catch let failed {
        error = failed
      }
      next = address.ai_next
    }
    throw error
  }

  private static func connect(_ address: addrinfo) throws(ClientError) -> Int32 {
    let descriptor = socket(
      address.ai_family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw .last("no connection") }
    do throws(ClientError) {
      let flags = fcntl(descriptor, F_GETFL)
      _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
      if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 {
        guard errno == EINPROGRESS else { throw .last("no connection") }
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard poll(&state, 1, connectTime) > 0 else {
          throw ClientError("no connection: nobody answered in \(connectTime / 1_000) seconds")
        }
        var (failed, size) = (Int32(0), socklen_t(MemoryLayout<Int32>.size))
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failed, &size)
        errno = failed
        guard failed == 0 else { throw .last("no connection") }
      }
      _ = fcntl(descriptor, F_SETFL, flags)
      var on: Int32 = 1
      for (level, option) in [(Int32(IPPROTO_TCP), TCP_NODELAY), (SOL_SOCKET, SO_KEEPALIVE)] {
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
      }
      return descriptor
    } catch {
      close(descriptor)
      throw error
    }
  }

  private func beginTLS(_ host: String) throws(ClientError) {
    context = saldo_tls_client_context()
    guard let context, let session = SSL_new(context),
      saldo_tls_expect(session, host) == 1, SSL_set_fd(session, descriptor) == 1
    else { throw ClientError(TLSError("TLS").description) }
    self.session = session
    ERR_clear_error()
    guard SSL_connect(session) == 1 else {
      let verdict = SSL_get_verify_result(session)
      guard verdict == X509_V_OK else {
        throw ClientError(
          "the certificate of \(host) is not trusted: "
            + String(cString: X509_verify_cert_error_string(verdict)))
      }
      throw ClientError(TLSError("no TLS with \(host)").description)
    }
  }
}

import CNetwork
import Glibc

/// What a name to listen on stands for.
public enum ListenAddress {
  /// Whether only this machine reaches a server that listens there: all addresses of the name are
  /// its own. A name that is none is nobody's.
  public static func isLoopback(_ host: String) -> Bool {
    if AddressRange.bytes(host) != nil { return AddressRange.isLoopback(host) }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_PASSIVE
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &found) == 0 else { return false }
    defer { freeaddrinfo(found) }
    var next = found
    var isLoopback = found != nil
    while let address = next?.pointee {
      isLoopback = isLoopback && AddressRange.isLoopback(text(address))
      next = address.ai_next
    }
    return isLoopback
  }

  private static func text(_ address: addrinfo) -> String {
    var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    guard
      getnameinfo(
        address.ai_addr, address.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST)
        == 0
    else { return "" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

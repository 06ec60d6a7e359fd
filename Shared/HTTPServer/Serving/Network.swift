/// What a client's connections are counted by: one client may have many addresses, and may not have
/// many places for it.
struct Network: Hashable, Sendable {
  /// How much of an address it is.
  enum Size: Hashable, Sendable {
    /// An IPv4 address, or the /64 of an IPv6 address, of which one machine has all.
    case machine
    /// The /48 of an IPv6 address, which one subscriber may have.
    case site
  }

  let size: Size
  let prefix: [UInt8]

  /// The networks of an address's bytes: 4 of IPv4, 16 of IPv6. One of IPv4 within IPv6 counts as
  /// what it is.
  static func all(of address: [UInt8]) -> [Network] {
    let isMapped =
      address.count == 16 && address[..<10].allSatisfy { $0 == 0 } && address[10] == 0xFF
      && address[11] == 0xFF
    if isMapped { return all(of: Array(address[12...])) }
    guard address.count == 16 else { return [Network(size: .machine, prefix: address)] }
    return [
      Network(size: .machine, prefix: Array(address[..<8])),
      Network(size: .site, prefix: Array(address[..<6])),
    ]
  }

  /// How many connections it may have.
  func limit(_ limits: ServerLimits) -> Int {
    switch size {
    case .machine: limits.connectionsPerAddress
    case .site: limits.connectionsPerSite
    }
  }
}

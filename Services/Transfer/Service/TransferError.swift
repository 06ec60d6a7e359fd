/// What the transfer service cannot work with.
public enum TransferError: Error, Equatable, Sendable {
  /// A store was made to pair documents within another number of days than is asked for.
  case otherPairingDays(found: Int32, asked: Int32)
}

extension TransferError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .otherPairingDays(let found, let asked):
      "virtual transfers are paired within \(found) days here, not \(asked), and what was sent "
        + "hangs on it: ask for \(found), or for none"
    }
  }
}

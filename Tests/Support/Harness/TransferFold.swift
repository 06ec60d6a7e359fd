import Ledger
import Messages

/// The transfers as their topic says in the end.
public struct TransferFold {
  /// Rows of sender, receiver, the sender's document, the receiver's, state, what made the pair,
  /// what differs, candidates; sorted by code point.
  public let rows: [[String]]

  /// Reads the topic's partitions.
  public init(_ partitions: [[[UInt8]]]) {
    var reader = MessageReader<TransferState>()
    var last: [String: TransferState] = [:]
    for message in partitions.joined() {
      guard let state = message.withUnsafeBytes({ try? reader.read($0) }) else {
        continue
      }
      if let known = last[state.id], known.revision >= state.revision { continue }
      last[state.id] = state
    }
    rows = last.values.filter { $0.state != .withdrawn }.map { state in
      [
        state.senderRFC, state.receiverRFC, state.sender?.pedimento ?? "",
        state.receiver?.pedimento ?? "", state.state.rawValue, state.pairing?.rawValue ?? "",
        state.differs.map(\.rawValue).joined(separator: " "),
        state.candidates.map(\.pedimento).joined(separator: " "),
      ]
    }.sorted { a, b in
      CodePoints.precedes(a.joined(separator: "\u{0}"), b.joined(separator: "\u{0}"))
    }
  }
}

import Messages

extension LedgerFold {
  /// Whether a partition's messages end with all that a movement changed: where the last says that
  /// more is to come, they are read in the middle of it.
  public static func endsWhole(_ messages: [[UInt8]]) -> Bool {
    guard let last = messages.last else { return true }
    var reader = MessageReader<LedgerEntry>()
    return (try? last.withUnsafeBytes { try reader.read($0) })?.more != true
  }

  /// The messages up to the last movement that is told whole.
  static func whole(_ messages: [[UInt8]]) -> [[UInt8]] {
    var messages = messages
    while !endsWhole(messages) { messages.removeLast() }
    return messages
  }
}

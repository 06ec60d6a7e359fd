/// How much one task may do before the others have their turn on the threads that all share, if
/// nothing ever makes it wait: a client that always has bytes ready must not keep a thread.
struct FairShare {
  /// The bytes that a turn is worth.
  private static let turn = 1 << 20
  /// What an accepted connection, a request, or a call that brought no data costs, in bytes.
  static let call = 32 << 10

  private var spent = 0

  /// Counts work, and returns whether others are to have their turn now.
  mutating func isOver(after bytes: Int) -> Bool {
    spent += bytes
    guard spent >= Self.turn else { return false }
    spent = 0
    return true
  }
}

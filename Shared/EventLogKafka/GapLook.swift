/// Offsets that librdkafka passed over, and whether they are to be believed.
///
/// Offsets may hold no record: marks of transactions, and what compaction has removed. But records
/// must never be passed over for such, whatever befalls a fetch; so a gap is believed only where a
/// second look finds the very same. A look costs a seek, so where there are many gaps the first one
/// goes on over many of them, and the second confirms them all.
struct GapLook: Sendable {
  /// What to do with an offset that was come to.
  enum Finding: Sendable, Equatable {
    /// It is what follows.
    case take
    /// It was only looked at.
    case pass
    /// Enough was looked at: what was passed is to be read again.
    case again
  }

  /// How many records a first look goes over: few where gaps are, and more with each that finds
  /// several.
  static let shortest = 16
  static let longest = 10_000

  /// The gaps that a look has found: where each begins, and where it ends.
  private var seen: [Int64: Int64] = [:]
  /// What the first look expects, and how much it may go over yet; nil where none is under way.
  private var looking: (next: Int64, left: Int)?
  private var length = shortest

  /// Judges an offset.
  ///
  /// - Parameters:
  ///   - next: the one that is to be read.
  ///   - isEnd: whether it is the partition's end, where no record lies yet.
  mutating func judge(_ offset: Int64, next: Int64, isEnd: Bool) -> Finding {
    if looking == nil {
      guard offset > next, seen.removeValue(forKey: next) != offset else { return .take }
      seen = [:]
      looking = (next, length)
    }
    guard var look = looking else { return .take }
    if offset > look.next { seen[look.next] = offset }
    look.next = max(look.next, isEnd ? offset : offset + 1)
    look.left -= 1
    guard isEnd || look.left == 0 else {
      looking = look
      return .pass
    }
    looking = nil
    length = seen.count > 1 ? min(4 * length, Self.longest) : Self.shortest
    return .again
  }

  /// Notes that reading has gone elsewhere. What was found stays so.
  mutating func moved() { looking = nil }
}

import Ledger
import Messages

/// What is known of the receipts by one document in one book, but for their sums, in a word of 64
/// bits: when the last was, which units they came in, and whether a move has announced them.
public struct ReceiptMark: Sendable, Equatable {
  /// The word as it is stored: seconds since 1970 in the lowest 33 bits, a bit for each unit above
  /// them, and the highest for ``isAwaited``.
  public private(set) var word: UInt64

  private static let secondsBits: UInt64 = 33
  private static let seconds: UInt64 = 1 << secondsBits - 1
  private static let awaited: UInt64 = 1 << 63

  /// A word as it was stored; nothing received and nothing announced where it is 0.
  public init(word: UInt64 = 0) { self.word = word }

  /// Whether goods were announced under the document.
  public var isAwaited: Bool {
    get { word & Self.awaited != 0 }
    set { word = newValue ? word | Self.awaited : word & ~Self.awaited }
  }

  /// When the last was received, to the second; of no meaning before anything was.
  public var latest: Instant {
    Instant(nanoseconds: Int64(word & Self.seconds) * 1_000_000_000)
  }

  /// The units that came, in ascending order of their codes.
  public var units: [UnitOfMeasure] {
    (1...22).compactMap(UnitOfMeasure.init(code:)).filter(has)
  }

  /// Whether anything came in a unit.
  public func has(_ unit: UnitOfMeasure) -> Bool { word & Self.bit(of: unit) != 0 }

  /// Notes that something came in a unit.
  ///
  /// - Parameter instant: of the years in which facts may be, which fit the bits.
  public mutating func note(_ unit: UnitOfMeasure, at instant: Instant) {
    word |= Self.bit(of: unit)
    let last = UInt64(max(0, instant.nanoseconds) / 1_000_000_000)
    guard last > word & Self.seconds else { return }
    word = word & ~Self.seconds | min(last, Self.seconds)
  }

  /// Notes that something came in a unit, and when the last was of all that came and still counts.
  public mutating func note(_ unit: UnitOfMeasure, onlyAt latest: Instant?) {
    word &= ~Self.seconds
    note(unit, at: latest ?? Instant(nanoseconds: 0))
  }

  private static func bit(of unit: UnitOfMeasure) -> UInt64 {
    1 << (secondsBits + UInt64(unit.code))
  }
}

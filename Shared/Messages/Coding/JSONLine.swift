import Ledger

/// Canonical JSON of a few numbers, put together in memory of a known size and then appended at
/// once: an entry of the ledger can have a hundred thousand postings, and growing the message
/// twenty times for each costs more than what is written.
struct JSONLine {
  private let base: UnsafeMutableRawBufferPointer
  private var count = 0

  /// The most that a number takes, its quotes too.
  static let longestNumber = 26

  /// Appends what `write` writes: `literals` bytes of text and so many numbers at most.
  static func append(
    to bytes: inout [UInt8], literals: Int, numbers: Int, _ write: (inout JSONLine) -> Void
  ) {
    let size = literals + numbers * longestNumber
    withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
      var line = JSONLine(base: buffer)
      write(&line)
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: buffer[..<line.count]))
    }
  }

  private init(base: UnsafeMutableRawBufferPointer) { self.base = base }

  @inline(__always)
  mutating func literal(_ text: StaticString) {
    let size = text.utf8CodeUnitCount
    UnsafeMutableRawBufferPointer(rebasing: base[count..<count + size])
      .copyMemory(from: UnsafeRawBufferPointer(start: text.utf8Start, count: size))
    count += size
  }

  @inline(__always)
  mutating func member(_ literal: StaticString, _ integer: Int64) {
    self.literal(literal)
    decimal(integer, digits: 0)
  }

  @inline(__always)
  mutating func member(_ literal: StaticString, _ quantity: Quantity) {
    self.literal(literal)
    self.literal("\"")
    decimal(quantity.millionths, digits: 6)
    self.literal("\"")
  }

  @inline(__always)
  mutating func member(_ literal: StaticString, _ amount: Money) {
    self.literal(literal)
    self.literal("\"")
    decimal(amount.centavos, digits: 2)
    self.literal("\"")
  }

  @inline(__always)
  private mutating func decimal(_ value: Int64, digits: Int) {
    let place = UnsafeMutableRawBufferPointer(rebasing: base[count..<count + 24])
    count += FixedPoint.write(value, digits: digits, to: place)
  }
}

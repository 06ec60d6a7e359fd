import Ledger

/// A growing buffer that text is written into by hand, and that is reused: no formatter and no
/// String on the way of an event.
final class ByteText {
  private(set) var count = 0
  private var capacity: Int
  private var bytes: UnsafeMutablePointer<UInt8>

  init(capacity: Int = 4096) {
    self.capacity = capacity
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  var raw: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }

  func clear() { count = 0 }

  private func reserve(_ extra: Int) {
    guard count + extra > capacity else { return }
    let larger = max(capacity * 2, count + extra)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: bytes, count: count)
    bytes.deallocate()
    (bytes, capacity) = (moved, larger)
  }

  func append(_ text: StaticString) {
    reserve(text.utf8CodeUnitCount)
    (bytes + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    count += text.utf8CodeUnitCount
  }

  func append(_ text: [UInt8]) {
    reserve(text.count)
    for (i, byte) in text.enumerated() { bytes[count + i] = byte }
    count += text.count
  }

  func append(byte: UInt8) {
    reserve(1)
    bytes[count] = byte
    count += 1
  }

  func append(_ text: UnsafeRawBufferPointer) {
    reserve(text.count)
    UnsafeMutableRawBufferPointer(start: bytes + count, count: text.count).copyMemory(from: text)
    count += text.count
  }

  /// A number of zero or more, with leading zeros up to `width`.
  func append(number: Int, width: Int = 1) {
    reserve(20 + width)
    var length = 1
    var rest = number / 10
    while rest > 0 {
      length += 1
      rest /= 10
    }
    length = max(length, width)
    rest = number
    var at = count + length
    while at > count {
      at -= 1
      bytes[at] = UInt8(48 + rest % 10)
      rest /= 10
    }
    count += length
  }

  /// `value` over ten to the `scale`, without trailing zeros, or with all of them if `fixed`.
  func append(decimal value: Int64, scale: Int, fixed: Bool = false) {
    var (fraction, digits, one) = (Int(value), scale, 1)
    for _ in 0..<scale { one *= 10 }
    append(number: fraction / one)
    fraction %= one
    while !fixed, digits > 0, fraction % 10 == 0 {
      fraction /= 10
      digits -= 1
    }
    if digits > 0 {
      append(byte: UInt8(ascii: "."))
      append(number: fraction, width: digits)
    }
  }

  /// `YYYY-MM-DD`.
  func append(date: CalendarDate) {
    reserve(10)
    date.write(to: UnsafeMutableRawBufferPointer(start: bytes + count, count: 10))
    count += 10
  }

  /// `hh:mm:ss`.
  func append(clock second: Int) {
    append(number: second / 3600, width: 2)
    append(byte: UInt8(ascii: ":"))
    append(number: second / 60 % 60, width: 2)
    append(byte: UInt8(ascii: ":"))
    append(number: second % 60, width: 2)
  }

  /// The inside of a JSON string; the sample's texts hold no control characters.
  func append(json text: String) {
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
        append(byte: UInt8(ascii: "\\"))
      }
      append(byte: byte)
    }
  }

  /// Latin-1, as Data Stage writes its text; the sample's texts have no other characters.
  func append(latin1 text: String) {
    for scalar in text.unicodeScalars { append(byte: UInt8(truncatingIfNeeded: scalar.value)) }
  }
}

/// Finding the ends of lines.
package enum Lines {
  package static let feed = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")

  /// Where the line that goes on at `from` ends, and where the next one begins: CR, LF and CRLF all
  /// end lines. Nil if none of them comes.
  package static func end(
    in bytes: UnsafeRawBufferPointer, from: Int
  ) -> (text: Int, next: Int)? {
    var index = from
    while index < bytes.count, bytes[index] != feed, bytes[index] != carriageReturn { index += 1 }
    guard index < bytes.count else { return nil }
    let isPair =
      bytes[index] == carriageReturn && index + 1 < bytes.count && bytes[index + 1] == feed
    return (index, index + (isPair ? 2 : 1))
  }

  /// How many lines end in a text.
  package static func count(in bytes: UnsafeRawBufferPointer) -> Int64 {
    var (count, position) = (Int64(0), 0)
    while let line = end(in: bytes, from: position) {
      (count, position) = (count + 1, line.next)
    }
    return count
  }
}

/// What counts as blank in the files.
package enum Blank {
  package static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  /// The bytes without the white space around them.
  package static func trim(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var (from, to) = (0, bytes.count)
    while from < to, isSpace(bytes[from]) { from += 1 }
    while to > from, isSpace(bytes[to - 1]) { to -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[from..<to])
  }
}

import Foundation

/// Finding the ends of lines.
package enum Lines {
  package static let feed = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")

  /// Where the next line feed is, at or after `from`.
  package static func newline(in bytes: UnsafeRawBufferPointer, from: Int) -> Int? {
    guard from < bytes.count, let base = bytes.baseAddress else { return nil }
    guard let found = memchr(base + from, Int32(feed), bytes.count - from) else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// The line without the carriage return that a CRLF leaves.
  package static func withoutReturn(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    line.last == carriageReturn ? UnsafeRawBufferPointer(rebasing: line.dropLast()) : line
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

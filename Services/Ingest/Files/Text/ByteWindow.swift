import Foundation

/// What has been read of an input and is not used yet: all of it for bytes in memory, and for a
/// file a window of a chunk, or of as much as one line needs.
struct ByteWindow {
  private static let signature = 4

  private var bytes: [UInt8]
  private var start = 0
  private var end: Int
  private var file: OpenFile?

  /// The bytes of the input that were consumed.
  private(set) var position: Int64 = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
    end = bytes.count
  }

  /// A window on a file, with its first bytes: enough to tell what it is, if it has them.
  init(file: OpenFile, chunk: Int) throws {
    bytes = [UInt8](repeating: 0, count: max(Self.signature, chunk))
    end = 0
    self.file = file
    while !atEnd, count < Self.signature { try more() }
  }

  /// Whether nothing comes after what the window holds.
  var atEnd: Bool { file == nil }

  /// How many unused bytes the window holds.
  var count: Int { end - start }

  /// The unused bytes.
  var rest: ArraySlice<UInt8> { bytes[start..<end] }

  func withRest<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  mutating func consume(_ count: Int) {
    start += count
    position += Int64(count)
  }

  /// Reads on, keeping what is unused and making room for it.
  mutating func more() throws {
    guard let file else { return }
    if start > 0 {
      let (from, kept) = (start, count)
      bytes.withUnsafeMutableBytes { buffer in
        if let base = buffer.baseAddress { memmove(base, base + from, kept) }
      }
      (start, end) = (0, kept)
    }
    if end == bytes.count { bytes.append(contentsOf: repeatElement(0, count: end)) }
    let free = end
    let read = try bytes.withUnsafeMutableBytes { buffer in
      try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[free...]))
    }
    end += read
    if read == 0 { self.file = nil }
  }

  /// Drops white space and returns the byte after it, or nil where the input ends.
  mutating func skipWhitespace() throws -> UInt8? {
    while true {
      let blank = withRest { rest in rest.firstIndex { !Blank.isSpace($0) } ?? rest.count }
      consume(blank)
      if count > 0 { return bytes[start] }
      if atEnd { return nil }
      try more()
    }
  }

  /// Drops what is left of the line, and its end.
  mutating func skipLine() throws {
    while true {
      let newline = withRest { Lines.newline(in: $0, from: 0) }
      consume(newline.map { $0 + 1 } ?? count)
      if newline != nil || atEnd { return }
      try more()
    }
  }
}

import Foundation

/// What has been read of a text and is not used yet: all of it for bytes in memory, and for a file
/// a window of a chunk, or of as much as one line needs. UTF-16 is UTF-8 in the window.
struct ByteWindow {
  private static let signature = 4

  private var bytes: [UInt8]
  private var start = 0
  private var end: Int
  private var file: OpenFile?
  private let name: String
  private var utf16: UTF16Text?
  /// What a file of UTF-16 is read into.
  private var raw: [UInt8] = []
  private var rawRead: Int64 = 0
  private var used: Int64 = 0

  /// The line of the first unused byte, from 1; counted by those who use lines.
  var line: Int64 = 1
  /// Whether the text ends within a character.
  private(set) var isCut = false

  /// - Parameter name: for messages.
  init(bytes: [UInt8], name: String) throws {
    self.bytes = bytes
    self.name = name
    end = bytes.count
    try decode()
  }

  /// A window on a file, with its first bytes: enough to tell what it is, if it has them.
  init(file: OpenFile, chunk: Int, name: String) throws {
    bytes = [UInt8](repeating: 0, count: max(Self.signature, chunk))
    end = 0
    self.name = name
    self.file = file
    while !atEnd, count < Self.signature { try more() }
    try decode()
  }

  /// Whether nothing comes after what the window holds.
  var atEnd: Bool { file == nil }

  /// How many unused bytes the window holds.
  var count: Int { end - start }

  /// How many bytes of the file are done with.
  var position: Int64 { utf16 == nil ? used : rawRead }

  /// The unused bytes.
  var rest: ArraySlice<UInt8> { bytes[start..<end] }

  func withRest<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
  }

  mutating func consume(_ count: Int) {
    start += count
    used += Int64(count)
  }

  /// Reads on, keeping what is unused and making room for it.
  mutating func more() throws {
    guard let file else { return }
    keepRest()
    guard utf16 == nil else { return try moreUTF16(of: file) }
    if end == bytes.count { bytes.append(contentsOf: repeatElement(0, count: max(end, 1))) }
    let free = end
    let read = try bytes.withUnsafeMutableBytes { buffer in
      try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[free...]))
    }
    end += read
    if read == 0 { self.file = nil }
  }

  private mutating func keepRest() {
    guard start > 0 else { return }
    let (from, kept) = (start, count)
    bytes.withUnsafeMutableBytes { buffer in
      if let base = buffer.baseAddress { memmove(base, base + from, kept) }
    }
    (start, end) = (0, kept)
  }

  private mutating func moreUTF16(of file: OpenFile) throws {
    if raw.isEmpty { raw = [UInt8](repeating: 0, count: max(Self.signature, bytes.count)) }
    let read = try raw.withUnsafeMutableBytes { try file.read(into: $0) }
    rawRead += Int64(read)
    bytes.removeSubrange(end...)
    try raw.withUnsafeBytes { buffer in
      try append(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
    }
    if read == 0 {
      self.file = nil
      isCut = !(utf16?.isWhole ?? true)
    }
  }

  /// Passes over the mark of an encoding, and reads the first bytes as what it says.
  private mutating func decode() throws {
    let (encoding, mark) = TextEncoding.of(rest)
    switch encoding {
    case .bytes: consume(mark)
    case .utf32: throw error("the text is UTF-32: UTF-8 and UTF-16 are read")
    case .utf16(let isBigEndian):
      let first = Array(rest.dropFirst(mark))
      rawRead = Int64(count)
      utf16 = UTF16Text(isBigEndian: isBigEndian)
      bytes = []
      (start, end) = (0, 0)
      try first.withUnsafeBytes { try append($0) }
      if atEnd { isCut = !(utf16?.isWhole ?? true) }
    }
  }

  private mutating func append(_ text: UnsafeRawBufferPointer) throws {
    guard utf16?.append(text, to: &bytes) ?? true else { throw error("the text is no UTF-16") }
    end = bytes.count
  }

  private func error(_ detail: String) -> InputFileError {
    InputFileError(file: name, code: .encoding, detail: detail)
  }

  /// Drops white space and returns the byte after it, or nil if the text ends.
  mutating func skipWhitespace() throws -> UInt8? {
    var endsInReturn = false
    while true {
      let (blank, lines) = withRest { rest in
        var (index, lines) = (0, Int64(0))
        while index < rest.count, Blank.isSpace(rest[index]) {
          let byte = rest[index]
          let isNew = byte == Lines.carriageReturn || byte == Lines.feed && !endsInReturn
          if isNew { lines += 1 }
          endsInReturn = byte == Lines.carriageReturn
          index += 1
        }
        return (index, lines)
      }
      consume(blank)
      line += lines
      if count > 0 { return bytes[start] }
      if atEnd { return nil }
      try more()
    }
  }

  /// Drops what is left of the line, and its end.
  mutating func skipLine() throws {
    while true {
      let end = withRest { Lines.end(in: $0, from: 0) }
      // A carriage return may have its feed in what comes next.
      if let end, end.next == count, !atEnd {
        try more()
        continue
      }
      consume(end?.next ?? count)
      if end != nil || atEnd { return }
      try more()
    }
  }
}

/// Where a record of a CSV file (RFC 4180) ends, which may be lines later when it quotes them.
struct CSVRecord: Equatable {
  /// Where its text ends.
  var end: Int
  /// Where the next record begins; nil where its line does not end in the bytes.
  var next: Int?
  /// Whether it opens a quote that is never closed, or is too long: then it is one line.
  var isBroken: Bool

  private enum State { case fieldStart, plain, quoted, quoteEnd }

  /// The first record of the bytes, which are all that is left of the input, or more than
  /// ``FileLimits/maxRow``.
  static func first(
    in bytes: UnsafeRawBufferPointer, separator: UInt8, _ limits: FileLimits
  ) -> CSVRecord {
    let quote = UInt8(ascii: "\"")
    var state = State.fieldStart
    for index in 0..<min(bytes.count, limits.maxRow) {
      let byte = bytes[index]
      switch (state, byte) {
      case (.quoted, quote): state = .quoteEnd
      case (.quoted, _): break
      case (_, Lines.feed): return CSVRecord(end: index, next: index + 1, isBroken: false)
      case (_, separator): state = .fieldStart
      case (.fieldStart, quote), (.quoteEnd, quote): state = .quoted
      default: state = .plain
      }
    }
    if state != .quoted, bytes.count <= limits.maxRow {
      return CSVRecord(end: bytes.count, next: nil, isBroken: false)
    }
    let line = Lines.newline(in: bytes, from: 0)
    return CSVRecord(
      end: min(line ?? bytes.count, limits.maxRow), next: line.map { $0 + 1 }, isBroken: true)
  }
}

/// The cells of one record: unquoted, trimmed, in UTF-8.
struct CSVCells {
  private var text: [UInt8] = []
  private var ranges: [Range<Int>] = []

  var count: Int { ranges.count }

  /// Whether there is nothing in any of them.
  var areBlank: Bool { ranges.allSatisfy { $0.isEmpty } }

  func withCell<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try text.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[ranges[index]])) }
  }

  /// Takes the cells of a record's text, which is UTF-8.
  mutating func split(_ record: UnsafeRawBufferPointer, separator: UInt8) {
    let quote = UInt8(ascii: "\"")
    text.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    let line = Lines.withoutReturn(record)
    var (index, start) = (0, 0)
    while true {
      if index < line.count, line[index] == quote {
        index += 1
        while index < line.count {
          if line[index] == quote {
            index += 1
            if index == line.count || line[index] != quote { break }
          }
          text.append(line[index])
          index += 1
        }
      }
      while index < line.count, line[index] != separator {
        text.append(line[index])
        index += 1
      }
      ranges.append(trimmed(start))
      start = text.count
      guard index < line.count else { return }
      index += 1
    }
  }

  /// A hash of the cells that tells one row's content from another's.
  var hash: UInt64 {
    var hash = FNV1a()
    for (index, range) in ranges.enumerated() {
      if index > 0 { hash.combine(0x1F) }
      hash.combine(text[range])
    }
    return hash.value
  }

  private func trimmed(_ start: Int) -> Range<Int> {
    var (from, to) = (start, text.count)
    while from < to, Blank.isSpace(text[from]) { from += 1 }
    while to > from, Blank.isSpace(text[to - 1]) { to -= 1 }
    return from..<to
  }
}

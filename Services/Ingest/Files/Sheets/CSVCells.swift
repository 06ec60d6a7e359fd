/// The cells of one record: unquoted, trimmed, in UTF-8.
struct CSVCells {
  private var text: [UInt8] = []
  private var ranges: [Range<Int>] = []

  var count: Int { ranges.count }

  /// Whether there is nothing in any of them.
  var areBlank: Bool { areBlank(from: 0) }

  /// Whether there is nothing in any of them behind the first so many.
  func areBlank(from first: Int) -> Bool { ranges.dropFirst(first).allSatisfy { $0.isEmpty } }

  func withCell<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try text.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[ranges[index]])) }
  }

  /// Takes the cells of a record's text, which is UTF-8.
  mutating func split(_ line: UnsafeRawBufferPointer, separator: UInt8) {
    let quote = UInt8(ascii: "\"")
    text.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
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

  private func trimmed(_ start: Int) -> Range<Int> {
    var (from, to) = (start, text.count)
    while from < to, Blank.isSpace(text[from]) { from += 1 }
    while to > from, Blank.isSpace(text[to - 1]) { to -= 1 }
    return from..<to
  }
}

/// Where a record of a CSV file (RFC 4180) ends, which may be lines later when it quotes them.
struct CSVRecord: Equatable {
  /// Where its text ends.
  var end: Int
  /// Where the next record begins; nil if its line does not end in the bytes.
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
      case (_, Lines.feed), (_, Lines.carriageReturn):
        return CSVRecord(
          end: index, next: Lines.end(in: bytes, from: index)?.next, isBroken: false)
      case (_, separator): state = .fieldStart
      case (.fieldStart, quote), (.quoteEnd, quote): state = .quoted
      default: state = .plain
      }
    }
    if state != .quoted, bytes.count <= limits.maxRow {
      return CSVRecord(end: bytes.count, next: nil, isBroken: false)
    }
    let line = Lines.end(in: bytes, from: 0)
    return CSVRecord(
      end: min(line?.text ?? bytes.count, limits.maxRow), next: line?.next, isBroken: true)
  }
}

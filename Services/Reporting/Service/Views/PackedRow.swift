/// A row as it is kept on disk, in a view or until a difference is told: of each cell how long it
/// is and whether it is a text, as numbers of seven bits a byte, and behind those the cells.
enum PackedRow {
  /// Puts a row in the place of what is there.
  static func pack(_ row: HeldRow, into bytes: inout [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    for index in 0..<row.count {
      var rest = row[index].count << 1 | (row.isText(index) ? 1 : 0)
      while rest > 0x7F {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    bytes += row.bytes
  }

  /// Puts what is kept in the place of a row.
  ///
  /// - Parameter count: how many cells there are.
  /// - Throws: ``ReportingError`` where it is no such row.
  static func unpack(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, into row: inout HeldRow
  ) throws(ReportingError) {
    row.removeAll()
    var position = 0
    for _ in 0..<count {
      var (number, shift) = (0, 0)
      while true {
        guard position < bytes.count, shift < 56 else { throw malformed }
        let byte = bytes[position]
        position += 1
        number |= Int(byte & 0x7F) << shift
        if byte & 0x80 == 0 { break }
        shift += 7
      }
      row.appendEnd(length: number >> 1, isText: number & 1 == 1)
    }
    guard row.length == bytes.count - position else { throw malformed }
    row.fill(UnsafeRawBufferPointer(rebasing: bytes[position...]))
  }

  private static var malformed: ReportingError { .failed("a row of a view is malformed") }
}

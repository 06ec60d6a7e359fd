import Foundation

/// Rows on disk, written once and then read once, in the same order. Its file has no name, so
/// nothing of it outlives the process.
final class RowSpool {
  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var position = 0
  /// The next row; nil at the end, and before ``rewind()``.
  private(set) var next: HeldRow?

  private static let piece = 256 << 10

  /// - Parameter folder: where there is room; it is made where it is not there.
  init(in folder: String) throws {
    let path = "\(folder)/.\(UUID().uuidString).spool"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw ReportingError.failed("\(path): \(String(cString: strerror(errno)))")
    }
    unlink(path)
    file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Adds a row.
  func append(_ row: HeldRow) throws {
    row.pack(into: &buffer)
    if buffer.count >= Self.piece { try flush() }
  }

  /// Goes to the first row.
  func rewind() throws {
    try flush()
    try file.seek(toOffset: 0)
    try step()
  }

  /// Goes to the next row.
  func step() throws {
    while true {
      if let (row, end) = HeldRow.unpack(buffer, from: position) {
        position = end
        next = row
        return
      }
      buffer.removeFirst(position)
      position = 0
      guard let more = try file.read(upToCount: Self.piece), !more.isEmpty else {
        next = nil
        return
      }
      buffer += more
    }
  }

  private func flush() throws {
    try file.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

extension HeldRow {
  /// Writes the row behind what is there: its length, how many cells it has, and each with its
  /// length and what it was given as.
  func pack(into bytes: inout [UInt8]) {
    func append(_ number: Int) {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).littleEndian) { bytes += $0 }
    }
    append(8 + count * 4 + self.bytes.count)
    append(count)
    for index in 0..<count { append(self[index].count << 1 | (isText(index) ? 1 : 0)) }
    bytes += self.bytes
  }

  /// The row at a position, and where it ends; nil where it is not whole.
  static func unpack(_ bytes: [UInt8], from start: Int) -> (HeldRow, end: Int)? {
    func number(_ at: Int) -> Int {
      (0..<4).reduce(0) { $0 | Int(bytes[start + at + $1]) << (8 * $1) }
    }
    guard start + 8 <= bytes.count else { return nil }
    let end = start + number(0)
    guard end <= bytes.count else { return nil }
    var row = HeldRow()
    var cell = start + 8 + number(4) * 4
    bytes.withUnsafeBytes { buffer in
      for index in 0..<number(4) {
        let (length, isText) = (number(8 + index * 4) >> 1, number(8 + index * 4) & 1 == 1)
        row.append(
          UnsafeRawBufferPointer(rebasing: buffer[cell..<cell + length]), isText: isText)
        cell += length
      }
    }
    return (row, end)
  }
}

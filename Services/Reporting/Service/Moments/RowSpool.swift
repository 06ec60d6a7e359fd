import Foundation

/// Rows on disk, written once and then read once, in the same order. Its file has no name, so
/// nothing of it outlives the process.
final class RowSpool {
  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var position = 0
  private var packed: [UInt8] = []
  /// How many cells a row has.
  private var cells = 0
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
    cells = row.count
    PackedRow.pack(row, into: &packed)
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: packed.count).littleEndian) { buffer += $0 }
    buffer += packed
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
      if let row = try wholeRow() {
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

  /// The row at the position, which goes behind it; nil where not all of it is there yet.
  private func wholeRow() throws -> HeldRow? {
    try buffer.withUnsafeBytes { bytes in
      let start = position + 4
      guard start <= bytes.count else { return nil }
      let length = bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
      let end = start + Int(UInt32(littleEndian: length))
      guard end <= bytes.count else { return nil }
      var row = HeldRow()
      try PackedRow.unpack(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), cells, into: &row)
      position = end
      return row
    }
  }

  private func flush() throws {
    try file.write(contentsOf: buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

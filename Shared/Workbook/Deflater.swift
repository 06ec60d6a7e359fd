import CZlib

/// Compresses one stream of bytes after the other, as the members of a ZIP are.
final class Deflater {
  // zlib holds on to its address.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let room = UnsafeMutablePointer<UInt8>.allocate(capacity: roomSize)
  private static let roomSize = 64 << 10

  /// - Throws: ``WorkbookError/compression(_:)``.
  init(level: Int32) throws {
    stream.initialize(to: z_stream())
    let code = saldo_zlib_begin_raw_deflate(stream, level)
    // Where it failed there is nothing to end, and ending it does nothing.
    guard code == Z_OK else { throw WorkbookError.compression(code) }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    room.deallocate()
  }

  /// Compresses bytes, and appends what has come of them so far.
  ///
  /// - Parameter isLast: whether the stream ends with them; the next begins anew.
  func append(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, to output: inout [UInt8]
  ) throws {
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(bytes.count)
    var code: Int32
    repeat {
      stream.pointee.next_out = room
      stream.pointee.avail_out = UInt32(Self.roomSize)
      code = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
      // No progress was possible: all that was given is taken.
      guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
        throw WorkbookError.compression(code)
      }
      let count = Self.roomSize - Int(stream.pointee.avail_out)
      output.append(contentsOf: UnsafeBufferPointer(start: room, count: count))
    } while isLast ? code != Z_STREAM_END : stream.pointee.avail_out == 0
    if isLast {
      let code = deflateReset(stream)
      guard code == Z_OK else { throw WorkbookError.compression(code) }
    }
  }

  /// The sum by which a ZIP checks its members, gone on with.
  static func checksum(_ sum: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(
      truncatingIfNeeded: crc32_z(
        UInt(sum), bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}

/// The library that compresses.
public enum CompressionLibrary {
  /// The version that the program runs with.
  public static var version: String { String(cString: zlibVersion()) }
}

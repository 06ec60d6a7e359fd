import CZip
import Foundation
import Testing

/// A ZIP written byte by byte, so that a test can make it lie.
struct ZipBytes {
  struct Member {
    var name: String
    var content: [UInt8]
    var flags: UInt16 = 0
    var method: UInt16 = 0
    /// What the headers say, where that is not the truth.
    var crc: UInt32?
    var declaredSize: UInt32?
  }

  var members: [Member] = []

  static func of(_ members: [(String, String)]) -> [UInt8] {
    ZipBytes(
      members: members.map { Member(name: $0.0, content: $0.1.unicodeScalars.map(latin1)) }
    ).bytes
  }

  private static func latin1(_ scalar: Unicode.Scalar) -> UInt8 {
    UInt8(exactly: scalar.value) ?? UInt8(ascii: "?")
  }

  var bytes: [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let offset = UInt32(file.count)
      let common = Self.common(member)
      file += [0x50, 0x4B, 3, 4] + common + Array(member.name.utf8) + member.content
      directory += [0x50, 0x4B, 1, 2, 20, 0] + common
      directory += Self.little(UInt16(0)) + Self.little(UInt16(0)) + Self.little(UInt16(0))
      directory += Self.little(UInt32(0)) + Self.little(offset) + Array(member.name.utf8)
    }
    let start = UInt32(file.count)
    file += directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
    file += Self.little(UInt16(members.count)) + Self.little(UInt16(members.count))
    file += Self.little(UInt32(directory.count)) + Self.little(start) + [0, 0]
    return file
  }

  /// The fields that local and central headers share.
  private static func common(_ member: Member) -> [UInt8] {
    var bytes: [UInt8] = little(UInt16(20)) + little(member.flags) + little(member.method)
    bytes += little(UInt16(0)) + little(UInt16(0x21))
    bytes += little(member.crc ?? crc32(member.content))
    bytes += little(UInt32(member.content.count))
    bytes += little(member.declaredSize ?? UInt32(member.content.count))
    return bytes + little(UInt16(member.name.utf8.count)) + little(UInt16(0))
  }

  private static func little<N: FixedWidthInteger>(_ value: N) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  /// A ZIP whose members are deflated, by the library itself.
  static func deflated(_ members: [(String, [UInt8])]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    let archive = try #require(zip_open(file.path, ZIP_CREATE | ZIP_EXCL, nil))
    let contents = members.map { UnsafeMutableBufferPointer<UInt8>.allocate(capacity: $0.1.count) }
    defer { contents.forEach { $0.deallocate() } }
    for (member, content) in zip(members, contents) {
      _ = content.initialize(from: member.1)
      let source = try #require(
        zip_source_buffer(archive, content.baseAddress, UInt64(content.count), 0))
      try #require(zip_file_add(archive, member.0, source, 0) >= 0)
    }
    try #require(zip_close(archive) == 0)
    return Array(try Data(contentsOf: file))
  }
}

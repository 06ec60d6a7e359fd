/// A ZIP that is made as it is sent: nothing in it is looked at again once it has been handed on.
///
/// Sizes and sums come behind each member (a data descriptor of 32 bits: LibreOffice opens none of
/// 64), so a member has to stay below 4 GiB. Where the archive as a whole is larger, or has very
/// many members, its directory is of ZIP64. Its bytes depend on its members alone: every one has
/// the same time.
final class ZIPWriter {
  /// What has been made and not been taken yet.
  var output: [UInt8] = []
  private let deflater: Deflater
  private var members: [Member] = []
  private var written: UInt64
  /// How many bytes of the member at hand came in.
  private(set) var size: UInt64 = 0
  private var checksum: UInt32 = 0

  private struct Member {
    var name: [UInt8]
    var offset: UInt64
    var checksum: UInt32 = 0
    var compressed: UInt64 = 0
    var size: UInt64 = 0
  }

  /// - Parameters:
  ///   - level: how hard to compress, 1 to 9.
  ///   - offset: how many bytes stand before the archive in its file.
  init(level: Int32, offset: UInt64 = 0) throws {
    deflater = try Deflater(level: level)
    written = offset
  }

  /// Begins a member; the one before must have ended. Names are of ASCII.
  func begin(_ name: String) {
    let name = Array(name.utf8)
    members.append(Member(name: name, offset: written))
    (size, checksum) = (0, 0)
    append(0x0403_4B50 as UInt32)
    appendHead(version: 20)
    for _ in 0..<3 { append(0 as UInt32) }
    append(UInt16(name.count))
    append(0 as UInt16)
    append(name)
  }

  /// Adds bytes to the member at hand.
  func write(_ bytes: UnsafeRawBufferPointer) throws {
    guard !bytes.isEmpty else { return }
    size += UInt64(bytes.count)
    checksum = Deflater.checksum(checksum, bytes)
    try compress(bytes, isLast: false)
  }

  /// Adds a text to the member at hand.
  func write(_ text: String) throws {
    try Array(text.utf8).withUnsafeBytes { try write($0) }
  }

  /// Ends the member at hand.
  func end() throws {
    try compress(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
    let last = members.count - 1
    members[last].checksum = checksum
    members[last].size = size
    guard let small = UInt32(exactly: size),
      let compressed = UInt32(exactly: members[last].compressed)
    else { throw WorkbookError.largeMember(String(decoding: members[last].name, as: UTF8.self)) }
    append(0x0807_4B50 as UInt32)
    append(checksum)
    append(compressed)
    append(small)
  }

  /// Ends the archive.
  func finish() {
    let start = written
    for member in members { appendEntry(member) }
    appendEnd(directory: start, size: written - start)
    members = []
  }

  private func compress(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
    let before = output.count
    try deflater.append(bytes, isLast: isLast, to: &output)
    let count = UInt64(output.count - before)
    members[members.count - 1].compressed += count
    written += count
  }

  // MARK: The directory

  private static let dosDate: UInt16 = 1 << 5 | 1
  private static let most = UInt64(UInt32.max)

  /// Version needed, flags (sizes come behind), deflate, 1980-01-01.
  private func appendHead(version: UInt16) {
    for value in [version, 1 << 3, 8, 0, Self.dosDate] { append(value) }
  }

  private func appendEntry(_ member: Member) {
    let isFar = member.offset >= Self.most
    append(0x0201_4B50 as UInt32)
    append(45 as UInt16)
    appendHead(version: isFar ? 45 : 20)
    append(member.checksum)
    append(UInt32(truncatingIfNeeded: member.compressed))
    append(UInt32(truncatingIfNeeded: member.size))
    append(UInt16(member.name.count))
    append(isFar ? 12 : 0 as UInt16)
    // No comment, first disk, no attributes.
    for _ in 0..<3 { append(0 as UInt16) }
    append(0 as UInt32)
    append(UInt32(truncatingIfNeeded: min(member.offset, Self.most)))
    append(member.name)
    guard isFar else { return }
    append(1 as UInt16)
    append(8 as UInt16)
    append(member.offset)
  }

  private func appendEnd(directory: UInt64, size: UInt64) {
    let count = UInt64(members.count)
    if directory >= Self.most || size >= Self.most || count >= UInt64(UInt16.max) {
      let end = written
      append(0x0606_4B50 as UInt32)
      append(44 as UInt64)
      append(45 as UInt16)
      append(45 as UInt16)
      append(0 as UInt64)
      for value in [count, count, size, directory] { append(value) }
      append(0x0706_4B50 as UInt32)
      append(0 as UInt32)
      append(end)
      append(1 as UInt32)
    }
    append(0x0605_4B50 as UInt32)
    append(0 as UInt32)
    for _ in 0..<2 { append(UInt16(truncatingIfNeeded: min(count, UInt64(UInt16.max)))) }
    append(UInt32(truncatingIfNeeded: min(size, Self.most)))
    append(UInt32(truncatingIfNeeded: min(directory, Self.most)))
    append(0 as UInt16)
  }

  private func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { output.append(contentsOf: $0) }
    written += UInt64(value.bitWidth / 8)
  }

  private func append(_ bytes: [UInt8]) {
    output.append(contentsOf: bytes)
    written += UInt64(bytes.count)
  }
}

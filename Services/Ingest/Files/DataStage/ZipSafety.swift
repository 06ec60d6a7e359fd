/// What a ZIP must keep to before and while it is read: it comes from outside.
struct ZipSafety {
  let archive: ZipArchive
  let limits: FileLimits

  /// The members, when all of them are safe by what the directory says.
  func members() throws -> [ZipArchive.Member] {
    guard archive.memberCount <= limits.maxMembers else {
      throw error(.tooManyMembers, "\(archive.memberCount) members; \(limits.maxMembers) allowed")
    }
    let members = try (0..<archive.memberCount).map(archive.member(at:))
    var declared: Int64 = 0
    for member in members {
      let label = String(decoding: member.name, as: UTF8.self)
      guard !Self.escapes(member.name) else { throw error(.unsafePath, label) }
      guard !member.isEncrypted else { throw error(.encrypted, label) }
      let (sum, overflow) = declared.addingReportingOverflow(Int64(clamping: member.size))
      declared = overflow ? .max : sum
    }
    try check(declared)
    return members
  }

  /// Reads a whole member.
  ///
  /// The directory's word on its size was checked against the limits; here the member is held to
  /// it, which libzip does not do, so that no more is ever read than was agreed to.
  func bytes(of member: ZipArchive.Member) throws -> [UInt8] {
    let label = String(decoding: member.name, as: UTF8.self)
    var bytes: [UInt8] = []
    // Reserves what is declared, but never much on the mere word of the directory.
    bytes.reserveCapacity(Int(clamping: min(member.size, UInt64(max(0, limits.ratioFloor)))))
    try archive.read(member) { piece in
      bytes.append(contentsOf: piece)
      guard bytes.count <= member.size else {
        throw error(.corrupt, "\(label): larger than it declares")
      }
    }
    guard bytes.count == member.size else {
      throw error(.corrupt, "\(label): smaller than it declares")
    }
    return bytes
  }

  private func check(_ total: Int64) throws {
    guard total <= limits.maxUncompressed else {
      throw error(.bomb, "more than \(limits.maxUncompressed) bytes when expanded")
    }
    // Divided, not multiplied: neither side can overflow.
    guard total <= limits.ratioFloor || total / max(1, limits.maxRatio) <= archive.size else {
      throw error(.bomb, "expands to more than \(limits.maxRatio) times its size")
    }
  }

  private func error(_ code: InputFileError.Code, _ detail: String) -> InputFileError {
    InputFileError(file: archive.name, code: code, detail: detail)
  }

  /// Whether a member's name leads out of the archive: absolute, a drive's, or through `..`.
  static func escapes(_ name: [UInt8]) -> Bool {
    let parts = name.split(omittingEmptySubsequences: false) { byte in
      byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
    }
    let isAbsolute = parts.count > 1 && parts[0].isEmpty
    let hasDrive = name.count > 1 && name[1] == UInt8(ascii: ":")
    return isAbsolute || hasDrive || parts.contains { $0.elementsEqual("..".utf8) }
  }
}

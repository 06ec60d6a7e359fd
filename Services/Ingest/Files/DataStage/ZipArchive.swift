import CZip

/// A ZIP that is open for reading, from disk or from memory.
final class ZipArchive {
  /// What a ZIP's directory says about one of its members.
  struct Member {
    var index: UInt64
    /// The name's bytes, in whatever encoding they are.
    var name: [UInt8]
    /// The size that it declares, which it need not keep.
    var size: UInt64
    var isEncrypted: Bool
  }

  let name: String
  /// The archive's own size in bytes.
  let size: Int64
  private let handle: OpaquePointer

  /// Whether the bytes begin as a ZIP does, or are an empty one.
  static func isSignature(_ bytes: ArraySlice<UInt8>) -> Bool {
    let magic = Array(bytes.prefix(4))
    return magic == [0x50, 0x4B, 0x03, 0x04] || magic == [0x50, 0x4B, 0x05, 0x06]
  }

  init(path: String, size: Int64) throws {
    var code: Int32 = 0
    guard let handle = zip_open(path, ZIP_RDONLY, &code) else {
      throw Self.openError(name: path, size: size, code)
    }
    (self.handle, self.name, self.size) = (handle, path, size)
  }

  /// An archive in memory; the bytes must outlive it.
  init(bytes: UnsafeRawBufferPointer, name: String) throws {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    let source = zip_source_buffer_create(bytes.baseAddress, UInt64(bytes.count), 0, &error)
    guard let source else {
      throw Self.openError(
        name: name, size: Int64(bytes.count), zip_error_code_zip(&error))
    }
    guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      zip_source_free(source)
      throw Self.openError(
        name: name, size: Int64(bytes.count), zip_error_code_zip(&error))
    }
    (self.handle, self.name, self.size) = (handle, name, Int64(bytes.count))
  }

  deinit { zip_discard(handle) }

  var memberCount: Int { Int(zip_get_num_entries(handle, 0)) }

  /// What the directory says about the member at a position.
  func member(at index: Int) throws -> Member {
    let index = UInt64(index)
    var status = zip_stat_t()
    guard zip_stat_index(handle, index, 0, &status) == 0,
      let name = zip_get_name(handle, index, zip_flags_t(ZIP_FL_ENC_RAW))
    else { throw error("entry \(index) of its directory") }
    return Member(
      index: index, name: Array(String(cString: name).utf8), size: status.size,
      isEncrypted: status.encryption_method != UInt16(ZIP_EM_NONE))
  }

  /// Reads a member in pieces; the library checks its size and its CRC at its end.
  func read(_ member: Member, _ piece: (UnsafeRawBufferPointer) throws -> Void) throws {
    let label = String(decoding: member.name, as: UTF8.self)
    guard let file = zip_fopen_index(handle, member.index, 0) else { throw error(label) }
    defer { zip_fclose(file) }
    try withUnsafeTemporaryAllocation(byteCount: 256 << 10, alignment: 16) { buffer in
      guard let base = buffer.baseAddress else { return }
      while true {
        let count = zip_fread(file, base, UInt64(buffer.count))
        if count == 0 { return }
        guard count > 0 else {
          throw Self.error(name: name, zip_error_code_zip(zip_file_get_error(file)), label)
        }
        try piece(UnsafeRawBufferPointer(rebasing: buffer[..<Int(count)]))
      }
    }
  }

  /// The failure of the last call, of which `label` says what it was about.
  private func error(_ label: String) -> InputFileError {
    Self.error(name: name, zip_error_code_zip(zip_get_error(handle)), label)
  }

  /// The smallest ZIP: an empty directory's end record.
  private static let smallest: Int64 = 22

  private static func openError(name: String, size: Int64, _ code: Int32) -> InputFileError {
    var error = error(name: name, code, "it cannot be opened")
    if error.code == .truncated, size < smallest { error.code = .notAZip }
    return error
  }

  private static func error(name: String, _ code: Int32, _ label: String) -> InputFileError {
    var error = zip_error_t()
    zip_error_init_with_code(&error, code)
    defer { zip_error_fini(&error) }
    let reason = String(cString: zip_error_strerror(&error))
    let kind: InputFileError.Code =
      switch code {
      case ZIP_ER_NOZIP: .truncated
      case ZIP_ER_OPEN, ZIP_ER_READ, ZIP_ER_NOENT: .unreadable
      case ZIP_ER_COMPNOTSUPP, ZIP_ER_MULTIDISK, ZIP_ER_OPNOTSUPP: .unsupported
      case ZIP_ER_ENCRNOTSUPP, ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD: .encrypted
      case ZIP_ER_MEMORY: .tooLarge
      default: .corrupt
      }
    return InputFileError(file: name, code: kind, detail: "\(label): \(reason)")
  }
}

import CZip

/// A ZIP whose bytes depend on its members alone: fixed dates, modes, compression and order.
enum ZipArchive {
  /// Packs files from disk, each streamed, under the names given.
  static func write(
    _ path: String, members: [(name: String, file: String)]
  ) throws(SampleError) {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      throw .archive(path: path, reason: "libzip error \(code)")
    }
    do throws(SampleError) {
      for member in members { try add(member.name, member.file, to: archive, path) }
    } catch {
      zip_discard(archive)
      throw error
    }
    if zip_close(archive) != 0 {
      let reason = String(cString: zip_strerror(archive))
      zip_discard(archive)
      throw .archive(path: path, reason: reason)
    }
  }

  private static func add(
    _ name: String, _ file: String, to archive: OpaquePointer, _ path: String
  ) throws(SampleError) {
    guard let source = zip_source_file(archive, file, 0, -1) else {
      throw .archive(path: path, reason: String(cString: zip_strerror(archive)))
    }
    let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      throw .archive(path: path, reason: String(cString: zip_strerror(archive)))
    }
    let entry = zip_uint64_t(index)
    // 2024-01-01 12:00:00 as DOS words: `zip_file_set_mtime` would go through the local time zone.
    let (time, date) = (zip_uint16_t(12 << 11), zip_uint16_t((2024 - 1980) << 9 | 1 << 5 | 1))
    guard
      zip_set_file_compression(archive, entry, ZIP_CM_DEFLATE, 6) == 0,
      zip_file_set_dostime(archive, entry, time, date, 0) == 0,
      zip_file_set_external_attributes(
        archive, entry, 0, zip_uint8_t(ZIP_OPSYS_UNIX), 0o100644 << 16) == 0
    else { throw .archive(path: path, reason: String(cString: zip_strerror(archive))) }
  }
}

import CZip
import Foundation

/// The members of a ZIP, as libzip reads and checks them.
struct ZIPMembers {
  /// What is wrong with an archive.
  struct Failure: Error {
    var what: String
  }

  private(set) var bytes: [String: [UInt8]] = [:]

  init(path: String) throws {
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code) else {
      throw Failure(what: "\(path): libzip error \(code)")
    }
    defer { zip_discard(archive) }
    for index in 0..<zip_uint64_t(zip_get_num_entries(archive, 0)) {
      var entry = zip_stat_t()
      guard zip_stat_index(archive, index, 0, &entry) == 0, let name = entry.name,
        let file = zip_fopen_index(archive, index, 0)
      else { throw Failure(what: "\(path): member \(index)") }
      defer { zip_fclose(file) }
      var member = [UInt8](repeating: 0, count: Int(entry.size))
      var count = 0
      while count < member.count {
        let read = member.withUnsafeMutableBytes {
          zip_fread(file, $0.baseAddress?.advanced(by: count), zip_uint64_t($0.count - count))
        }
        guard read > 0 else { throw Failure(what: String(cString: zip_file_strerror(file))) }
        count += Int(read)
      }
      // The sum is checked at the end.
      var past: UInt8 = 0
      guard zip_fread(file, &past, 1) == 0 else {
        throw Failure(what: String(cString: zip_file_strerror(file)))
      }
      bytes[String(cString: name)] = member
    }
  }
}

/// A ZIP by itself.
public enum ZIPContents {
  /// The bytes of its members by their names.
  public static func of(_ path: String) throws -> [String: [UInt8]] {
    try ZIPMembers(path: path).bytes
  }
}

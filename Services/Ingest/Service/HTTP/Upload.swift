import Foundation
import HTTPServer

/// A posted file on disk, for as long as it takes to read it.
struct Upload {
  let path: String

  /// Makes an empty file in a folder, which is made where there is none.
  init(folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    path = folder + "/" + UUID().uuidString
  }

  /// Writes a body.
  ///
  /// - Throws: ``Refusal/tooLarge(_:)`` where it is longer than the limit, in bytes.
  func write(
    _ beginning: [UInt8], _ rest: inout RequestBody.AsyncIterator, limit: Int64
  ) async throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown) }
    defer { try? handle.close() }
    var size = Int64(beginning.count)
    try handle.write(contentsOf: beginning)
    while let chunk = try await rest.next() {
      size += Int64(chunk.count)
      guard size <= limit else { throw Refusal.tooLarge(limit) }
      try handle.write(contentsOf: chunk)
    }
  }

  /// Removes every upload in a folder.
  static func clear(folder: String) { try? FileManager.default.removeItem(atPath: folder) }

  /// Removes it.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}

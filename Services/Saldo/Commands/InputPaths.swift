import Foundation

/// What is wrong with a path, or with an option.
struct ArgumentError: Error, CustomStringConvertible {
  let description: String

  init(_ argument: String, _ reason: String) { description = "\(argument): \(reason)" }
}

/// Paths are looked at before anything is begun, so that a typing error costs nothing.
enum InputPaths {
  /// Checks that files are there and can be read, and answers the bytes of each.
  static func check(_ files: [String]) throws -> [Int64] {
    try files.map { path in
      var status = stat()
      guard stat(path, &status) == 0, access(path, R_OK) == 0 else {
        throw ArgumentError(path, String(cString: strerror(errno)))
      }
      guard status.st_mode & S_IFMT != S_IFDIR else {
        throw ArgumentError(path, "is a folder: name the files in it")
      }
      return Int64(status.st_size)
    }
  }

  /// Makes a folder that is to be written to.
  static func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch let error as CocoaError {
      let cause = error.underlying as? POSIXError
      throw ArgumentError(
        path, cause.map { String(cString: strerror($0.code.rawValue)) } ?? "cannot be made")
    }
    guard access(path, W_OK) == 0 else {
      throw ArgumentError(path, String(cString: strerror(errno)))
    }
  }
}

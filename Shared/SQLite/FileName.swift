/// The names of files, as SQLite is to take them.
enum FileName {
  /// A name that is a file's and nothing else: SQLite takes an empty name and `:memory:` for
  /// databases without a file, `file:...` for a URI, and what comes before a NUL for the whole.
  ///
  /// - Throws: ``SQLiteError/Code/cannotOpen`` if no file can have the name.
  static func plain(_ path: String) throws(SQLiteError) -> String {
    guard !path.isEmpty else { throw SQLiteError(.cannotOpen, "the path is empty") }
    guard !path.utf8.contains(0) else { throw SQLiteError(.cannotOpen, "the path holds a NUL") }
    let isSpecial = path.utf8.first == UInt8(ascii: ":") || path.utf8.starts(with: "file:".utf8)
    return isSpecial ? "./\(path)" : path
  }

  /// The URI of a file that does not change.
  static func unchanging(_ path: String) -> String {
    var uri = path.utf8.first == UInt8(ascii: "/") ? "file://" : "file:"
    for scalar in path.unicodeScalars {
      switch scalar {
      case "%": uri += "%25"
      case "?": uri += "%3f"
      case "#": uri += "%23"
      default: uri.unicodeScalars.append(scalar)
      }
    }
    return uri + "?immutable=1"
  }
}

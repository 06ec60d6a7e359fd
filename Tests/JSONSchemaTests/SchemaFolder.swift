import Foundation
import JSONSchema

/// Schema files in a temporary folder that is removed with the last use.
final class SchemaFolder {
  let url: URL

  init(_ files: [String: String]) throws {
    url = FileManager.default.temporaryDirectory.appending(path: "schema-\(UUID().uuidString)")
    for (name, text) in files {
      let file = url.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The schema in one of the files.
  func schema(_ file: String) throws -> JSONSchema {
    try JSONSchema(directory: url, file: file)
  }

  /// The errors of a text against a schema that is written out.
  static func errors(_ schema: String, _ json: String) throws -> [String] {
    try SchemaFolder(["schema.json": schema]).schema("schema.json").errors(in: Data(json.utf8))
  }
}

import Foundation

/// Reads schema files, and compiles what they and their references hold.
struct SchemaLibrary {
  let directory: URL
  private(set) var schemas: [SchemaLocation: Schema] = [:]
  private var documents: [String: JSONValue] = [:]

  init(directory: URL) { self.directory = directory }

  /// Compiles the schema at a location and all that it refers to.
  mutating func load(_ start: SchemaLocation) throws {
    var missing = [start]
    while let location = missing.popLast() {
      if schemas[location] != nil { continue }
      guard let value = try document(location.file).value(at: location.pointer) else {
        throw JSONSchemaError(place: "\(location)", reason: "is referred to but is not there")
      }
      var compiler = SchemaCompiler(file: location.file)
      schemas[location] = try compiler.schema(value, at: location.pointer)
      missing += compiler.references
    }
  }

  private mutating func document(_ file: String) throws -> JSONValue {
    if let known = documents[file] { return known }
    let data = try Data(contentsOf: directory.appending(path: file))
    do {
      let value = try JSONDecoder().decode(JSONValue.self, from: data)
      documents[file] = value
      return value
    } catch {
      throw JSONSchemaError(place: file, reason: "is not JSON: \(error)")
    }
  }
}

import Foundation

/// A JSON Schema (2020-12) read from files, for tests that hold messages to their schema.
///
/// It knows the keywords that the project's schemas use. Any other keyword, format or malformed
/// value is an error when the schema is read, so that a schema can never assert nothing in silence.
/// Formats are asserted. Numbers are compared exactly, so `1` and `1.0` are the same.
public struct JSONSchema: Sendable {
  private let root: SchemaLocation
  private let schemas: [SchemaLocation: Schema]

  /// Reads a schema and every file that it refers to.
  ///
  /// - Parameters:
  ///   - directory: where `file`, and what is referred to by a relative name, is found.
  ///   - file: the schema's file, relative to the directory.
  /// - Throws: ``JSONSchemaError``, or what reading the files threw.
  public init(directory: URL, file: String) throws {
    var library = SchemaLibrary(directory: directory)
    root = SchemaLocation(file: file, pointer: "")
    try library.load(root)
    schemas = library.schemas
  }

  /// What is wrong with a JSON text: one line for each fault, none if the text is valid.
  ///
  /// Each begins with the JSON Pointer of the faulty value, as a fragment (`#/lines/0/quantity`).
  public func errors(in json: Data) -> [String] {
    do {
      let value = try JSONDecoder().decode(JSONValue.self, from: json)
      return Validation(schemas: schemas).errors(in: value, against: .reference(root), at: "#")
    } catch {
      return ["#: is not JSON: \(error)"]
    }
  }
}

/// A schema that cannot be used.
public struct JSONSchemaError: Error, Equatable, CustomStringConvertible {
  /// The schema's file and the place in it, as `file#/pointer`.
  public let place: String
  /// What is wrong there.
  public let reason: String

  public var description: String { "\(place): \(reason)" }
}

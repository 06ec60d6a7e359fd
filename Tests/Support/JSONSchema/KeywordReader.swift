import Foundation

/// Reads one keyword's value as the kind that the keyword takes.
struct KeywordReader {
  let file: String
  let pointer: String
  let value: JSONValue

  func error(_ reason: String) -> JSONSchemaError {
    JSONSchemaError(
      place: "\(SchemaLocation(file: file, pointer: pointer))", reason: reason)
  }

  func object() throws -> [String: JSONValue] {
    guard case .object(let members) = value else { throw error("must be an object") }
    return members
  }

  func array() throws -> [JSONValue] {
    guard case .array(let items) = value else { throw error("must be an array") }
    return items
  }

  func string() throws -> String {
    guard case .string(let text) = value else { throw error("must be a string") }
    return text
  }

  func strings() throws -> [String] {
    try array().map { item in
      guard case .string(let text) = item else { throw error("must hold strings only") }
      return text
    }
  }

  func bool() throws -> Bool {
    guard case .bool(let holds) = value else { throw error("must be true or false") }
    return holds
  }

  func number() throws -> Decimal {
    guard case .number(let number) = value else { throw error("must be a number") }
    return number
  }

  func count() throws -> Int {
    guard JSONType.integer.admits(value), case .number(let number) = value,
      number >= 0, number <= 1_000_000_000, let count = Int("\(number)")
    else { throw error("must be a whole number, zero or above") }
    return count
  }

  /// One type's name, or several.
  func types() throws -> [JSONType] {
    let names: [String]
    if case .string(let name) = value { names = [name] } else { names = try strings() }
    guard !names.isEmpty else { throw error("needs at least one type") }
    return try names.map { name in
      guard let type = JSONType(rawValue: name) else { throw error("no such type: \(name)") }
      return type
    }
  }

  func pattern() throws -> Pattern {
    do { return try Pattern(try string()) } catch let schemaError as JSONSchemaError {
      throw schemaError
    } catch {
      throw self.error("is not a regular expression: \(error)")
    }
  }

  func format() throws -> TextFormat {
    guard let format = TextFormat(rawValue: try string()) else {
      throw error("is a format that this validator does not check")
    }
    return format
  }
}

import Foundation

/// Compiles a schema of one file, and collects what it refers to.
struct SchemaCompiler {
  let file: String
  private(set) var references: [SchemaLocation] = []

  init(file: String) { self.file = file }

  mutating func schema(_ value: JSONValue, at pointer: String) throws -> Schema {
    switch value {
    case .bool(let holds): return .always(holds)
    case .object(let keywords):
      var rules: [Rule] = []
      for name in keywords.keys.sorted() {
        let reader = KeywordReader(
          file: file, pointer: "\(pointer)/\(JSONValue.pointerToken(name))",
          value: keywords[name] ?? .null)
        if let rule = try rule(name, reader, among: keywords, at: pointer) { rules.append(rule) }
      }
      return .rules(rules)
    default:
      throw JSONSchemaError(
        place: "\(SchemaLocation(file: file, pointer: pointer))",
        reason: "a schema is an object, true or false")
    }
  }

  /// The rule of one keyword; nil for an annotation, or where another keyword's rule takes it in.
  private mutating func rule(
    _ name: String, _ reader: KeywordReader, among keywords: [String: JSONValue], at pointer: String
  ) throws -> Rule? {
    switch name {
    case "$schema", "$id", "$comment", "title", "description", "examples", "default", "deprecated":
      return nil
    case "$defs":
      _ = try schemas(byName: reader)
      return nil
    case "$ref": return .all([.reference(try reference(reader))])
    case "type": return .type(try reader.types())
    case "enum": return .oneOfValues(try reader.array())
    case "const": return .oneOfValues([reader.value])
    case "pattern": return .text(try reader.pattern())
    case "format": return .format(try reader.format())
    case "minLength": return .length(atLeast: try reader.count(), atMost: nil)
    case "maxLength": return .length(atLeast: nil, atMost: try reader.count())
    case "minimum": return .number(.atLeast(try reader.number()))
    case "maximum": return .number(.atMost(try reader.number()))
    case "exclusiveMinimum": return .number(.above(try reader.number()))
    case "exclusiveMaximum": return .number(.below(try reader.number()))
    case "required": return .required(try reader.strings())
    case "minItems": return .count(atLeast: try reader.count(), atMost: nil)
    case "maxItems": return .count(atLeast: nil, atMost: try reader.count())
    case "uniqueItems": return try reader.bool() ? .uniqueElements : nil
    case "allOf": return .all(try schemas(inOrder: reader))
    case "anyOf": return .any(try schemas(inOrder: reader))
    case "oneOf": return .exactlyOne(try schemas(inOrder: reader))
    case "not": return .not(try schema(reader.value, at: reader.pointer))
    default: return try groupedRule(name, reader, among: keywords, at: pointer)
    }
  }

  /// Keywords that only mean something together: the first of a group stands for it.
  private mutating func groupedRule(
    _ name: String, _ reader: KeywordReader, among keywords: [String: JSONValue], at pointer: String
  ) throws -> Rule? {
    switch name {
    case "properties", "additionalProperties":
      if name == "additionalProperties", keywords["properties"] != nil { return nil }
      let named = try keywords["properties"].map {
        try schemas(
          byName: KeywordReader(file: file, pointer: "\(pointer)/properties", value: $0))
      }
      let others = try optional("additionalProperties", of: keywords, at: pointer)
      return .members(named ?? [:], others: others)
    case "prefixItems", "items":
      if name == "prefixItems", keywords["items"] != nil { return nil }
      let first = try keywords["prefixItems"].map {
        try schemas(
          inOrder: KeywordReader(file: file, pointer: "\(pointer)/prefixItems", value: $0))
      }
      return .elements(first: first ?? [], others: try optional("items", of: keywords, at: pointer))
    case "if":
      return .condition(
        try schema(reader.value, at: reader.pointer),
        then: try optional("then", of: keywords, at: pointer) ?? .always(true),
        otherwise: try optional("else", of: keywords, at: pointer) ?? .always(true))
    case "then", "else":
      guard keywords["if"] != nil else { throw reader.error("stands without an if") }
      return nil
    default:
      throw reader.error("is a keyword that this validator does not know, so it asserts nothing")
    }
  }

  private mutating func optional(
    _ name: String, of keywords: [String: JSONValue], at pointer: String
  ) throws -> Schema? {
    try keywords[name].map { try schema($0, at: "\(pointer)/\(name)") }
  }

  private mutating func schemas(byName reader: KeywordReader) throws -> [String: Schema] {
    var schemas: [String: Schema] = [:]
    for (name, value) in try reader.object() {
      schemas[name] = try schema(
        value, at: "\(reader.pointer)/\(JSONValue.pointerToken(name))")
    }
    return schemas
  }

  private mutating func schemas(inOrder reader: KeywordReader) throws -> [Schema] {
    let values = try reader.array()
    guard !values.isEmpty else { throw reader.error("needs at least one schema") }
    var schemas: [Schema] = []
    for (index, value) in values.enumerated() {
      schemas.append(try schema(value, at: "\(reader.pointer)/\(index)"))
    }
    return schemas
  }

  /// A local (`#/$defs/x`) or relative (`other.json#/$defs/x`) reference.
  private mutating func reference(_ reader: KeywordReader) throws -> SchemaLocation {
    let text = try reader.string()
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let pointer = parts.count > 1 ? String(parts[1]) : ""
    guard pointer.isEmpty || pointer.hasPrefix("/"), !text.contains("://"), !text.hasPrefix("/")
    else { throw reader.error("is not a local or relative reference: \(text)") }
    let location = SchemaLocation(
      file: parts[0].isEmpty ? file : beside(String(parts[0])), pointer: pointer)
    references.append(location)
    return location
  }

  /// A file's name as seen from this schema's own folder.
  private func beside(_ name: String) -> String {
    var folders = file.split(separator: "/").dropLast()
    for part in name.split(separator: "/") where part != "." {
      if part == "..", let last = folders.last, last != ".." {
        folders.removeLast()
      } else {
        folders.append(part)
      }
    }
    return folders.joined(separator: "/")
  }
}

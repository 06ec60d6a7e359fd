import Foundation
import Testing

/// The page of events has every type that a schema describes, with its fields, and no other.
struct EventsPageTests {
  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func everyTypeHasARow() throws {
    let schemas = try FileManager.default.contentsOfDirectory(
      atPath: root.appending(path: "schemas").path)
    let types = schemas.filter { $0.hasPrefix("immex.") }.map { String($0.dropLast(5)) }
    #expect(types.count > 10)
    #expect(try Set(rows().keys) == Set(types))
  }

  @Test func everyFieldIsNamedAndOptionalWhereItMayBeLeftOut() throws {
    for (type, cell) in try rows() {
      let schema = try JSONSerialization.jsonObject(
        with: Data(contentsOf: root.appending(path: "schemas/\(type).json")))
      let named = cell.replacing(/\([^)]*\)/, with: "").matches(of: /[A-Za-z]+\??/).map {
        String($0.0)
      }
      #expect(Set(named) == Self.fields(of: schema), "\(type)")
    }
  }

  /// The rows of the table of types, by type.
  private func rows() throws -> [String: String] {
    let page = try String(
      contentsOf: root.appending(path: "Documentation/Events.md"), encoding: .utf8)
    return Dictionary(
      page.matches(of: /\n\| `(immex[^`]+)` \| ([^\n]*) \|/).map {
        (String($0.1), String($0.2))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The fields of all objects of a schema, with `?` behind those that may be left out.
  private static func fields(of schema: Any, within key: String = "$defs") -> Set<String> {
    if let list = schema as? [Any] {
      return list.reduce(into: []) { $0.formUnion(fields(of: $1, within: key)) }
    }
    guard let object = schema as? [String: Any] else { return [] }
    var found: Set<String> = []
    if let properties = object["properties"] as? [String: Any] {
      let required = key == "then" ? [] : object["required"] as? [String] ?? []
      let types = object["type"] as? [String] ?? [object["type"] as? String ?? ""]
      let isObject = types.contains("object")
      // A condition says under which fields others are needed; it brings none of its own.
      if isObject || key == "then" {
        found = Set(properties.keys.map { required.contains($0) ? $0 : $0 + "?" })
      }
    }
    for (inner, value) in object where !["examples", "if", "type"].contains(inner) {
      let isEnvelope = inner == "properties" && object["$defs"] != nil
      if !isEnvelope { found.formUnion(fields(of: value, within: inner)) }
    }
    return found
  }
}

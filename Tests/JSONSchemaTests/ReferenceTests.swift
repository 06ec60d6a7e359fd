import Foundation
import JSONSchema
import Testing

@Suite struct ReferenceTests {
  @Test func aLocalReferenceIsFollowed() throws {
    let schema = """
      {"$defs": {"rfc": {"type": "string"}, "a/b": {"type": "null"}},
       "properties": {"rfc": {"$ref": "#/$defs/rfc"}, "x": {"$ref": "#/$defs/a~1b"}}}
      """
    #expect(try SchemaFolder.errors(schema, ##"{"rfc": "A", "x": null}"##) == [])
    #expect(
      try SchemaFolder.errors(schema, ##"{"rfc": 1, "x": 2}"##)
        == ["#/rfc: must be string, not 1", "#/x: must be null, not 2"])
  }

  @Test func rulesBesideAReferenceHoldToo() throws {
    let schema = ##"{"$defs": {"n": {"minimum": 1}}, "$ref": "#/$defs/n", "maximum": 3}"##
    #expect(try SchemaFolder.errors(schema, "2") == [])
    #expect(try SchemaFolder.errors(schema, "0") == ["#: must be at least 1, not 0"])
    #expect(try SchemaFolder.errors(schema, "4") == ["#: must be at most 3, not 4"])
  }

  @Test func aSchemaMayReferToItselfFurtherDown() throws {
    let tree =
      ##"{"properties": {"children": {"items": {"$ref": "#"}}, "n": {"type": "integer"}}}"##
    let deep = ##"{"children": [{"children": [{"n": "x"}]}, {"n": 1}]}"##
    #expect(
      try SchemaFolder.errors(tree, deep)
        == ["#/children/0/children/0/n: must be integer, not \"x\""])
  }

  @Test func aReferenceThatLeadsBackToItselfEnds() throws {
    let loop =
      ##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}, "##
      + ##""$ref": "#/$defs/a"}"##
    let errors = try SchemaFolder.errors(loop, "1")
    #expect(errors.count == 1 && errors[0].contains("refers to itself without end"))
  }

  @Test func otherFilesAreFoundFromTheFileThatNamesThem() throws {
    let folder = try SchemaFolder([
      "inbound/part.json": ##"{"properties": {"uom": {"$ref": "../common.json#/$defs/uom"}}}"##,
      "inbound/bom.json": ##"{"items": {"$ref": "part.json"}}"##,
      "common.json": ##"{"$defs": {"uom": {"$ref": "#/$defs/code"}, "code": {"maximum": 22}}}"##,
    ])
    let schema = try folder.schema("inbound/bom.json")
    #expect(schema.errors(in: Data(##"[{"uom": 22}]"##.utf8)) == [])
    #expect(
      schema.errors(in: Data(##"[{"uom": 23}]"##.utf8)) == ["#/0/uom: must be at most 22, not 23"])
  }

  @Test(arguments: [
    (##"{"minimun": 1}"##, "s.json#/minimun: is a keyword that this validator does not know"),
    (##"{"properties": {"a": {"unevaluatedItems": false}}}"##, "s.json#/properties/a/unevaluated"),
    (##"{"$defs": {"unused": {"contains": {}}}}"##, "s.json#/$defs/unused/contains"),
    (##"{"allOf": [{}, {"oops": 1}]}"##, "s.json#/allOf/1/oops"),
    (##"{"if": {}, "then": {"oops": 1}}"##, "s.json#/then/oops"),
    (##"{"then": {}}"##, "s.json#/then: stands without an if"),
    (##"{"items": [{}]}"##, "s.json#/items: a schema is an object"),
    (##"{"type": "decimal"}"##, "s.json#/type: no such type: decimal"),
    (##"{"type": []}"##, "s.json#/type: needs at least one"),
    (##"{"required": "a"}"##, "s.json#/required: must be an array"),
    (##"{"required": [1]}"##, "s.json#/required: must hold strings"),
    (##"{"minLength": -1}"##, "s.json#/minLength: must be a whole number"),
    (##"{"minItems": 1.5}"##, "s.json#/minItems: must be a whole number"),
    (##"{"minimum": "1"}"##, "s.json#/minimum: must be a number"),
    (##"{"uniqueItems": 1}"##, "s.json#/uniqueItems: must be true or false"),
    (##"{"enum": 1}"##, "s.json#/enum: must be an array"),
    (##"{"anyOf": []}"##, "s.json#/anyOf: needs at least one schema"),
    (##"{"pattern": "("}"##, "s.json#/pattern: is not a regular expression"),
    (##"{"format": "email"}"##, "s.json#/format: is a format that this validator does not check"),
    (##"{"$ref": "#/$defs/none"}"##, "s.json#/$defs/none: is referred to but is not there"),
    (##"{"$ref": "https://example.com/a.json"}"##, "s.json#/$ref: is not a local or relative"),
    (##"{"$ref": "#anchor"}"##, "s.json#/$ref: is not a local or relative"),
    ("7", "s.json#: a schema is an object, true or false"),
    ("{", "s.json: is not JSON"),
  ])
  func aSchemaThatWouldAssertNothingIsRefused(_ schema: String, _ start: String) throws {
    let folder = try SchemaFolder(["s.json": schema])
    let error = try #require(throws: JSONSchemaError.self) { try folder.schema("s.json") }
    #expect(error.description.hasPrefix(start), "\(error)")
  }

  @Test func aMissingFileIsRefused() throws {
    let folder = try SchemaFolder(["s.json": ##"{"$ref": "gone.json"}"##])
    #expect(throws: (any Error).self) { try folder.schema("s.json") }
  }
}

let objectCases = [
  KeywordCase(
    schema: #"{"required": ["a", "b"]}"#, valid: [#"{"a": null, "b": 1}"#, "[]"],
    invalid: [#"{"a": 1}"#: "#: must have \"b\""]),
  KeywordCase(
    schema: #"{"properties": {"a": {"type": "string"}}}"#,
    valid: [#"{"a": "", "b": 1}"#, "{}", "1"],
    invalid: [#"{"a": 1}"#: "#/a: must be string"]),
  KeywordCase(
    schema: #"{"properties": {"a": true}, "additionalProperties": false}"#, valid: [#"{"a": 1}"#],
    invalid: [#"{"a": 1, "b": 2}"#: "#/b: must not be there"]),
  KeywordCase(
    schema: #"{"additionalProperties": {"type": "integer"}}"#, valid: [#"{"a": 1, "b": 2}"#],
    invalid: [#"{"a": 1, "b": "2"}"#: "#/b: must be integer"]),
]

let arrayCases = [
  KeywordCase(
    schema: #"{"items": {"type": "integer"}}"#, valid: ["[]", "[1, 2]", "{}"],
    invalid: ["[1, true]": "#/1: must be integer"]),
  KeywordCase(
    schema: #"{"prefixItems": [{"type": "string"}, {"type": "integer"}]}"#,
    valid: ["[]", "[\"a\"]", "[\"a\", 1, null]"], invalid: ["[\"a\", \"b\"]": "#/1: must be"]),
  KeywordCase(
    schema: #"{"prefixItems": [{"type": "string"}], "items": false}"#, valid: ["[\"a\"]"],
    invalid: ["[\"a\", 1]": "#/1: must not be there"]),
  KeywordCase(
    schema: #"{"minItems": 1}"#, valid: ["[0]"], invalid: ["[]": "#: must have at least 1 items"]),
  KeywordCase(
    schema: #"{"maxItems": 1}"#, valid: ["[0]", "[]"],
    invalid: ["[0, 1]": "#: must have at most 1 items"]),
  KeywordCase(
    schema: #"{"uniqueItems": true}"#, valid: ["[1, \"1\", true]", "[]"],
    invalid: ["[1, 1.0]": "#: must not repeat", "[{\"a\": 1}, {\"a\": 1}]": "#: must not repeat"]),
  KeywordCase(schema: #"{"uniqueItems": false}"#, valid: ["[1, 1]"], invalid: [:]),
]

let logicCases = [
  KeywordCase(
    schema: #"{"allOf": [{"minimum": 1}, {"maximum": 3}]}"#, valid: ["2"],
    invalid: ["0": "#: must be at least 1", "4": "#: must be at most 3"]),
  KeywordCase(
    schema: #"{"anyOf": [{"type": "string"}, {"minimum": 5}]}"#, valid: ["\"a\"", "6"],
    invalid: ["1": "#: must fit one of 2 schemas: (0) #: must be string"]),
  KeywordCase(
    schema: #"{"oneOf": [{"minimum": 1}, {"maximum": 3}]}"#, valid: ["0", "4"],
    invalid: ["2": "#: must fit exactly one of 2 schemas, but fits 2"]),
  KeywordCase(
    schema: #"{"oneOf": [{"type": "string"}, {"type": "null"}]}"#, valid: ["null"],
    invalid: ["2": "#: must fit one of 2 schemas"]),
  KeywordCase(
    schema: #"{"not": {"type": "null"}}"#, valid: ["1"], invalid: ["null": "#: must not be such"]),
  KeywordCase(
    schema: """
      {"if": {"properties": {"kind": {"const": "moved"}}, "required": ["kind"]},
       "then": {"required": ["toPlant"]}, "else": {"properties": {"toPlant": false}}}
      """,
    valid: [#"{"kind": "moved", "toPlant": "B"}"#, #"{"kind": "issued"}"#],
    invalid: [
      #"{"kind": "moved"}"#: "#: must have \"toPlant\"",
      #"{"kind": "issued", "toPlant": "B"}"#: "#/toPlant: must not be there",
    ]),
  KeywordCase(
    schema: #"{"if": {"minimum": 5}, "then": {"maximum": 6}}"#, valid: ["4", "6"],
    invalid: ["7": "#: must be at most 6"]),
]

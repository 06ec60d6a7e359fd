import Testing

/// A schema, texts that fit it, and texts that do not, each with the error's first words.
struct KeywordCase: Sendable, CustomTestStringConvertible {
  var schema: String
  var valid: [String]
  var invalid: [String: String]

  var testDescription: String { schema.split(separator: "\n").joined(separator: " ") }
}

@Suite struct KeywordTests {
  @Test(arguments: typeCases + textCases + numberCases + objectCases + arrayCases + logicCases)
  func aKeywordHoldsForWhatItSaysAndForNothingElse(_ row: KeywordCase) throws {
    for json in row.valid {
      #expect(try SchemaFolder.errors(row.schema, json) == [], "\(json) fits")
    }
    for (json, start) in row.invalid {
      let errors = try SchemaFolder.errors(row.schema, json)
      #expect(errors.count == 1, "\(json) has one fault: \(errors)")
      #expect(errors.first?.hasPrefix(start) == true, "\(json): \(errors) begins with \(start)")
    }
  }

  @Test func everyFaultIsToldWithItsPointer() throws {
    let schema = """
      {"type": "object", "required": ["plant"],
       "properties": {"lines": {"items": {"properties": {"uom": {"minimum": 1},
                                                         "a/b~c": {"type": "null"}}}}}}
      """
    let errors = try SchemaFolder.errors(
      schema, #"{"lines": [{"uom": 6}, {"uom": 0, "a/b~c": 1}]}"#)
    #expect(
      errors == [
        "#/lines/1/a~1b~0c: must be null, not 1",
        "#/lines/1/uom: must be at least 1, not 0",
        "#: must have \"plant\"",
      ])
  }

  @Test(arguments: ["", "{", "[1 2]", "nul", "{} {}"])
  func whatIsNotJSONIsSaidToBeSo(_ text: String) throws {
    let errors = try SchemaFolder.errors("true", text)
    #expect(errors.first?.hasPrefix("#: is not JSON") == true, "\(errors)")
  }
}

let typeCases = [
  KeywordCase(
    schema: #"{"type": "integer"}"#, valid: ["1", "-3", "1.0", "12e3"],
    invalid: ["1.5": "#: must be integer", "true": "#: must be integer", "\"1\"": "#: must be"]),
  KeywordCase(
    schema: #"{"type": "number"}"#, valid: ["1.5", "0"],
    invalid: ["false": "#: must be number", "null": "#: must be number"]),
  KeywordCase(
    schema: #"{"type": "boolean"}"#, valid: ["true", "false"],
    invalid: ["1": "#: must be boolean", "0": "#: must be boolean"]),
  KeywordCase(
    schema: #"{"type": ["string", "null"]}"#, valid: ["\"\"", "null"],
    invalid: ["{}": "#: must be string or null", "[]": "#: must be string or null"]),
  KeywordCase(schema: #"{"type": "object"}"#, valid: ["{}"], invalid: ["[]": "#: must be object"]),
  KeywordCase(schema: #"{"type": "array"}"#, valid: ["[]"], invalid: ["{}": "#: must be array"]),
  KeywordCase(
    schema: #"{"enum": ["import", 1, null]}"#, valid: ["\"import\"", "1.0", "null"],
    invalid: ["\"Import\"": "#: must be \"import\" or 1", "true": "#: must be"]),
  KeywordCase(
    schema: #"{"const": {"a": [1, 2]}}"#, valid: [#"{"a": [1.0, 2]}"#],
    invalid: [#"{"a": [2, 1]}"#: "#: must be {\"a\": [1, 2]}"]),
  KeywordCase(schema: "true", valid: ["1", "null"], invalid: [:]),
  KeywordCase(schema: "false", valid: [], invalid: ["1": "#: must not be there"]),
  KeywordCase(
    schema: #"{"title": "t", "$comment": "c", "examples": [1], "default": 2, "deprecated": true}"#,
    valid: ["{}"], invalid: [:]),
]

let textCases = [
  KeywordCase(
    schema: #"{"pattern": "^\\d{8}$"}"#, valid: ["\"01012101\"", "7"],
    invalid: [
      "\"0101210\"": "#: must match ^\\d{8}$", "\"x01012101\"": "#: must match",
      "\"01012101\\n\"": "#: must match", "\"٠١٠١٢١٠١\"": "#: must match",
    ]),
  KeywordCase(
    schema: #"{"pattern": "b+"}"#, valid: ["\"abbc\""], invalid: ["\"ac\"": "#: must match b+"]),
  KeywordCase(
    schema: #"{"minLength": 2}"#, valid: ["\"ab\"", "\"e\\u0301\"", "1"],
    invalid: ["\"a\"": "#: must have at least 2 characters, not 1"]),
  KeywordCase(
    schema: #"{"maxLength": 2}"#, valid: ["\"ñ&\"", "\"\""],
    invalid: ["\"abc\"": "#: must have at most 2"]),
  KeywordCase(
    schema: #"{"format": "date"}"#,
    valid: ["\"2024-02-29\"", "\"2000-02-29\"", "\"1999-12-31\"", "5"],
    invalid: [
      "\"2023-02-29\"": "#: must be a date", "\"1900-02-29\"": "#: must be", "\"2024-13-01\"": "#",
      "\"2024-04-31\"": "#: must be a date", "\"2024-4-01\"": "#", "\"2024-04-00\"": "#",
      "\"2024-04-01T00:00:00Z\"": "#: must be a date", "\"\"": "#", "\"24-04-2001\"": "#",
    ]),
  KeywordCase(
    schema: #"{"format": "date-time"}"#,
    valid: [
      "\"2024-02-29T23:59:59Z\"", "\"2024-02-29t00:00:00.123456789z\"",
      "\"2024-01-01T00:00:00-06:00\"", "\"2016-12-31T23:59:60Z\"",
    ],
    invalid: [
      "\"2024-02-30T00:00:00Z\"": "#: must be a date-time", "\"2024-01-01\"": "#",
      "\"2024-01-01T00:00:00\"": "#", "\"2024-01-01 00:00:00Z\"": "#",
      "\"2024-01-01T24:00:00Z\"": "#", "\"2024-01-01T00:60:00Z\"": "#",
      "\"2024-01-01T00:00:00.Z\"": "#", "\"2024-01-01T00:00:00+0600\"": "#",
      "\"2024-01-01T00:00:00+24:00\"": "#", "\"2024-01-01T00:00:00ZZ\"": "#",
    ]),
]

let numberCases = [
  KeywordCase(
    schema: #"{"minimum": 0.1}"#, valid: ["0.1", "0.10", "1e1", "\"0\""],
    invalid: ["0.0999999999999999999999": "#: must be at least 0.1"]),
  KeywordCase(
    schema: #"{"maximum": 22}"#, valid: ["22", "-1"], invalid: ["22.000001": "#: must be at most"]),
  KeywordCase(
    schema: #"{"exclusiveMinimum": 0}"#, valid: ["0.000001"],
    invalid: ["0": "#: must be above 0", "-1": "#: must be above 0"]),
  KeywordCase(
    schema: #"{"exclusiveMaximum": 1}"#, valid: ["0.999"], invalid: ["1.0": "#: must be below 1"]),
]

@testable import Messages

extension MalformedEvent {
  private static let sample = SampleEvents.plant
  private static let long = String(repeating: "x", count: 257)

  /// What is wrong with the event around the data.
  static let envelope: [MalformedEvent] = [
    .init(text: "", .jsonMalformed, ""),
    .init(text: "plant", .jsonMalformed, ""),
    .init(text: sample + "{}", .jsonMalformed, ""),
    .init(text: String(sample.dropLast()), .jsonMalformed, ""),
    .init(text: "\u{FEFF}" + sample, .jsonMalformed, ""),
    .init(text: "[\(sample)]", .eventNotAnObject, ""),
    .init(text: "null", .eventNotAnObject, ""),
    .init(text: #""event""#, .eventNotAnObject, ""),
    .init(sample, #""specversion":"1.0","#, "", .fieldMissing, "specversion"),
    .init(sample, #""specversion":"1.0""#, #""specversion":1.0"#, .fieldType, "specversion"),
    .init(sample, #""specversion":"1.0""#, #""specversion":"0.3""#, .eventVersion, "specversion"),
    .init(sample, #""id":"e-1""#, #""id":null"#, .fieldMissing, "id"),
    .init(sample, #""id":"e-1""#, #""id":1"#, .fieldType, "id"),
    .init(sample, #""id":"e-1""#, #""id":"""#, .textMalformed, "id"),
    .init(sample, #""id":"e-1""#, #""id":"\#(long)""#, .textMalformed, "id"),
    .init(sample, #""id":"e-1""#, #""id":"e-1\u00A0""#, .textMalformed, "id", schema: false),
    .init(
      sample, #""data":{"#, #""data_base64":"*","x":{"#, .dataMalformed, "data_base64",
      schema: false),
    .init(
      sample, #""data":{"#, #""data_base64":"e30=","data":{"#, .dataMalformed, "data_base64",
      schema: false),
    .init(sample, #""source":"/erp/mty","#, "", .fieldMissing, "source"),
    .init(sample, #""source":"/erp/mty""#, #""source":" /erp""#, .textMalformed, "source"),
    .init(sample, #""source":"/erp/mty""#, #""source":"/erp ""#, .textMalformed, "source"),
    .init(sample, #""source":"/erp/mty""#, #""source":"a\tb""#, .textMalformed, "source"),
    .init(sample, #""type":"immex.plant.v1","#, "", .fieldMissing, "type"),
    .init(sample, "immex.plant.v1", "immex.plant.v2", .typeUnknown, "type"),
    .init(sample, "immex.plant.v1", "IMMEX.plant.v1", .typeUnknown, "type"),
    .init(sample, #""time":"2026-03-05T18:00:00Z","#, "", .fieldMissing, "time"),
    .init(sample, #""2026-03-05T18:00:00Z""#, "1772733600", .fieldType, "time"),
    .init(sample, "2026-03-05T18:00:00Z", "2026-03-05T18:00:00", .instantMalformed, "time"),
    .init(sample, "2026-03-05T18:00:00Z", "2026-03-05 18:00:00Z", .instantMalformed, "time"),
    .init(sample, "2026-03-05T18:00:00Z", "2026-03-05T24:00:00Z", .instantMalformed, "time"),
    .init(sample, "2026-03-05T18:00:00Z", "2026-03-05T18:00:00.Z", .instantMalformed, "time"),
    .init(sample, "2026-03-05T18:00:00Z", "2026-03-05T18:00:00+0600", .instantMalformed, "time"),
    .init(
      sample, "2026-03-05T18:00:00Z", "2026-02-29T18:00:00Z", .instantMalformed, "time",
      schema: false),
    .init(
      sample, "2026-03-05T18:00:00Z", "1989-12-31T18:00:00Z", .dateOutOfRange, "time",
      schema: false),
    .init(
      text: #"{"specversion":"1.0","id":"1","source":"s","type":"immex.plant.v1","#
        + #""time":"2026-03-05T18:00:00Z"}"#, .fieldMissing, "data"),
    .init(
      text: #"{"specversion":"1.0","id":"1","source":"s","type":"immex.plant.v1","#
        + #""time":"2026-03-05T18:00:00Z","data":[]}"#, .fieldType, "data"),
  ]
}

import HTTPServer
import ReportingRules

/// What is served, as OpenAPI 3.1 has it: made of the table of columns.
enum OpenAPI {
  /// The document.
  static var document: [String: Any] {
    var paths: [String: Any] = [
      ReportAPI.root: ["get": fixed("All reports, with their columns.", "reports")],
      ReportAPI.description: ["get": fixed("This description.", "openapi")],
      TrailRoute.path: ["get": trail],
    ]
    var schemas: [String: Any] = ["problem": problem, "trail": trailSchema]
    for file in ReportFile.allCases {
      paths[ReportAPI.path(file)] = [
        "get": fixed("What \(file.rawValue) is, with its columns.", "describe-\(file.rawValue)")
      ]
      for format in ReportFormat.allCases {
        paths[ReportAPI.path(file, format)] = ["get": rows(of: file, as: format)]
      }
      paths[ReportAPI.rowsPath(file)] = ["get": page(of: file)]
      schemas[file.rawValue] = row(
        file.columns, more: file.contrastColumns, file.explanation.english)
    }
    return [
      "openapi": "3.1.0",
      "info": [
        "title": "Saldo", "version": "1",
        "description": "The reports of Anexo 24 as the books stand, or stood at a moment.",
      ],
      "paths": paths,
      "components": [
        "schemas": schemas,
        "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
      ] as [String: Any],
    ]
  }

  private static func rows(of file: ReportFile, as format: ReportFormat) -> [String: Any] {
    let content: [String: Any] =
      switch format {
      case .json:
        [
          "schema": [
            "type": "array", "items": ["$ref": "#/components/schemas/\(file.rawValue)"],
          ] as [String: Any]
        ]
      case .csv: ["schema": ["type": "string"]]
      case .xlsx: [:]
      }
    return [
      "operationId": "\(file.rawValue)-\(format.rawValue)",
      "summary": file.explanation.english,
      "description": file.explanation.spanish,
      "parameters": parameters(of: file, isPage: false),
      "security": security,
      "responses": [
        "200": [
          "description": "All rows, sorted by \(file.order.joined(separator: ", ")).",
          "headers": [
            "ETag": ["schema": ["type": "string"]],
            "Saldo-Corte": header("The name of the moment that the rows are of.", "string"),
            "Saldo-Received": header(
              "With conocido: how many facts had been received by then.", "integer"),
            "Saldo-Posted-Later": header(
              "With conocido: how many of those were posted later.", "integer"),
          ],
          "content": [format.mediaType: content],
        ] as [String: Any],
        "304": ["description": "The rows are those that If-None-Match names."],
        "400": refusal("A parameter is unknown, there twice, or malformed."),
        "401": refusal("A token is needed."),
        "410": refusal("The moment is of another log, or of other rules."),
        "501": refusal("There is no log here to make the books of an earlier moment of."),
        "503": refusal(
          "There are no books yet, those of the moment are being made, or too many reports are: "
            + "try again."),
      ] as [String: Any],
    ]
  }

  /// With or without a token.
  static var security: [[String: Any]] { [[:], ["token": [String]()]] }

  private static func fixed(_ summary: String, _ id: String) -> [String: Any] {
    [
      "operationId": id, "summary": summary,
      "responses": [
        "200": [
          "description": summary,
          "headers": ["ETag": ["schema": ["type": "string"]]],
          "content": ["application/json": ["schema": ["type": "object"]]],
        ] as [String: Any],
        "304": ["description": "It is what If-None-Match names."],
        "400": refusal("There are no parameters."),
      ] as [String: Any],
    ]
  }

  static func day(_ name: String, _ description: String) -> [String: Any] {
    [
      "name": name, "in": "query", "description": description,
      "schema": ["type": "string", "format": "date"],
    ]
  }

  static func header(_ description: String, _ type: String) -> [String: Any] {
    ["description": description, "schema": ["type": type]]
  }

  static func refusal(_ description: String) -> [String: Any] {
    [
      "description": description,
      "content": [
        "application/problem+json": ["schema": ["$ref": "#/components/schemas/problem"]]
      ],
    ]
  }

  /// A row as an object of JSON: every member is there, null where there is nothing to say.
  ///
  /// - Parameter more: columns that are there in some answers only: which of two moments a row is
  ///   of, in their difference.
  static func row(
    _ columns: [ReportColumn], more: [ReportColumn] = [], _ explanation: String
  ) -> [String: Any] {
    var properties: [String: Any] = [:]
    for column in columns + more {
      var property = schema(of: column.kind)
      property["description"] = column.english
      property["x-es"] = column.spanish
      property["x-source"] = column.source
      property["x-unit"] = column.unit?.rawValue
      property["x-law"] = column.law
      properties[column.name] = property
    }
    return [
      "type": "object", "description": explanation, "properties": properties,
      "required": columns.map(\.name), "additionalProperties": false,
    ]
  }

  private static func schema(of kind: ReportColumn.Kind) -> [String: Any] {
    switch kind {
    case .text: ["type": ["string", "null"]]
    case .decimal:
      ["type": ["string", "null"], "pattern": #"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$"#]
    case .integer: ["type": ["integer", "null"]]
    case .day: ["type": ["string", "null"], "format": "date"]
    case .instant: ["type": ["string", "null"], "format": "date-time"]
    }
  }

  /// RFC 9457, with our code, and the parameter that is wrong.
  private static var problem: [String: Any] {
    var properties: [String: Any] = [:]
    for name in ["type", "title", "detail", "code", "field", "value"] {
      properties[name] = ["type": "string"]
    }
    properties["status"] = ["type": "integer"]
    return [
      "type": "object", "properties": properties,
      "required": ["type", "title", "status", "detail", "code"],
    ]
  }
}

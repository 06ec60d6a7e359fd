import HTTPServer
import ReportingRules

/// What reports take as parameters, and their pages.
extension OpenAPI {
  /// The parameters of a report's rows, whole or by pages.
  static func parameters(of file: ReportFile, isPage: Bool) -> [[String: Any]] {
    moments(isPage: isPage) + filters(of: file) + [order(of: file)] + (isPage ? page : [])
      + [["name": "If-None-Match", "in": "header", "schema": ["type": "string"]]]
  }

  private static func moments(isPage: Bool) -> [[String: Any]] {
    let all: [[String: Any]] = [
      day("al", "The day as of which the books are reported. Not together with today."),
      day("today", "The day against which time limits are held; else today at each plant."),
      [
        "name": "conocido", "in": "query",
        "schema": ["type": "string", "format": "date-time"],
        "description": "The instant by which the ledger had posted what is reported.",
      ],
      text("corte", "The name of a moment, as Saldo-Corte gives it. Not with conocido."),
      text(
        "contra",
        "The difference from another moment: al:DAY, conocido:INSTANT or corte:TOKEN. What it "
          + "does not name is as the question has it."),
    ]
    return isPage ? Array(all.dropLast()) : all
  }

  private static func filters(of file: ReportFile) -> [[String: Any]] {
    let columns = Dictionary(uniqueKeysWithValues: file.columns.map { ($0.name, $0) })
    var filters = file.filters.filter { $0 != "orden" }.compactMap { columns[$0] }.map { column in
      let start =
        file.prefixFilters.contains(column.name) ? "; with a star behind it, that begin so" : ""
      return text(
        column.name, "Only rows with this cell, to the byte\(start). \(column.english)")
    }
    if let name = file.mainDay {
      filters += [
        day("desde", "Only rows whose \(name) is this day or later."),
        day("hasta", "Only rows whose \(name) is this day or earlier."),
      ]
    }
    return filters
  }

  private static func order(of file: ReportFile) -> [String: Any] {
    let description =
      "The column that rows are sorted by, with a minus before it for the greatest first. Rows "
      + "with the same cell stay in the report's own order. Not with contra."
    var schema: [String: Any] = ["type": "string"]
    // Of a report with a column of this name a number is what its cell is to be.
    let isFilter = file.filters.contains("orden")
    if !isFilter { schema["enum"] = file.sorts.flatMap { [$0, "-" + $0] } }
    return [
      "name": "orden", "in": "query", "schema": schema,
      "description": description
        + (isFilter ? " Or, as a number, only rows with this cell in orden." : ""),
    ]
  }

  private static var page: [[String: Any]] {
    [
      [
        "name": "filas", "in": "query",
        "schema": [
          "type": "integer", "minimum": 1, "maximum": ListLimits.pageRows, "default": 100,
        ] as [String: Any],
        "description": "How many rows the page has, at most.",
      ],
      text("despues", "What the page before it has as next; its address is in its Link, too."),
    ]
  }

  private static func text(_ name: String, _ description: String) -> [String: Any] {
    [
      "name": name, "in": "query", "schema": ["type": "string"], "description": description,
    ]
  }

  /// A page of a report's rows.
  static func page(of file: ReportFile) -> [String: Any] {
    [
      "operationId": "\(file.rawValue)-rows",
      "summary": "Page by page: \(file.explanation.english)",
      "description": file.explanation.spanish,
      "parameters": parameters(of: file, isPage: true),
      "security": security,
      "responses": [
        "200": [
          "description": "A page of the rows, with their count and their totals.",
          "headers": [
            "ETag": ["schema": ["type": "string"]],
            "Link": header("Where the next page is, as rel=\"next\"; none at the end.", "string"),
            "Saldo-Corte": header("The name of the moment that the rows are of.", "string"),
          ],
          "content": ["application/json": ["schema": schema(of: file)]],
        ] as [String: Any],
        "304": ["description": "The page is the one that If-None-Match names."],
        "400": refusal("A parameter is unknown, there twice, malformed, or of other rows."),
        "401": refusal("A token is needed."),
        "410": refusal("The moment is of another log, or of other rules."),
        "501": refusal("There is no log here to make the books of an earlier moment of."),
        "503": refusal(
          "There are no books yet, the rows are being prepared, or too many pages are asked for: "
            + "try again."),
      ] as [String: Any],
    ]
  }

  private static func schema(of file: ReportFile) -> [String: Any] {
    let total: [String: Any] = object([
      "column": ["type": "string", "enum": file.totals.map(\.name)],
      "unit": ["type": "string"], "sum": ["type": ["string", "null"]],
    ])
    return object([
      "report": ["type": "string"], "corte": ["type": "string"],
      "next": ["type": ["string", "null"]],
      "count": object([
        "rows": ["type": "integer", "maximum": ListLimits.countedRows],
        "isExact": ["type": "boolean"],
      ]),
      "totals": ["type": "array", "items": total],
      "rows": [
        "type": "array", "items": ["$ref": "#/components/schemas/\(file.rawValue)"],
      ] as [String: Any],
    ])
  }

  private static func object(_ properties: [String: Any]) -> [String: Any] {
    [
      "type": "object", "properties": properties, "required": properties.keys.sorted(),
      "additionalProperties": false,
    ]
  }
}

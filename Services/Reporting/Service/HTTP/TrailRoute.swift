import HTTPServer
import Ledger
import Logging
import ReportingRules
import ServiceRuntime

/// `GET /api/v1/trail`: what an exit drew on, or what drew on an entry, in one answer.
struct TrailRoute: Sendable {
  static let path = "/api/v1/trail"
  /// What adds the events to a trail, which other services keep.
  typealias AddEvents = @Sendable (inout Trail) throws -> Void

  let dataDirectory: String
  let scope: @Sendable (Request) throws -> ReportScope?
  let addEvents: AddEvents
  let logger: Logger
  let gate: ReportGate

  func add(to router: inout Router) {
    router.get(Self.path) { request in try await answer(request) }
  }

  private func answer(_ request: Request) async throws -> Response {
    let scope = try scope(request)
    let (question, asOf) = try Self.question(request)
    guard gate.enter() else {
      throw ReportRoutes.unavailable(
        "busy", "as many reports are being made as there may be at a time")
    }
    defer { gate.leave() }
    let trail: Trail
    do {
      let (data, addEvents) = (dataDirectory, addEvents)
      trail = try await ProcessThreads.disk.run {
        var trail = try Trail(question, dataDirectory: data, asOf: asOf, sees: scope?.sees)
        try addEvents(&trail)
        return trail
      }
    } catch ReportingError.noStores {
      throw ReportRoutes.unavailable("unavailable", "there are no books yet")
    } catch {
      logger.error("A trail could not be followed", metadata: ["error": "\(error)"])
      throw ReportRoutes.unavailable("unavailable", "not now: try again")
    }
    guard !trail.isEmpty else {
      throw HTTPError(
        .notFound, code: "trail.unknown", "the books have no such document, or nothing came of it")
    }
    let json = trail.json
    let tag = ReportRoutes.tag(String(decoding: json, as: UTF8.self))
    let headers: Headers = [
      .contentType: ReportFormat.json.mediaType, .eTag: tag, .cacheControl: "private, no-cache",
      ReportRoutes.noSniff: "nosniff",
    ]
    return EntityTag.matches(request, tag)
      ? Response(status: .notModified, headers: headers)
      : Response(headers: headers, body: .bytes(json))
  }

  /// Reads a query, of which every parameter counts.
  ///
  /// - Throws: `HTTPError` with 400 where one is unknown, there twice, or makes no sense.
  static func question(_ request: Request) throws -> (TrailQuestion, CalendarDate?) {
    var seen: Set<String> = []
    var (document, direction): (String?, TrailQuestion.Direction) = (nil, .exit)
    var (line, part, plant, asOf): (Int32?, String?, String?, CalendarDate?) = (nil, nil, nil, nil)
    var limit = TrailQuestion.limit
    for item in request.query {
      guard seen.insert(item.name).inserted else {
        throw ReportRequest.fault("parameter.repeated", item, "the parameter is there twice")
      }
      switch item.name {
      case "salida", "entrada":
        guard document == nil else {
          throw ReportRequest.fault("parameter.excluded", item, "give salida or entrada")
        }
        document = item.value
        direction = item.name == "salida" ? .exit : .entry
      case "linea":
        guard let number = Int32(item.value), number >= 0 else {
          throw ReportRequest.fault("parameter.malformed", item, "a line is a whole number")
        }
        line = number
      case "numero_parte": part = item.value
      case "planta": plant = item.value
      case "al": asOf = try ReportRequest.day(item)
      case "limite":
        guard let rows = Int(item.value), (1...TrailQuestion.greatestLimit).contains(rows) else {
          throw ReportRequest.fault(
            "parameter.malformed", item, "give 1 to \(TrailQuestion.greatestLimit)")
        }
        limit = rows
      default:
        throw ReportRequest.fault(
          "parameter.unknown", item,
          "there is no such parameter: \(parameters.map(\.name).joined(separator: ", "))")
      }
    }
    guard let document else {
      throw ReportRequest.fault(
        "parameter.missing", QueryItem(name: "salida", value: ""), "give salida or entrada")
    }
    return (
      TrailQuestion(direction, of: document, line: line, part: part, plant: plant, limit: limit),
      asOf
    )
  }

  /// The parameters, and what they mean.
  static let parameters: [(name: String, text: String)] = [
    ("salida", "The exit that is asked about: a pedimento or an act. This or entrada."),
    ("entrada", "The pedimento of the entry that is asked about. This or salida."),
    ("linea", "Only this line of the document."),
    ("numero_parte", "Only this part; of an exit of products the product or the component."),
    ("planta", "Only what begins at this plant."),
    ("al", "The day as of which the books are read."),
    ("limite", "How many rows a table has at most, up to \(TrailQuestion.greatestLimit)."),
  ]
}

extension OpenAPI {
  /// The trail's path.
  static var trail: [String: Any] {
    [
      "operationId": "trail",
      "summary": "What an exit drew on, or what drew on an entry, and the events behind it.",
      "parameters": TrailRoute.parameters.map { name, text -> [String: Any] in
        var schema: [String: Any] = ["type": "string"]
        if name == "al" { schema["format"] = "date" }
        if name == "linea" || name == "limite" { schema["type"] = "integer" }
        return ["name": name, "in": "query", "description": text, "schema": schema]
      } + [["name": "If-None-Match", "in": "header", "schema": ["type": "string"]]],
      "security": [[:], ["token": [String]()]] as [[String: Any]],
      "responses": [
        "200": [
          "description": "The tables of the trail; recortes says what of them is left out.",
          "headers": ["ETag": ["schema": ["type": "string"]]],
          "content": [
            ReportFormat.json.mediaType: ["schema": ["$ref": "#/components/schemas/trail"]]
          ],
        ] as [String: Any],
        "304": ["description": "It is what If-None-Match names."],
        "400": refusal("A parameter is missing, unknown, there twice, or malformed."),
        "401": refusal("A token is needed."),
        "404": refusal("The books have no such document, or nothing came of it."),
        "503": refusal("There are no books yet, or too many reports are being made: try again."),
      ] as [String: Any],
    ]
  }

  /// The trail's answer.
  static var trailSchema: [String: Any] {
    var properties: [String: Any] = ["consulta": ["type": "object"]]
    for table in TrailTable.allCases {
      properties[table.rawValue] =
        [
          "type": "array", "description": table.explanation.english,
          "items": row(table.columns, table.explanation.english),
        ] as [String: Any]
    }
    return [
      "type": "object", "properties": properties, "additionalProperties": false,
      "required": ["consulta"] + TrailTable.allCases.map(\.rawValue),
    ]
  }
}

import Foundation
import HTTPServer
import Testing

/// The trail on HTTP, as the router answers.
@Suite struct TrailHTTPTests {
  /// The trail takes its parameters and no other, and answers as its schema says.
  @Test func theTrailIsAsDescribed() async throws {
    let data = try ReportHTTPTests.books()
    let document = try ReportHTTPTests.object(
      try await ReportHTTPTests.get(data, "/api/v1/openapi.json"))
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    let operation = try #require(paths["/api/v1/trail"]?["get"] as? [String: Any])
    let names = try #require(operation["parameters"] as? [[String: Any]])
      .filter { $0["in"] as? String == "query" }.compactMap { $0["name"] as? String }
    #expect(names == ["salida", "entrada", "linea", "numero_parte", "planta", "al", "limite"])
    let exit = "/api/v1/trail?salida=260000000000900"
    let answer = try await ReportHTTPTests.get(
      data, exit + "&linea=1&numero_parte=A%2FB%20%3D1&limite=50")
    #expect(answer.status == .ok && answer.headers[.eTag] != nil)
    let value = try ReportHTTPTests.object(answer)
    #expect((value["asientos"] as? [Any])?.count == 3)
    let components = try #require(document["components"] as? [String: Any])
    let schemas = try #require(components["schemas"] as? [String: [String: Any]])
    let tables = try #require(schemas["trail"]?["properties"] as? [String: [String: Any]])
    #expect(Set(tables.keys) == Set(value.keys))
    for (name, table) in tables where name != "consulta" {
      let columns = (table["items"] as? [String: Any])?["properties"] as? [String: Any]
      for row in try #require(value[name] as? [[String: Any]]) {
        #expect(Set(row.keys) == Set(try #require(columns).keys), "\(name)")
      }
    }
    let own = try ReportHTTPTests.object(
      try await ReportHTTPTests.get(data, exit, sees: [Facts.rfc]))
    #expect((own["asientos"] as? [Any])?.count == 1)
    #expect((own["recortes"] as? [[String: Any]])?.contains { $0["limite"] is NSNull } == true)
    for (query, status) in [
      ("?salida=x", .notFound), ("?linea=1", .badRequest), ("?salida=1&entrada=1", .badRequest),
      ("?salida=1&linea=x", .badRequest), ("?salida=1&limite=0", .badRequest),
      ("?salida=1&al=x", .badRequest), ("?salida=1&salida=1", .badRequest),
      ("?salida=1&today=2026-01-01", .badRequest),
    ] as [(String, Status)] {
      #expect(
        try await ReportHTTPTests.get(data, "/api/v1/trail" + query).status == status, "\(query)")
    }
  }
}

import Auditor
import Foundation
import HTTPServer
import JSONSchema
import Ledger
import Logging
import ReportingRules
import ReportingService
import Testing

/// Reports on HTTP, as the router answers.
@Suite struct ReportHTTPTests {
  @Test(arguments: ReportFile.allCases, ReportFormat.allCases)
  func whatIsServedIsWhatIsExported(_ file: ReportFile, _ format: ReportFormat) async throws {
    let data = try Self.books()
    let answer = try await Self.get(data, "\(file.fileName(as: format))?today=2026-07-01")
    #expect(answer.status == .ok)
    #expect(answer.headers[.contentType] == format.mediaType)
    let out = data.path + "/exported"
    _ = try ReportExport(dataDirectory: data.path, today: CalendarDate("2026-07-01"))
      .write(to: out, as: format) { _, _ in }
    let exported = try Data(contentsOf: URL(filePath: "\(out)/\(file.fileName(as: format))"))
    #expect(answer.body == [UInt8](exported))
  }

  @Test func booksAreOfTheDayThatIsAskedFor() async throws {
    let data = try Self.books()
    let now = try await Self.get(data, "saldos.csv").text
    let then = try await Self.get(data, "saldos.csv?al=2025-12-31").text
    let expected = try data.export(asOf: "2025-12-31")["saldos"]
    #expect(then == expected && then != now)
    let late = try await Self.get(data, "saldos.json?today=2099-01-01").text
    #expect(late.contains("vencido") && !now.contains("vencido"))
  }

  @Test func rowsAreThoseOfTheFilterInEveryFormat() async throws {
    let data = try Self.books()
    let whole = try await Self.get(data, "saldos.csv")
    try #require(whole.status == .ok, "\(whole.text)")
    let all = CSV.rows(whole.text)
    for (query, cells) in [
      ("planta=P1", [2: "P1"]), ("planta=P1&linea=2", [2: "P1", 5: "2"]),
      ("numero_parte=A%2FB%20%3D1", [3: "A/B =1"]), ("rfc=", [0: ""]), ("planta=p1", [2: "p1"]),
    ] as [(String, [Int: String])] {
      let wanted = all.filter { row in cells.allSatisfy { row[$0.key] == $0.value } }
      let csv = CSV.rows(try await Self.get(data, "saldos.csv?\(query)").text)
      #expect(csv == all.prefix(1) + wanted.filter { $0 != all[0] }, "\(query)")
      let json = try await Self.get(data, "saldos.json?\(query)")
      let objects = try JSONSerialization.jsonObject(with: Data(json.body)) as? [[String: Any]]
      #expect(objects?.count == csv.count - 1, "\(query)")
    }
    #expect(all.count > 4)
    let guarded = try await Self.get(data, "saldos.csv?planta=%3DP").text
    #expect(guarded.contains(",'=P,"), "what a spreadsheet would run is marked all the same")
  }

  @Test(arguments: [
    ("saldos.csv?plant=P1", "parameter.unknown", "plant"),
    ("saldos.csv?saldo=1", "parameter.unknown", "saldo"),
    ("saldos.csv?planta=P1&planta=P1", "parameter.repeated", "planta"),
    ("saldos.csv?al=2026-13-01", "parameter.malformed", "al"),
    ("saldos.csv?today=x", "parameter.malformed", "today"),
    ("saldos.csv?al=2026-01-01&today=2026-01-01", "parameter.excluded", "today"),
    ("saldos?x=1", "parameter.unknown", "x"), ("?x=%22", "parameter.unknown", "x"),
  ])
  func whatIsNotUnderstoodIsRefused(_ path: String, code: String, field: String) async throws {
    let answer = try await Self.get(try Self.books(), path)
    #expect(answer.status == .badRequest)
    #expect(answer.headers[.contentType] == "application/problem+json")
    let problem = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any]
    #expect(problem?["code"] as? String == code)
    #expect(problem?["field"] as? String == field)
    #expect(problem?["status"] as? Int == 400)
  }

  @Test func whatIsNotThereIsNotFound() async throws {
    let data = try Self.books()
    for path in ["saldo.csv", "saldos.pdf", "saldos.csv/", "SALDOS.csv", "..%2Fsaldos.csv"] {
      #expect(try await Self.get(data, path).status == .notFound, "\(path)")
    }
    let none = try DataFolder()
    try FileManager.default.removeItem(atPath: none.path + "/reporting")
    let answer = try await Self.get(none, "saldos.csv")
    #expect(answer.status == .serviceUnavailable && answer.headers[.retryAfter] != nil)
  }

  @Test func anAnswerIsTheSameUntilTheBooksOrTheQuestionChange() async throws {
    let data = try Self.books()
    let path = "saldos.csv?today=2026-07-01"
    let first = try await Self.get(data, path)
    let tag = try #require(first.headers[.eTag])
    #expect(tag.hasPrefix("\"") && tag.hasSuffix("\"") && tag.count == 34)
    for header in [tag, "\"x\", " + tag, "W/" + tag, "*"] {
      let again = try await Self.get(data, path, [.ifNoneMatch: header])
      #expect(again.status == .notModified && again.body.isEmpty, "\(header)")
      #expect(again.headers[.eTag] == tag)
    }
    #expect(try await Self.get(data, path, [.ifNoneMatch: "\"x\""]).status == .ok)
    var tags = [tag]
    for other in [
      "saldos.csv?today=2026-07-02", "saldos.csv?al=2026-07-01", "saldos.json?today=2026-07-01",
      "entradas.csv?today=2026-07-01", path + "&planta=P1", path + "&planta=P1&linea=1",
      path + "&linea=",
    ] { tags.append(try #require(try await Self.get(data, other).headers[.eTag])) }
    #expect(Set(tags).count == tags.count)
    try data.send(
      .ledger, [Facts.entry(balances: [try Facts.balance(1, discharged: "1", value: "1")])])
    let later = try await Self.get(data, path, [.ifNoneMatch: tag])
    #expect(later.status == .ok && later.body != first.body)
  }

  @Test func aReaderSeesItsOwnCompaniesAlone() async throws {
    let data = try Self.books()
    let all = try await Self.get(data, "saldos.csv")
    let own = try await Self.get(data, "saldos.csv", sees: [Facts.rfc])
    let nobodys = try await Self.get(data, "saldos.csv", sees: ["X"])
    #expect(CSV.rows(nobodys.text).count == 1)
    let rows = CSV.rows(own.text)
    #expect(rows.count > 1 && rows.count < CSV.rows(all.text).count)
    #expect(rows.dropFirst().allSatisfy { $0[0] == Facts.rfc })
    #expect(Set([all, own, nobodys].map { $0.headers[.eTag] }).count == 3)
    let foreign = try await Self.get(data, "saldos.csv?rfc=\(Facts.rfc)", sees: ["X"])
    #expect(CSV.rows(foreign.text).count == 1)
  }

  // MARK: The description

  @Test func theDescriptionAndTheServerSayTheSame() async throws {
    let data = try Self.books()
    let document = try Self.object(try await Self.get(data, "/api/v1/openapi.json"))
    #expect(document["openapi"] as? String == "3.1.0")
    let paths = try #require(document["paths"] as? [String: [String: Any]])
    #expect(paths.count == 3 + ReportFile.allCases.count * (2 + ReportFormat.allCases.count))
    for (path, methods) in paths {
      #expect(Array(methods.keys) == ["get"])
      let operation = try #require(methods["get"] as? [String: Any])
      if path == "/api/v1/trail" { continue }
      let responses = try #require(operation["responses"] as? [String: [String: Any]])
      let content = try #require(responses["200"]?["content"] as? [String: Any])
      let answer = try await Self.get(data, path)
      #expect(answer.status == .ok, "\(path)")
      #expect(answer.headers[.contentType] == content.keys.first, "\(path)")
      #expect(answer.headers[.eTag] != nil)
      let parameters = operation["parameters"] as? [[String: Any]] ?? []
      let names = parameters.filter { $0["in"] as? String == "query" }
        .compactMap { $0["name"] as? String }
      // Days are given one or the other, and all cells at once.
      let isPage = path.hasSuffix("/rows")
      let moments = ["conocido", "corte"] + (isPage ? [] : ["contra"])
      let lists = ["desde", "hasta", "orden"] + (isPage ? ["filas", "despues"] : [])
      for day in ["al", "today"] where names.contains(day) {
        let query = names.filter { !(["al", "today"] + moments + lists).contains($0) }
          .map { "&\($0)=x" }.joined()
        let asked = try await Self.get(
          data, "\(path)?\(day)=2026-01-01\(query)", isRead: false)
        #expect(asked.status == .ok, "\(path) \(day)\(query)")
      }
      #expect(names.isEmpty || Set(names).isSuperset(of: ["al", "today", "rfc"] + moments))
      if !names.isEmpty {
        // The moment that it names is there, and one that there is no log for is not.
        let corte = try #require(answer.headers["Saldo-Corte"])
        for query in ["corte=\(corte)", "contra=corte:\(corte)"]
        where !isPage || !query.hasPrefix("contra") {
          #expect(try await Self.get(data, "\(path)?\(query)").status == .ok, "\(path) \(query)")
        }
        let instant = "conocido=2026-01-01T00:00:00Z"
        #expect(try await Self.get(data, "\(path)?\(instant)").status == .notImplemented)
        #expect(responses["410"] != nil && responses["501"] != nil)
      }
      #expect(try await Self.get(data, path + "?none=1").status == .badRequest, "\(path)")
      #expect(responses["400"] != nil && responses["304"] != nil)
    }
  }

  /// A row of JSON is what its schema says, and the schema asks for something.
  @Test func rowsAreOfTheirSchemas() async throws {
    let data = try Self.books()
    let document = try Self.object(try await Self.get(data, "/api/v1/openapi.json"))
    let components = try #require(document["components"] as? [String: Any])
    let schemas = try #require(components["schemas"] as? [String: [String: Any]])
    let folder = URL(filePath: data.path)
    var seen = 0
    for file in ReportFile.allCases {
      var schema = try #require(schemas[file.rawValue])
      schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
      let text = try JSONSerialization.data(withJSONObject: Self.known(schema))
      try text.write(to: folder.appending(path: "\(file).schema.json"))
      let rules = try JSONSchema(directory: folder, file: "\(file).schema.json")
      let answer = try await Self.get(data, file.fileName(as: .json))
      let rows = try #require(
        try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]])
      for row in rows {
        #expect(rules.errors(in: try JSONSerialization.data(withJSONObject: row)) == [], "\(file)")
        var broken = row
        broken["rfc"] = 1
        #expect(rules.errors(in: try JSONSerialization.data(withJSONObject: broken)) != [])
        seen += 1
      }
    }
    #expect(seen > 10)
  }

  @Test func theListHasEveryReportWithItsColumns() async throws {
    let list = try Self.object(try await Self.get(try Self.books(), "/api/v1/reports"))
    let reports = try #require(list["reports"] as? [[String: Any]])
    #expect(reports.map { $0["name"] as? String } == ReportFile.allCases.map(\.rawValue))
    for (report, file) in zip(reports, ReportFile.allCases) {
      let columns = try #require(report["columns"] as? [[String: String]])
      #expect(columns.map { $0["name"] } == file.columns.map(\.name))
      #expect(columns.map { $0["es"] } == file.columns.map(\.spanish))
    }
  }

  // MARK: Asking

  struct Answer {
    var status: Status
    var headers: Headers
    var body: [UInt8]
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  static func get(
    _ data: DataFolder, _ path: String, _ headers: Headers = [:], sees: Set<String>? = nil,
    isRead: Bool = true
  ) async throws -> Answer {
    var router = Router()
    ReportRoutes(dataDirectory: data.path, logger: Logger(label: "test")) { _ in
      sees.map { sees in
        ReportScope(name: sees.sorted().joined(separator: ",")) { sees.contains($0) }
      }
    }.add(to: &router)
    let root = "/api/v1/reports"
    let target = path.hasPrefix("/") ? path : path.hasPrefix("?") ? root + path : "\(root)/\(path)"
    let response = await router.respond(to: try Request(.get, target, headers: headers))
    return Answer(
      status: response.status, headers: response.headers,
      body: isRead ? try await response.body.collect() : [])
  }

  static func object(_ answer: Answer) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  }

  /// Without our own remarks, which no schema knows.
  private static func known(_ schema: [String: Any]) -> [String: Any] {
    var schema = schema
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    schema["properties"] = properties.mapValues { $0.filter { !$0.key.hasPrefix("x-") } }
    return schema
  }

  /// Lots at two plants, an exit, a shortage; one plant is a company's.
  static func books() throws -> DataFolder {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Uno, S.A."), CatalogEvent.plant("P1"),
        CatalogEvent.plant("P2", rfc: "DEF010203AB1", id: "p2"),
        CatalogEvent.part("A/B =1"),
      ])
    for (partition, plant) in ["P1", "=P", "P2"].enumerated() {
      try data.send(
        .ledger, partition: Int32(partition),
        [
          Facts.entry(
            plant, "A/B =1",
            lots: [
              try Facts.lot(1, "10"), try Facts.lot(2, line: 2, "2.5"),
            ],
            balances: [try Facts.balance(1, discharged: "4", value: "40")],
            demands: [try Facts.demand(1, shortage: "1.25")],
            postings: [try Facts.posting(1, demand: 1, lot: 1, "4")])
        ])
    }
    return data
  }
}

import Foundation
import HTTPServer
import Ledger
import ReportingRules
import Testing

@testable import ReportingService

/// Where a page goes on: only where it belongs, and at its own moment.
@Suite(.timeLimit(.minutes(20))) struct ListTokenTests {
  private static let query = "today=2026-07-01&planta=P1&orden=-saldo&filas=5"

  @Test func aTokenIsOfItsOwnQuestion() async throws {
    let data = try ListBooks.make()
    let pages = ListPages(data)
    let first = try await pages.page(.balances, "saldos/rows?\(Self.query)")
    let token = try #require(first.next)
    #expect(try await pages.get("saldos/rows?\(Self.query)&despues=\(token)").status == .ok)
    // How many rows are wanted may change.
    let more = "today=2026-07-01&orden=-saldo&planta=P1&filas=9&despues=\(token)"
    #expect(try await pages.get("saldos/rows?\(more)").status == .ok)
    let strangers = [
      "saldos/rows?today=2026-07-02&planta=P1&orden=-saldo",
      "saldos/rows?planta=P1&orden=-saldo", "saldos/rows?al=2026-07-01&planta=P1&orden=-saldo",
      "saldos/rows?today=2026-07-01&planta=P2&orden=-saldo",
      "saldos/rows?today=2026-07-01&orden=-saldo",
      "saldos/rows?today=2026-07-01&planta=P1&orden=saldo",
      "saldos/rows?today=2026-07-01&planta=P1&orden=-cantidad",
      "saldos/rows?today=2026-07-01&planta=P1",
      "saldos/rows?today=2026-07-01&planta=P1&orden=-saldo&estado=vigente",
      "saldos/rows?today=2026-07-01&planta=P1&orden=-saldo&desde=2026-01-01",
      "desperdicios/rows?today=2026-07-01&planta=P1&orden=-saldo",
    ]
    for path in strangers {
      try await Self.refused(try await pages.get("\(path)&despues=\(token)"), path)
    }
    // Another reader's, and what is none.
    let reader = ListPages(data, sees: [Facts.rfc])
    try await Self.refused(
      try await reader.get("saldos/rows?\(Self.query)&despues=\(token)"), "another reader")
    var spoilt = [token + "x", String(token.dropLast()), "", "x", "1.2.3", "..", "%00"]
    spoilt += token.indices.map { index in
      var other = token
      other.replaceSubrange(index...index, with: token[index] == "a" ? "b" : "a")
      return other
    }
    for text in spoilt where text != "%00" {
      try await Self.refused(
        try await pages.get("saldos/rows?\(Self.query)&despues=\(text)"), text)
    }
  }

  private static func refused(_ answer: ReportHTTPTests.Answer, _ what: String) async throws {
    #expect(answer.status == .badRequest, "\(what)")
    let problem = try ReportHTTPTests.object(answer)
    #expect(problem["field"] as? String == "despues", "\(what)")
  }

  /// A token that was made up for a place that is not there.
  @Test func aPlaceThatIsNotThereIsRefused() async throws {
    let data = try ListBooks.make(lots: 2)
    let pages = ListPages(data)
    let page = try await pages.page(.balances, "saldos/rows?filas=1")
    let token = try #require(page.next)
    let corte = try Corte(token: page.corte)
    let question = ["saldos", "", "", "", "", ""].joined(separator: "\u{1}")
    #expect(PageToken(token, of: question)?.place == 1)
    for place in [0, -1, 1_000, Int64.max] {
      let forged = PageToken(corte: corte, place: place, of: question).text
      try await Self.refused(try await pages.get("saldos/rows?filas=1&despues=\(forged)"), forged)
    }
  }

  @Test func pagesStayAtTheirMomentWhileFactsComeIn() async throws {
    let data = try ListBooks.make()
    let pages = ListPages(data)
    for query in ["filas=50", "filas=50&orden=-valor_mxn", "filas=20&planta=P1&orden=saldo"] {
      let path = "saldos/rows?today=2026-07-01&\(query)"
      let before = try await pages.pages(.balances, path)
      let first = try await pages.page(.balances, path)
      let number = 1_000 + query.count
      let lot = try Facts.lot(Int64(number), line: Int32(number), "7.5")
      try data.send(
        .ledger, partition: 0,
        [Facts.entry("P1", "A-1", lots: [lot])])
      var rest: [ListPages.Page] = [first]
      while let link = rest.last?.link { rest.append(try await pages.page(.balances, link)) }
      #expect(rest.flatMap(\.rows) == before.flatMap(\.rows), "\(query)")
      #expect(rest.allSatisfy { $0.corte == first.corte && $0.totals == first.totals })
      // So does the first page by its corte, and so does a file.
      let again = try await pages.page(.balances, "\(path)&corte=\(first.corte)")
      #expect(again.rows == first.rows)
      let sort = query.contains("orden") ? "" : "&orden=planta"
      let filter = query.replacing(/filas=\d+&?/, with: "")
      let file = "saldos.json?today=2026-07-01&corte=\(first.corte)&\(filter)\(sort)"
      let rows = try JSONSerialization.jsonObject(with: Data(try await pages.get(file).body))
      #expect((rows as? [Any])?.count == first.count)
      let now = try await pages.page(.balances, path)
      #expect(now.corte != first.corte && now.count == first.count + 1)
    }
    // A corte of another is not the token's.
    let first = try await pages.page(.balances, "saldos/rows?filas=1")
    let token = try #require(first.next)
    try data.send(
      .ledger, partition: 0, [Facts.entry("P1", "A-1", lots: [try Facts.lot(5_000, "1")])])
    let other = try await pages.page(.balances, "saldos/rows?filas=1").corte
    let path = "saldos/rows?filas=1&despues=\(token)&corte="
    #expect(try await pages.get(path + first.corte).status == .ok)
    try await Self.refused(try await pages.get(path + other), "another corte")
    // What is gone cannot be made again without a log.
    try FileManager.default.removeItem(atPath: data.path + "/views")
    let gone = try await pages.get(path + first.corte)
    #expect(gone.status == .notImplemented && gone.text.contains("moment.unavailable"))
  }

  @Test(arguments: [
    ("saldos/rows?filas=0", "parameter.malformed", "filas"),
    ("saldos/rows?filas=1001", "parameter.malformed", "filas"),
    ("saldos/rows?filas=007", "parameter.malformed", "filas"),
    ("saldos/rows?filas=1&filas=1", "parameter.repeated", "filas"),
    ("saldos/rows?orden=razon_social", "parameter.malformed", "orden"),
    ("saldos/rows?orden=", "parameter.malformed", "orden"),
    ("saldos/rows?orden=--saldo", "parameter.malformed", "orden"),
    ("saldos/rows?saldo=1", "parameter.unknown", "saldo"),
    ("saldos/rows?contra=al:2026-01-01", "parameter.unknown", "contra"),
    ("saldos/rows?desde=2026-01-32", "parameter.malformed", "desde"),
    ("saldos/rows?desde=2026-01-02&hasta=2026-01-01", "parameter.excluded", "hasta"),
    ("vencimientos/rows?desde=2026-01-02", "parameter.unknown", "desde"),
    ("saldos.csv?filas=10", "parameter.unknown", "filas"),
    ("saldos.csv?despues=x", "parameter.unknown", "despues"),
    ("saldos.csv?orden=descripcion", "parameter.malformed", "orden"),
    ("saldos/rows?corte=x", "parameter.malformed", "corte"),
  ])
  func whatIsNotUnderstoodIsRefused(_ path: String, code: String, field: String) async throws {
    let answer = try await ListPages(try ListBooks.make(lots: 1)).get(path)
    #expect(answer.status == .badRequest)
    let problem = try ReportHTTPTests.object(answer)
    #expect(problem["code"] as? String == code && problem["field"] as? String == field)
  }
}

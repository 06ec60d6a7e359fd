import Auditor
import Foundation
import HTTPServer
import Ledger
import Logging
import ReportingRules
import SaldoComposition
import Testing

@testable import ReportingService

/// Moments of the report API.
@Suite(.timeLimit(.minutes(20))) struct MomentHTTPTests {
  private struct Answer {
    var status: Status
    var headers: Headers
    var body: Data
    var text: String { String(decoding: body, as: UTF8.self) }
    var corte: String { headers["Saldo-Corte"] ?? "" }
  }

  private static func get(
    _ books: MomentBooks, _ path: String, _ headers: Headers = [:], hasLog: Bool = true,
    patience: Duration = .seconds(600)
  ) async throws -> Answer {
    var router = Router()
    let none: LogOpening = { nil }
    ReportRoutes(
      dataDirectory: books.folder, log: hasLog ? FolderLog.opening(books.folder) : none,
      patience: patience, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ).add(to: &router)
    let response = await router.respond(
      to: try Request(.get, "/api/v1/reports/\(path)", headers: headers))
    return Answer(
      status: response.status, headers: response.headers,
      body: Data(try await response.body.collect()))
  }

  @Test func anAnswerNamesItsMomentAndCanBeHadAgain() async throws {
    try await MomentBooks.with { books in
      let events = try Scenario(named: "everything").events
      let half = events.count / 2
      try await books.take(events[..<half])
      let first = try await Self.get(books, "saldos.csv")
      let day = try await Self.get(books, "saldos.csv?al=2025-06-30")
      let instant = await MomentBooks.now()
      try await books.take(events[half...])
      let now = try await Self.get(books, "saldos.csv")
      #expect(now.body != first.body && now.corte != first.corte && !first.corte.isEmpty)
      #expect(now.headers["Saldo-Received"] == nil)

      let again = try await Self.get(books, "saldos.csv?corte=\(first.corte)")
      #expect(again.status == .ok && again.body == first.body && again.corte == first.corte)
      let asOf = try await Self.get(books, "saldos.csv?al=2025-06-30&corte=\(day.corte)")
      #expect(asOf.body == day.body)

      let known = try await Self.get(books, "saldos.csv?conocido=\(instant)")
      #expect(known.body == first.body)
      #expect(known.headers["Saldo-Received"] == "\(half)")
      #expect(known.headers["Saldo-Posted-Later"] == "0")
      let same = try await Self.get(books, "saldos.csv?corte=\(known.corte)")
      #expect(same.body == first.body)
      // Marks hold for moments too.
      let tag = try #require(again.headers[.eTag])
      let unchanged = try await Self.get(
        books, "saldos.csv?corte=\(first.corte)", [.ifNoneMatch: tag])
      #expect(unchanged.status == .notModified && unchanged.corte == first.corte)
      #expect(asOf.headers[.eTag] != tag && now.headers[.eTag] != tag)

      // The difference, in every way that a moment is named.
      let tags = try await Self.checkContrasts(books, first.corte, instant)
      #expect(Set(tags + [tag]).count == tags.count + 1)
    }
  }

  private static func checkContrasts(
    _ books: MomentBooks, _ corte: String, _ instant: Instant
  ) async throws -> [String] {
    var tags: [String] = []
    for (text, contra, moment) in [
      ("contra=corte:\(corte)", .moment(.corte(try Corte(token: corte))), .now),
      ("contra=al:2025-03-31", .asOf(try CalendarDate("2025-03-31")), .now),
      (
        "contra=al:2025-03-31&conocido=\(instant)", .asOf(try CalendarDate("2025-03-31")),
        .known(instant)
      ), ("contra=al:2025-04-30", .asOf(try CalendarDate("2025-04-30")), .now),
    ] as [(String, ContrastChoice, MomentChoice)] {
      let answer = try await get(books, "saldos.csv?\(text)")
      let files = try books.files(try books.export(moment, contra: contra)).files
      #expect(answer.status == .ok && answer.body == files["contra-saldos.csv"], "\(text)")
      #expect(answer.headers[.contentDisposition]?.contains("\"contra-saldos.csv\"") == true)
      tags.append(answer.headers[.eTag] ?? "")
      let plant = CSV.rows(answer.text).last?[3] ?? ""
      let some = try await get(books, "saldos.csv?\(text)&planta=\(plant)")
      #expect(CSV.rows(some.text).count > 1)
    }
    return tags
  }

  @Test func whatCannotBeHadIsRefused() async throws {
    try await MomentBooks.with { books in
      try await books.take(Scenario(named: "plain").events[...])
      let corte = try await Self.get(books, "saldos.csv").corte
      for (query, status, code) in [
        ("corte=x", .badRequest, "parameter.malformed"),
        ("corte=\(corte)x", .badRequest, "parameter.malformed"),
        ("conocido=2026-01-01", .badRequest, "parameter.malformed"),
        ("conocido=2099-01-01T00:00:00Z", .badRequest, "parameter.malformed"),
        ("contra=2026-01-01", .badRequest, "parameter.malformed"),
        (
          "conocido=2026-01-01T00:00:00Z&corte=\(corte)", .badRequest, "parameter.excluded"
        ), ("corte=\(corte)&corte=\(corte)", .badRequest, "parameter.repeated"),
        ("conocida=2026-01-01T00:00:00Z", .badRequest, "parameter.unknown"),
      ] as [(String, Status, String)] {
        let answer = try await Self.get(books, "saldos.csv?\(query)")
        #expect(answer.status == status && answer.text.contains("\"\(code)\""), "\(query)")
        #expect(answer.headers[.contentType] == "application/problem+json")
      }
      let none = try await Self.get(
        books, "saldos.csv?conocido=2026-01-01T00:00:00Z", hasLog: false)
      #expect(none.status == .notImplemented && none.text.contains("moment.unavailable"))
      try await MomentBooks.with { others in
        try await others.take(Scenario(named: "everything").events[...])
        for query in ["corte=\(corte)", "contra=corte:\(corte)"] {
          let gone = try await Self.get(others, "saldos.csv?\(query)")
          #expect(gone.status == .gone && gone.text.contains("\"moment.gone\""))
          #expect(gone.text.contains("take the corte of the answer"))
        }
      }
    }
  }

  @Test func whoHasNoPatienceIsToldToComeAgain() async throws {
    try await MomentBooks.with { books in
      let events = try Scenario(named: "everything").events
      try await books.take(events[..<(events.count / 2)])
      let first = try await Self.get(books, "saldos.csv")
      try await books.take(events[(events.count / 2)...])
      let path = "saldos.csv?corte=\(first.corte)"
      let early = try await Self.get(books, path, patience: .zero)
      #expect(early.status == .serviceUnavailable && early.text.contains("\"preparing\""))
      #expect(early.headers[.retryAfter] != nil)
      // It is made meanwhile, or by the next who asks.
      #expect(try await Self.get(books, path).body == first.body)
    }
  }
}

import Foundation
import HTTPServer
import Ledger
import ReportingRules
import Testing

@testable import ReportingService

/// The files that lists are read from: kept for a while, never truth.
@Suite(.timeLimit(.minutes(20))) struct ListViewTests {
  private static func names(_ data: DataFolder) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: data.path + "/views")) ?? []).sorted()
  }

  @Test func aViewIsMadeOnceForTheSameBooksAndDays() async throws {
    let data = try ListBooks.make(lots: 2)
    let pages = ListPages(data)
    for query in ["", "?orden=saldo", "?estado=vigente&filas=3", "?orden=-saldo"] {
      _ = try await pages.page(.balances, "saldos/rows\(query)")
    }
    #expect(Self.names(data).count == 1)
    _ = try await pages.page(.balances, "saldos/rows?al=2026-02-01")
    _ = try await pages.page(.balances, "saldos/rows?today=2026-02-01")
    _ = try await pages.page(.entries, "entradas/rows")
    #expect(Self.names(data).count == 4)
  }

  /// Books that nothing came to have one view a day, though each quarter of an hour has its corte.
  @Test func aViewIsOfAllQuartersOfItsDays() throws {
    let data = try ListBooks.make(lots: 1)
    let made = try [
      "2026-07-01T07:00:00Z", "2026-07-01T20:00:00Z", "2026-07-02T05:59:00Z",
      "2026-07-02T06:00:00Z",
    ].map { text in
      var export = ReportExport(dataDirectory: data.path, today: nil, now: try Instant(text))
      export.log = { nil }
      return try ReportMoment(export).viewName(of: .balances)
    }
    #expect(made[0] == made[1] && made[1] == made[2] && made[2] != made[3])
    #expect(made[2].base == made[3].base)
    #expect(made[2].quarters.upperBound + 1 == made[3].quarters.lowerBound)
    #expect(made.allSatisfy { ViewName($0.text) == $0 })
  }

  @Test func theOldestGoAndLeftoversOfTheKilledToo() async throws {
    let data = try ListBooks.make(lots: 2)
    let pages = ListPages(data, views: ViewMemory(most: 2))
    _ = try await pages.page(.balances, "saldos/rows")
    let first = try #require(Self.names(data).first)
    let killed = "\(data.path)/views/.x.1.part"
    try FileManager.default.createDirectory(atPath: killed, withIntermediateDirectories: true)
    try Data().write(to: URL(filePath: killed + "/moment"))
    _ = try await pages.page(.entries, "entradas/rows")
    #expect(Self.names(data).count == 2 && Self.names(data).contains(first))
    _ = try await pages.page(.byPart, "saldos_parte/rows")
    #expect(Self.names(data).count == 2 && !Self.names(data).contains(first))
    // An order that one was killed over is made again, and nothing of it stays.
    let view = "\(data.path)/views/\(try #require(Self.names(data).first))"
    let file = Self.names(data)[0]
    let part = "\(view)/.order-planta.sqlite.1.part"
    try Data([1]).write(to: URL(filePath: part))
    for report in [ReportFile.entries, .byPart] {
      _ = try await pages.page(report, "\(report.rawValue)/rows?orden=planta")
    }
    #expect(!FileManager.default.fileExists(atPath: part), "\(file)")
  }

  /// What was spoilt since is made again.
  @Test func aDamagedViewIsMadeAgain() async throws {
    let data = try ListBooks.make(lots: 8)
    let pages = ListPages(data)
    for (name, query) in [("rows.sqlite", "filas=9"), ("order-saldo.sqlite", "orden=saldo")] {
      let path = "saldos/rows?today=2026-07-01&\(query)"
      let before = try await pages.page(.balances, path)
      let view = try #require(Self.names(data).first)
      let file = URL(filePath: "\(data.path)/views/\(view)/\(name)")
      var bytes = try Data(contentsOf: file)
      bytes.resetBytes(in: 0..<bytes.count)
      try bytes.write(to: file)
      #expect(try await pages.page(.balances, path).rows == before.rows, "\(name)")
    }
  }

  /// The pages are read on where the view was removed, and made again where they are asked for.
  @Test func aViewMayBeRemovedAtAnyTime() async throws {
    let data = try ListBooks.make()
    let pages = ListPages(data)
    let path = "saldos/rows?today=2026-07-01&filas=40&orden=-saldo"
    let all = try await pages.pages(.balances, path)
    var link: String? = path
    for page in all {
      try? FileManager.default.removeItem(atPath: data.path + "/views")
      let again = try await pages.page(.balances, try #require(link))
      #expect(again.rows == page.rows && again.totals == page.totals)
      link = again.link
    }
    #expect(link == nil && all.count > 3)
  }

  @Test func aReaderSeesItsOwnCompaniesAlone() async throws {
    let data = try ListBooks.make()
    let whole = try await ListPages(data).pages(.balances, "saldos/rows?filas=100")
    let own = try await ListPages(data, sees: [Facts.rfc]).pages(.balances, "saldos/rows")
    let other = try await ListPages(data, sees: [ListBooks.other]).pages(.balances, "saldos/rows")
    let nobody = try await ListPages(data, sees: ["X"]).pages(.balances, "saldos/rows")
    #expect(nobody.flatMap(\.rows) == [] && nobody[0].count == 0)
    #expect(nobody[0].totals.values.allSatisfy { $0 == "0" })
    let all = whole.flatMap(\.rows)
    for (rfc, pages) in [(Facts.rfc, own), (ListBooks.other, other)] {
      let expected = all.filter { $0[0] == rfc }
      #expect(pages.flatMap(\.rows) == expected && !expected.isEmpty)
      #expect(pages[0].count == expected.count)
      #expect(pages[0].totals == ListQuestion(.balances).totals(of: expected))
    }
    let foreign = try await ListPages(data, sees: ["X"]).page(
      .balances, "saldos/rows?rfc=\(Facts.rfc)")
    #expect(foreign.rows == [] && foreign.count == 0)
    let filtered = try await ListPages(data, sees: [ListBooks.other]).page(
      .balances, "saldos/rows?numero_parte=A-1&orden=-saldo")
    #expect(!filtered.rows.isEmpty && filtered.rows.allSatisfy { $0[0] == ListBooks.other })
    #expect(filtered.count == all.count { $0[0] == ListBooks.other && $0[3] == "A-1" })
    let file = try await ListPages(data, sees: [ListBooks.other]).get("saldos.json?orden=saldo")
    let rows = try JSONSerialization.jsonObject(with: Data(file.body)) as? [[String: Any]]
    #expect(rows?.count == other[0].count)
  }

  @Test func aPageIsTheSameUntilTheBooksOrTheQuestionChange() async throws {
    let data = try ListBooks.make(lots: 2)
    let pages = ListPages(data)
    let first = try await pages.page(.balances, "saldos/rows?today=2026-07-01&filas=3")
    let path = "saldos/rows?today=2026-07-01&filas=3&corte=\(first.corte)"
    let tag = try await pages.page(.balances, path).tag
    let again = try await pages.get(path, [.ifNoneMatch: tag])
    #expect(again.status == .notModified && again.body.isEmpty && again.headers[.eTag] == tag)
    #expect(again.headers["Saldo-Corte"] == first.corte)
    for other in [path + "&planta=P1", path.replacing("filas=3", with: "filas=4")] {
      #expect(try await pages.get(other, [.ifNoneMatch: tag]).status == .ok, "\(other)")
    }
  }

  @Test func whoHasNoPatienceIsToldToComeAgain() async throws {
    let data = try ListBooks.make(lots: 2)
    let early = try await ListPages(data, patience: .zero).get("saldos/rows")
    #expect(early.status == .serviceUnavailable && early.text.contains("\"preparing\""))
    #expect(early.headers[.retryAfter] != nil)
    #expect(try await ListPages(data).page(.balances, "saldos/rows").count > 0)
  }

  /// Beyond 10,000 rows the count is said to be more, the totals are exact, and pages go on.
  @Test func manyRowsAreCountedNoFurther() async throws {
    let data = try DataFolder()
    try data.send(
      .catalog,
      bytes: [
        CatalogEvent.company(name: "Uno, S.A."), CatalogEvent.plant("P1"), CatalogEvent.part("A-1"),
      ])
    for batch in 0..<11 {
      let lots = try (1...1_000).map { number in
        try Facts.lot(
          Int64(batch * 1_000 + number), line: Int32(batch * 1_000 + number),
          "0.\(1 + (number + batch) % 7)", value: "1")
      }
      try data.send(.ledger, [Facts.entry("P1", "A-1", lots: lots)])
    }
    let pages = ListPages(data)
    for query in ["", "&estado=vigente", "&estado=vigente&orden=-cantidad", "&orden=cantidad"] {
      let path = "saldos/rows?today=2026-07-01&filas=1000\(query)"
      let found = try await pages.pages(.balances, path)
      let rows = found.flatMap(\.rows)
      #expect(rows.count == 11_000 && Set(rows).count == 11_000, "\(query)")
      #expect(found.allSatisfy { $0.count == 10_000 && !$0.isExact }, "\(query)")
      #expect(found[0].totals == ListQuestion(.balances).totals(of: rows), "\(query)")
      var question = ListQuestion(.balances)
      if let sort = query.firstMatch(of: /orden=(-?)(.*)/) {
        question.sort(String(sort.2), isDescending: sort.1 == "-")
      }
      let own = rows.sorted { a, b in
        // The report's own order, to sort anew.
        (a[2], a[3], a[4], a[5]) < (b[2], b[3], b[4], b[5])
      }
      #expect(question.answer(in: own) == rows, "\(query)")
    }
  }
}

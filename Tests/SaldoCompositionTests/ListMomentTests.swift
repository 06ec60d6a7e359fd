import Auditor
import Foundation
import HTTPServer
import Logging
import ReportingRules
import SaldoComposition
import Testing

@testable import ReportingService

/// Pages of a moment whose books, and whose view, have to be made of the log again.
@Suite(.timeLimit(.minutes(20))) struct ListMomentTests {
  private struct Page {
    var rows: [NSDictionary]
    var corte: String
    var link: String?
    var received: String?
  }

  private static func get(_ books: MomentBooks, _ path: String) async throws -> (Response, Data) {
    var router = Router()
    ReportRoutes(
      dataDirectory: books.folder, log: FolderLog.opening(books.folder), patience: .seconds(600),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ).add(to: &router)
    let target = path.hasPrefix("/") ? path : "/api/v1/reports/\(path)"
    let response = await router.respond(to: try Request(.get, target))
    return (response, Data(try await response.body.collect()))
  }

  private static func page(_ books: MomentBooks, _ path: String) async throws -> Page {
    let (response, body) = try await get(books, path)
    let text = String(decoding: body, as: UTF8.self)
    try #require(response.status == .ok, "\(path): \(text)")
    let object = try #require(try JSONSerialization.jsonObject(with: body) as? [String: Any])
    return Page(
      rows: try #require(object["rows"] as? [NSDictionary]),
      corte: try #require(object["corte"] as? String),
      link: response.headers["Link"].flatMap {
        $0.firstMatch(of: /^<([^>]+)>/).map { String($0.1) }
      }, received: response.headers["Saldo-Received"])
  }

  @Test(arguments: ["orden=-cantidad&filas=2", "filas=3", "estado=vigente&filas=1"])
  func pagesGoOnAtTheirMomentThoughItsViewIsGone(_ query: String) async throws {
    try await MomentBooks.with { books in
      let events = try Scenario(named: "everything").events
      try await books.take(events[..<(events.count / 2)])
      let instant = await MomentBooks.now()
      let path = "saldos/rows?\(query)"
      var before = [try await Self.page(books, path)]
      while let link = before.last?.link { before.append(try await Self.page(books, link)) }
      try await books.take(events[(events.count / 2)...])
      try FileManager.default.removeItem(atPath: books.folder + "/views")
      // Behind the first page, by its link.
      var after = [before[0]]
      while let link = after.last?.link {
        after.append(try await Self.page(books, link))
        try FileManager.default.removeItem(atPath: books.folder + "/views")
      }
      #expect(before.count > 1 && after.map(\.rows) == before.map(\.rows))
      #expect(Set(after.map(\.corte)) == [before[0].corte])
      // As known at that instant, page by page; what was received by then is on the first.
      let known = "saldos/rows?conocido=\(instant)&\(query)"
      var pages = [try await Self.page(books, known)]
      while let link = pages.last?.link { pages.append(try await Self.page(books, link)) }
      #expect(pages.map(\.rows) == before.map(\.rows))
      #expect(pages[0].received == "\(events.count / 2)")
      // The file of that moment, and the books of now.
      let filter = query.replacing(/&?filas=\d/, with: "")
      let sort = filter.contains("orden") ? filter : "orden=planta&" + filter
      let (file, bytes) = try await Self.get(
        books, "saldos.json?corte=\(before[0].corte)&\(sort)")
      let rows = try JSONSerialization.jsonObject(with: bytes) as? [NSDictionary]
      #expect(file.status == .ok && Set(rows ?? []) == Set(before.flatMap(\.rows)))
      #expect(rows?.count == before.reduce(0) { $0 + $1.rows.count })
      #expect(try await Self.page(books, path).corte != before[0].corte)
    }
  }

  @Test func aCorteOfAnotherLogIsGone() async throws {
    try await MomentBooks.with { books in
      try await books.take(Scenario(named: "plain").events[...])
      let page = try await Self.page(books, "saldos/rows?filas=1")
      let link = try #require(page.link)
      try await MomentBooks.with { others in
        try await others.take(Scenario(named: "everything").events[...])
        for path in ["saldos/rows?corte=\(page.corte)", link] {
          let (gone, body) = try await Self.get(others, path)
          #expect(gone.status == .gone, "\(path)")
          #expect(String(decoding: body, as: UTF8.self).contains("\"moment.gone\""))
        }
        let future = "saldos/rows?conocido=2099-01-01T00:00:00Z"
        #expect(try await Self.get(others, future).0.status == .badRequest)
      }
    }
  }
}

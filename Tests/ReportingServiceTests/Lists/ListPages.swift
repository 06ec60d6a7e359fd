import Foundation
import HTTPServer
import Logging
import ReportingRules
import Testing

@testable import ReportingService

/// Asks for reports page by page, as the router answers.
struct ListPages {
  let data: DataFolder
  let router: Router

  init(
    _ data: DataFolder, views: ViewMemory = ViewMemory(), sees: Set<String>? = nil,
    patience: Duration = .seconds(600)
  ) {
    self.data = data
    var router = Router()
    ReportRoutes(
      dataDirectory: data.path, log: { nil }, patience: patience,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      scope: { _ in
        sees.map { sees in
          ReportScope(name: sees.sorted().joined(separator: ",")) { sees.contains($0) }
        }
      }, addEvents: { $0.add(nil) }, views: views
    ).add(to: &router)
    self.router = router
  }

  func get(_ path: String, _ headers: Headers = [:]) async throws -> ReportHTTPTests.Answer {
    let target = path.hasPrefix("/") ? path : "/api/v1/reports/\(path)"
    let response = await router.respond(to: try Request(.get, target, headers: headers))
    return ReportHTTPTests.Answer(
      status: response.status, headers: response.headers,
      body: try await response.body.collect())
  }

  /// A page, as somebody reads it who follows what it says.
  struct Page {
    var rows: [[String]]
    var count: Int
    var isExact: Bool
    var totals: [String: String]
    var corte: String
    /// The token, and the address that the header names; nil at the end.
    var next: String?
    var link: String?
    var tag: String
  }

  func page(_ file: ReportFile, _ path: String) async throws -> Page {
    let answer = try await get(path)
    try #require(answer.status == .ok, "\(path): \(answer.text)")
    let object = try ReportHTTPTests.object(answer)
    let rows = try #require(object["rows"] as? [[String: Any]])
    let count = try #require(object["count"] as? [String: Any])
    let totals = try #require(object["totals"] as? [[String: Any]])
    let corte = try #require(object["corte"] as? String)
    #expect(answer.headers["Saldo-Corte"] == corte)
    #expect(object["report"] as? String == file.rawValue)
    let link = answer.headers["Link"]
    return Page(
      rows: try rows.map { try Self.texts($0, file) },
      count: try #require(count["rows"] as? Int), isExact: try #require(count["isExact"] as? Bool),
      totals: Dictionary(
        uniqueKeysWithValues: totals.map {
          ("\($0["column"] ?? "") \($0["unit"] ?? "")", $0["sum"] as? String ?? "")
        }),
      corte: corte, next: object["next"] as? String,
      link: link.flatMap { $0.firstMatch(of: /^<([^>]+)>; rel="next"$/).map { String($0.1) } },
      tag: answer.headers[.eTag] ?? "")
  }

  /// The pages from an address on, each behind the one before it.
  func pages(_ file: ReportFile, _ path: String) async throws -> [Page] {
    var pages: [Page] = []
    var next: String? = path
    while let path = next {
      let page = try await page(file, path)
      pages.append(page)
      #expect((page.next == nil) == (page.link == nil), "\(path)")
      next = page.link
      try #require(pages.count < 2_000, "\(path) has no end")
    }
    return pages
  }

  /// The cells of an object as a CSV has them.
  static func texts(_ object: [String: Any], _ file: ReportFile) throws -> [String] {
    try file.columns.map { column in
      switch try #require(object[column.name]) {
      case let text as String: return text
      case let number as NSNumber: return number.stringValue
      default: return ""
      }
    }
  }
}

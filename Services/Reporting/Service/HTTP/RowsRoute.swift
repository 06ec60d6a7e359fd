import Foundation
import HTTPServer
import ReportingRules

/// `GET /api/v1/reports/{name}/rows`: a page of a report's rows, with how many there are of them in
/// all and what they come to.
struct RowsRoute: Sendable {
  let dataDirectory: String
  let log: LogOpening
  let memory: ViewMemory
  private let queue = ReadingQueue(ListLimits.pagesAtOnce, most: ListLimits.waitingPages)

  init(dataDirectory: String, log: @escaping LogOpening, memory: ViewMemory) {
    (self.dataDirectory, self.log, self.memory) = (dataDirectory, log, memory)
  }

  /// Another number, other bytes for the same rows.
  private static let layout = 1

  /// An answer that is made, or the mark of one that the client has.
  private struct Answer: Sendable {
    var tag: String
    var corte: Corte
    var head: MomentHead?
    var body: [UInt8]?
    var next: String?
  }

  /// The page that a request asks for.
  ///
  /// - Parameter patience: how long its view is waited for.
  /// - Throws: `HTTPError` where the request is not understood; else as ``ReportMoment``, SQLite.
  func answer(
    _ request: Request, _ file: ReportFile, _ scope: ReportScope?, patience: Duration
  ) async throws -> Response {
    var asked = try ReportRequest(request, file, isPage: true)
    let question = Self.question(asked, file, scope)
    let token = try Self.token(&asked, question)
    guard await queue.enter() else {
      throw ReportRoutes.unavailable("busy", "as many pages are asked for as may wait")
    }
    let (queue, page) = (
      queue,
      Page(
        opening: ViewOpening(export: export(asked), file: file, memory: memory),
        filter: asked.filter(scope?.sees), order: asked.order, rows: asked.page.rows,
        after: token?.place, question: question)
    )
    let answer = try await Awaited<Answer>.value(within: patience) {
      defer { queue.leave() }
      return try await Self.onThread { try page.answer { EntityTag.matches(request, $0) } }
    }
    return Self.response(answer, request)
  }

  private func export(_ asked: ReportRequest) -> ReportExport {
    var export = ReportExport(
      dataDirectory: dataDirectory, today: asked.today, asOf: asked.asOf)
    (export.moment, export.log) = (asked.moment, log)
    return export
  }

  // MARK: Tokens

  /// What a token belongs to: all that says which rows there are, in which order, but not the
  /// moment, which it holds, nor how many are on a page.
  private static func question(
    _ asked: ReportRequest, _ file: ReportFile, _ scope: ReportScope?
  ) -> String {
    var instant = ""
    if case .known(let known) = asked.moment { instant = "\(known)" }
    let days = [asked.asOf, asked.today].map { $0.map { "\($0)" } ?? "" }
    return ([file.rawValue, scope.map { "s" + $0.name } ?? "", instant] + days + [asked.text])
      .joined(separator: "\u{1}")
  }

  /// The token of a request, whose moment is the request's from then on.
  private static func token(_ asked: inout ReportRequest, _ question: String) throws -> PageToken? {
    guard let text = asked.page.token else { return nil }
    let token = PageToken(text, of: question)
    if let token {
      if case .corte(let corte) = asked.moment, corte != token.corte { throw refusal(text) }
      asked.moment = .corte(token.corte)
      return token
    }
    throw refusal(text)
  }

  private static func refusal(_ text: String) -> HTTPError {
    ReportRequest.fault(
      "parameter.malformed", QueryItem(name: "despues", value: text),
      "it is not the next page of these rows: take it from an answer to the same query")
  }

  // MARK: A page

  private struct Page: Sendable {
    let opening: ViewOpening
    let filter: RowFilter
    let order: ViewOrder?
    let rows: Int
    let after: Int64?
    let question: String

    /// - Parameter isKnown: whether the client has what is marked so.
    func answer(_ isKnown: (String) -> Bool) throws -> Answer {
      try opening.read { view, moment in
        let tag = ReportRoutes.tag(
          [
            "\(RowsRoute.layout)", view.name, moment.corte.token, question, "\(rows)",
            "\(after ?? 0)",
          ].joined(separator: "\u{2}"))
        var answer = Answer(tag: tag, corte: moment.corte, head: moment.head)
        if isKnown(tag) { return answer }
        let found = try ViewRows(view, filter, order, opening.memory)
        do {
          let (json, last) = try found.page(of: rows, after: after)
          answer.next = last.map {
            PageToken(corte: moment.corte, place: $0, of: question).text
          }
          answer.body = try body(json, found.matches, answer)
        } catch is ViewReading.NoSuchPlace {
          throw RowsRoute.refusal("")
        }
        return answer
      }
    }

    private func body(
      _ rows: [UInt8], _ matches: ViewMatches, _ answer: Answer
    ) throws -> [UInt8] {
      let isCounted = matches.rows <= ListLimits.countedRows
      let count: [String: Any] = [
        "rows": min(matches.rows, ListLimits.countedRows), "isExact": isCounted,
      ]
      let totals = matches.totals.map { total -> [String: Any] in
        [
          "column": total.column, "unit": total.unit,
          "sum": total.sum.map { $0 as Any } ?? NSNull(),
        ]
      }
      var body: [UInt8] = []
      func add(_ text: String) { body += Array(text.utf8) }
      add("{\"report\":\(JSONValueText.string(opening.file.rawValue))")
      add(",\"corte\":\(JSONValueText.string(answer.corte.token)),\"count\":")
      body += try JSONValueText.bytes(count)
      add(",\"totals\":")
      body += try JSONValueText.bytes(totals)
      add(",\"next\":\(answer.next.map { JSONValueText.string($0) } ?? "null"),\"rows\":")
      body += rows
      add("}\n")
      return body
    }
  }

  // MARK: Answering

  private static func response(_ answer: Answer, _ request: Request) -> Response {
    var headers: Headers = [
      .contentType: ReportFormat.json.mediaType, .eTag: answer.tag,
      .cacheControl: "private, no-cache", ReportRoutes.noSniff: "nosniff",
      .corte: answer.corte.token,
    ]
    if let head = answer.head {
      headers[.received] = "\(head.received)"
      headers[.postedLater] = "\(head.postedLater)"
    }
    guard let body = answer.body else { return Response(status: .notModified, headers: headers) }
    if let next = answer.next {
      headers[.link] = "<\(address(request, next))>; rel=\"next\""
    }
    return Response(headers: headers, body: .bytes(body))
  }

  /// The same request for the page behind it.
  private static func address(_ request: Request, _ token: String) -> String {
    let items =
      request.query.filter { $0.name != "despues" } + [.init(name: "despues", value: token)]
    return request.path + "?"
      + items.map { "\(HTTPClient.escaped($0.name))=\(HTTPClient.escaped($0.value))" }
      .joined(separator: "&")
  }

  /// Runs what reads, and may make a view, on a thread of its own.
  private static func onThread<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
  }
}

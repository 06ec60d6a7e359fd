import EventLog
import Foundation
import HTTPServer
import Hashing
import Logging
import ReportingRules
import ServiceRuntime

/// Which companies' rows somebody may see.
public struct ReportScope: Sendable {
  /// What is the same for all who see the same.
  public var name: String
  /// Whether a company's rows may be seen, by its RFC; empty where it is not known.
  public var sees: @Sendable (String) -> Bool

  /// A scope.
  public init(name: String, sees: @escaping @Sendable (String) -> Bool) {
    (self.name, self.sees) = (name, sees)
  }
}

/// The reports on HTTP, as the books stand or stood: `GET /api/v1/reports`,
/// `/api/v1/reports/{name}`, and with `.csv`, `.xlsx` or `.json` behind the name the rows, the same
/// in each, or with `/rows` page by page; and what there is as OpenAPI, `GET /api/v1/openapi.json`.
public struct ReportRoutes: Sendable {
  private let dataDirectory: String
  private let log: LogOpening
  private let patience: Duration
  private let scope: @Sendable (Request) throws -> ReportScope?
  private let logger: Logger
  private let addEvents: @Sendable (inout Trail) throws -> Void
  private let gate = ReportGate(atOnce)
  private let pages: RowsRoute
  private let views: ViewMemory

  /// How many reports are made at a time.
  static let atOnce = 4
  /// Another number, other bytes for the same rows.
  private static let layout = 1

  /// - Parameters:
  ///   - dataDirectory: the services' data folder.
  ///   - log: opens the log that books of an earlier moment are made of.
  ///   - patience: how long an answer waits for such books, which are made all the same.
  ///   - scope: who asks, and sees what; nil for all. It throws where somebody has to say who it
  ///     is.
  ///   - addEvents: adds to a trail the events behind it, which other services keep.
  public init(
    dataDirectory: String, log: @escaping LogOpening = { nil }, patience: Duration = .seconds(20),
    logger: Logger,
    scope: @escaping @Sendable (Request) throws -> ReportScope? = { _ in nil },
    addEvents: @escaping @Sendable (inout Trail) throws -> Void = { $0.add(nil) }
  ) {
    self.init(
      dataDirectory: dataDirectory, log: log, patience: patience, logger: logger, scope: scope,
      addEvents: addEvents, views: ViewMemory())
  }

  /// - Parameter views: what is kept of views, and how many of them.
  init(
    dataDirectory: String, log: @escaping LogOpening, patience: Duration, logger: Logger,
    scope: @escaping @Sendable (Request) throws -> ReportScope?,
    addEvents: @escaping @Sendable (inout Trail) throws -> Void, views: ViewMemory
  ) {
    self.views = views
    pages = RowsRoute(dataDirectory: dataDirectory, log: log, memory: views)
    (self.dataDirectory, self.scope, self.logger) = (dataDirectory, scope, logger)
    (self.log, self.patience, self.addEvents) = (log, patience, addEvents)
  }

  /// Adds the routes.
  public func add(to router: inout Router) {
    for answer in FixedAnswer.all {
      router.get(answer.path) { request in
        if let item = request.query.first { throw ReportRequest.unknown(item) }
        let headers: Headers = [
          .contentType: "application/json", .eTag: answer.tag, Self.noSniff: "nosniff",
        ]
        return EntityTag.matches(request, answer.tag)
          ? Response(status: .notModified, headers: headers)
          : Response(headers: headers, body: .bytes(answer.bytes))
      }
    }
    TrailRoute(
      dataDirectory: dataDirectory, scope: scope, addEvents: addEvents, logger: logger, gate: gate
    ).add(to: &router)
    for file in ReportFile.allCases {
      for format in ReportFormat.allCases {
        router.get(ReportAPI.path(file, format)) { request in
          try await rows(of: file, as: format, request)
        }
      }
      router.get(ReportAPI.rowsPath(file)) { request in
        let scope = try scope(request)
        return try await translating {
          try await pages.answer(request, file, scope, patience: patience)
        }
      }
    }
  }

  private func rows(
    of file: ReportFile, as format: ReportFormat, _ request: Request
  ) async throws -> Response {
    let scope = try scope(request)
    let asked = try ReportRequest(request, file)
    var export = ReportExport(
      dataDirectory: dataDirectory, today: asked.today, asOf: asked.asOf)
    (export.moment, export.contrast, export.log) = (asked.moment, asked.contrast, log)
    let stream = try await open(export, file, format, asked, asked.filter(scope?.sees))
    let tag = Self.tag(
      [
        "\(Self.layout)", file.fileName(as: format), scope?.name ?? "", asked.text,
        file.columns.map(\.name).joined(separator: ","), stream.mark,
      ].joined(separator: "\u{1}"))
    var headers: Headers = [
      .contentType: format.mediaType, .eTag: tag, .cacheControl: "private, no-cache",
      Self.noSniff: "nosniff", .corte: stream.corte.token,
    ]
    if let head = stream.head {
      headers[.received] = "\(head.received)"
      headers[.postedLater] = "\(head.postedLater)"
    }
    if EntityTag.matches(request, tag) { return Response(status: .notModified, headers: headers) }
    if format != .json {
      let name =
        asked.contrast == nil ? file.fileName(as: format) : file.contrastFileName(as: format)
      headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    }
    return Response(
      headers: headers,
      body: .stream { [logger] writer in
        do {
          while let piece = try await stream.next() { try await writer.write(piece) }
        } catch {
          if !(error is CancellationError) {
            logger.error(
              "A report could not be sent whole",
              metadata: ["report": "\(file.rawValue)", "error": "\(error)"])
          }
          throw error
        }
      })
  }

  private func open(
    _ export: ReportExport, _ file: ReportFile, _ format: ReportFormat, _ asked: ReportRequest,
    _ filter: RowFilter
  ) async throws -> ReportStream {
    guard gate.enter() else {
      throw Self.unavailable("busy", "as many reports are being made as there may be at a time")
    }
    return try await translating {
      let isWaitedFor = export.makesStores || asked.isOfView
      let (gate, views, order) = (gate, views, asked.order)
      return try await Awaited<ReportStream>.value(within: isWaitedFor ? patience : nil) {
        guard asked.isOfView else {
          return try await ReportStream.open(export, file, as: format, filter) { gate.leave() }
        }
        return try await ReportStream.open(
          ViewOpening(export: export, file: file, memory: views), as: format, filter, order
        ) { gate.leave() }
      }
    }
  }

  /// Runs what reads books, and says of what goes wrong what the client is to know.
  private func translating<Value>(_ body: () async throws -> Value) async throws -> Value {
    do {
      return try await body()
    } catch let error as HTTPError {
      throw error
    } catch is TooLate {
      throw Self.unavailable(
        "preparing", "the books of that moment are being made: ask again in some seconds")
    } catch let error as MomentError {
      throw refusal(error)
    } catch ReportingError.noStores {
      throw Self.unavailable("unavailable", "there are no books yet")
    } catch {
      logger.error("Reports could not be opened", metadata: ["error": "\(error)"])
      throw Self.unavailable("unavailable", "not now: try again")
    }
  }

  private func refusal(_ error: MomentError) -> HTTPError {
    switch error {
    case .gone: return HTTPError(.gone, code: "moment.gone", "\(error)")
    case .future: return HTTPError(.badRequest, code: "parameter.malformed", "conocido: \(error)")
    case .noLog:
      return HTTPError(
        .notImplemented, code: "moment.unavailable",
        "books of an earlier moment are made of a log in the data folder, and there is none here")
    case .failed:
      logger.error("Books of a moment could not be made", metadata: ["error": "\(error)"])
      return Self.unavailable("unavailable", "not now: try again")
    }
  }

  static let noSniff: HeaderName = "X-Content-Type-Options"

  static func unavailable(_ code: String, _ message: String) -> HTTPError {
    HTTPError(.serviceUnavailable, code: code, message, headers: [.retryAfter: "5"])
  }

  /// A strong mark of what is made of a text.
  static func tag(_ text: String) -> String { "\"\(SHA256.mark(of: text))\"" }
}

/// `If-None-Match` (RFC 9110, 13.1.2).
enum EntityTag {
  /// Whether the client has what is marked so already.
  static func matches(_ request: Request, _ tag: String) -> Bool {
    request.headers.all(.ifNoneMatch).contains { value in
      value.split(separator: ",").contains { item in
        let text = item.trimmingCharacters(in: .whitespaces)
        return text == "*" || (text.hasPrefix("W/") ? String(text.dropFirst(2)) : text) == tag
      }
    }
  }
}

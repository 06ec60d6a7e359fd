/// Answers a request. A thrown ``HTTPError`` is answered as it says, any other error with 500.
public typealias Handler = @Sendable (Request) async throws -> Response

/// What is done around every request: it may answer by itself, change the request, or the response.
/// It sees the responses that errors became, also that there is no such route.
public typealias Middleware =
  @Sendable (Request, _ next: (Request) async -> Response) async throws -> Response

/// Which handler answers which request.
public struct Router: Sendable {
  private struct Route: Sendable {
    var template: PathTemplate
    var handlers: [Method: Handler]

    func handler(of method: Method) -> Handler? {
      handlers[method] ?? (method == .head ? handlers[.get] : nil)
    }
  }

  private var routes: [Route] = []
  private var fixed: [ExactPath: Int] = [:]
  private var middlewares: [Middleware] = []
  /// Makes the response of an error.
  public var answerError: @Sendable (HTTPError) -> Response = Router.problem
  /// Told of every error that is no ``HTTPError``, which is answered with 500.
  public var onFault: @Sendable (Request, any Error) -> Void = { _, _ in }
  /// The largest body in bytes of a route that says nothing else; nil for no limit.
  public var bodyLimit: Int64?

  /// No routes.
  ///
  /// - Parameter bodyLimit: the largest body in bytes of a route that says nothing else.
  public init(bodyLimit: Int64? = ServerLimits().body) { self.bodyLimit = bodyLimit }

  /// Adds a middleware, within those that are there already.
  public mutating func use(_ middleware: @escaping Middleware) { middlewares.append(middleware) }

  /// How large a route's body may be.
  public enum BodyLimit: Sendable {
    /// What the router says.
    case standard
    /// This many bytes.
    case bytes(Int64)
    /// As large as it likes: for handlers that read it as a stream.
    case none
  }

  /// Adds a route. `GET` answers `HEAD` too.
  ///
  /// - Parameters:
  ///   - template: the paths; `/v1/files/{name}` gives the handler a parameter `name`.
  ///   - limit: how large the body may be; a larger one is answered with 413.
  /// - Precondition: the router has no route of the same method and template.
  public mutating func on(
    _ method: Method, _ template: String, body limit: BodyLimit = .standard,
    _ handler: @escaping Handler
  ) {
    let bytes: Int64? =
      switch limit {
      case .standard: bodyLimit
      case .bytes(let bytes): bytes
      case .none: nil
      }
    let template = PathTemplate(template)
    let limited: Handler = { request in
      guard let bytes else { return try await handler(request) }
      var request = request
      request.body = try request.body.limited(to: bytes)
      return try await handler(request)
    }
    if let index = routes.firstIndex(where: { $0.template == template }) {
      precondition(routes[index].handlers[method] == nil, "two routes for \(method) \(template)")
      routes[index].handlers[method] = limited
    } else {
      let index = routes.firstIndex { template.precedes($0.template) } ?? routes.endIndex
      routes.insert(Route(template: template, handlers: [method: limited]), at: index)
      indexFixed()
    }
  }

  /// What it answers: each method and template, as in `GET /v1/files/{name}`.
  package var addresses: [String] {
    routes.flatMap { route in route.handlers.keys.map { "\($0) \(route.template)" } }.sorted()
  }

  /// Adds a route for `GET` and `HEAD`.
  public mutating func get(_ template: String, _ handler: @escaping Handler) {
    on(.get, template, handler)
  }

  /// Adds a route for `POST`.
  public mutating func post(
    _ template: String, body limit: BodyLimit = .standard, _ handler: @escaping Handler
  ) {
    on(.post, template, body: limit, handler)
  }

  /// Answers a request: what a server calls, and a test without one.
  public func respond(to request: Request) async -> Response {
    await run(middlewares[...], request)
  }

  private func run(_ rest: ArraySlice<Middleware>, _ request: Request) async -> Response {
    do {
      guard let middleware = rest.first else { return try await route(request) }
      return try await middleware(request) { await run(rest.dropFirst(), $0) }
    } catch let error as HTTPError {
      return answerError(error)
    } catch is CancellationError {
      // The server stops, or the client is gone and will not see it.
      return answerError(
        HTTPError(
          .serviceUnavailable, code: "unavailable", "the server is stopping",
          headers: [.retryAfter: "5"]))
    } catch {
      if !(error is ConnectionError) { onFault(request, error) }
      return answerError(
        HTTPError(.internalServerError, code: "internal", "the server has a fault"))
    }
  }

  private func route(_ request: Request) async throws -> Response {
    if request.target.isServer { return try aboutServer(request) }
    if let index = fixed[ExactPath(segments: request.segments)],
      let handler = routes[index].handler(of: request.method)
    {
      return try await handler(request)
    }
    var request = request
    var allowed: Set<String> = []
    for route in routes {
      guard let parameters = route.template.match(request.segments) else { continue }
      if let handler = route.handler(of: request.method) {
        request.parameters = parameters
        return try await handler(request)
      }
      allowed.formUnion(route.handlers.keys.map(\.description))
    }
    guard !allowed.isEmpty else {
      throw HTTPError(.notFound, code: "notFound", "there is nothing at this address")
    }
    throw HTTPError(
      .methodNotAllowed, code: "method", "this address has no such method",
      headers: [.allow: Self.list(allowed)])
  }

  /// What `OPTIONS *` asks: which methods there are, whatever the address.
  private func aboutServer(_ request: Request) throws -> Response {
    guard request.method == .options else {
      throw HTTPError.malformed("the target * is for OPTIONS only")
    }
    let methods = routes.flatMap { $0.handlers.keys.map(\.description) }
    return Response(
      status: .noContent, headers: [.allow: Self.list(Set(methods).union(["OPTIONS"]))])
  }

  private static func list(_ methods: Set<String>) -> String {
    let all = methods.contains("GET") ? methods.union(["HEAD"]) : methods
    return all.sorted().joined(separator: ", ")
  }

  /// Paths without parameters are found at once: no other template goes before them.
  private mutating func indexFixed() {
    fixed = [:]
    for (index, route) in routes.enumerated() {
      let literals = route.template.segments.compactMap { segment -> String? in
        if case .literal(let text) = segment { text } else { nil }
      }
      if literals.count == route.template.segments.count {
        fixed[ExactPath(segments: literals)] = index
      }
    }
  }

  /// A problem detail (RFC 9457) in JSON.
  public static let problem: @Sendable (HTTPError) -> Response = { Problem.response($0) }
}

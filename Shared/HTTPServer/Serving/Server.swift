import CNetwork
import Glibc
import Synchronization

/// An HTTP/1.1 server, on the sockets of the system and on OpenSSL.
public final class Server: Sendable {
  /// How a server is set up.
  public struct Configuration: Sendable {
    /// The address to listen on: a name, or an IPv4 or IPv6 address; `::` takes both.
    public var host: String
    /// The port to listen on; 0 takes one that is free.
    public var port: Int
    /// What clients are granted.
    public var limits = ServerLimits()
    /// The certificate; nil to serve in the clear.
    public var tls: TLSFiles?
    /// The addresses of proxies: what their headers say of a client counts (`X-Forwarded-For`,
    /// `-Proto`, `-Host`), and they may have any number of connections.
    public var proxies: [AddressRange] = []
    /// The `Server` header; nil for none.
    public var serverName: String?
    /// Told of every request once its response was sent, or could not be.
    public var onAnswer: @Sendable (AccessRecord) -> Void = { _ in }
    /// Told of what a handler does wrong once its response has begun, and of connections that
    /// cannot be taken.
    public var onFault: @Sendable (any Error) -> Void = { _ in }

    /// The defaults, at an address.
    public init(host: String = "127.0.0.1", port: Int) { (self.host, self.port) = (host, port) }
  }

  private struct State {
    var isDraining = false
    var listener: Socket?
  }

  private let configuration: Configuration
  private let service: Connection.Service
  private let connections: Connections
  private let state = Mutex(State())

  /// A server that answers with a router.
  public convenience init(_ configuration: Configuration, router: Router) {
    self.init(configuration) { await router.respond(to: $0) }
  }

  /// A server that answers with a function.
  public init(
    _ configuration: Configuration, respond: @escaping @Sendable (Request) async -> Response
  ) {
    self.configuration = configuration
    connections = Connections(limits: configuration.limits)
    service = Connection.Service(
      limits: configuration.limits, serverName: configuration.serverName,
      proxies: configuration.proxies, budget: ByteBudget(configuration.limits.responseBytes),
      respond: respond,
      onAnswer: configuration.onAnswer, onFault: configuration.onFault)
  }

  /// The connections that are open.
  public var connectionCount: Int { connections.count }

  /// Serves until it is drained, or the task is cancelled, which cancels the requests in hand. It
  /// can run once.
  ///
  /// - Parameter onListening: told the port once connections are taken.
  /// - Throws: ``ListenError`` where it cannot listen, and ``TLSError``.
  public func run(
    onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
  ) async throws {
    // OpenSSL writes without a flag against it.
    signal(SIGPIPE, SIG_IGN)
    let tls = try configuration.tls.map { files throws(TLSError) in try TLSContext(files) }
    let poller = try Poller()
    defer { poller.stop() }
    let listener = try Listener(
      host: configuration.host, port: configuration.port,
      probeTime: configuration.limits.probeTime)
    do {
      let id = try poller.add(listener.socket)
      defer {
        // From here on nobody can connect, whoever still holds the socket.
        shutdown(listener.socket.descriptor, Int32(SHUT_RDWR))
        poller.remove(id)
        state.withLock { $0.listener = nil }
      }
      let isDraining = state.withLock { state in
        state.listener = listener.socket
        return state.isDraining
      }
      if isDraining { listener.socket.endWhenIdle() }
      await onListening(listener.port)
      await withTaskExecutorPreference(ServingThreads.shared) {
        await take(listener, poller, tls)
      }
    }
    await endConnections()
  }

  /// Takes no further connections, ends those without a request, and lets requests in hand finish,
  /// for as long as ``ServerLimits/drainTime``; then ``run(onListening:)`` returns.
  public func drain() {
    let listener = state.withLock { state in
      state.isDraining = true
      return state.listener
    }
    listener?.endWhenIdle()
  }

  /// Takes connections until it is drained or cancelled.
  private func take(_ listener: Listener, _ poller: Poller, _ tls: TLSContext?) async {
    var share = FairShare()
    while true {
      do {
        let marks = listener.socket.marks
        while !listener.socket.endsWhenIdle, let arrival = try listener.accept() {
          open(arrival, poller, tls)
          if share.isOver(after: FairShare.call) { await Task.yield() }
        }
        try await listener.socket.wait(.reading, since: marks, until: nil, isIdle: true)
      } catch let error as ListenError {
        // Mostly no descriptor is left. It can come back, and nobody else would say so.
        configuration.onFault(error)
        connections.endSome()
        do { try await Task.sleep(for: .milliseconds(100)) } catch { return }
      } catch {
        return
      }
    }
  }

  private func open(_ arrival: Arrival, _ poller: Poller, _ tls: TLSContext?) {
    let descriptor = arrival.descriptor
    let isProxy = configuration.proxies.contains { $0.contains(arrival.address) }
    // A proxy's connections are those of all its clients.
    let networks = isProxy ? [] : arrival.networks
    guard case .welcome = connections.admit(networks) else {
      if tls == nil { send(descriptor, Self.noPlace, Self.noPlace.count, Int32(MSG_NOSIGNAL)) }
      close(descriptor)
      return
    }
    let socket = Socket(descriptor)
    do {
      let connection = try Connection(
        socket, remoteAddress: arrival.address, tls: tls, service: service)
      let id = try poller.add(socket)
      connections.open(socket, networks) {
        await connection.run()
        poller.remove(id)
      }
    } catch {
      configuration.onFault(error)
    }
  }

  /// What a client is answered that finds no place.
  private static let noPlace: [UInt8] = {
    let response = Router.problem(.noPlace)
    var answer: [UInt8] = []
    try? ResponseHead(
      status: response.status, headers: response.headers,
      framing: .length(response.body.length ?? 0), keepsAlive: false, serverName: nil
    ).write(to: &answer)
    if case .bytes(let body) = response.body.content { answer += body }
    return answer
  }()

  private func endConnections() async {
    connections.endWhenIdle()
    let patience = Task(executorPreference: ServingThreads.shared) {
      try await Task.sleep(for: self.configuration.limits.drainTime)
      self.connections.cancelAll()
    }
    await withTaskCancellationHandler {
      await connections.untilEmpty()
    } onCancel: {
      connections.cancelAll()
    }
    patience.cancel()
  }
}

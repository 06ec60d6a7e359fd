/// What a server grants its clients, so that none of them can take it from the others.
///
/// The defaults suit a server that the internet reaches.
public struct ServerLimits: Sendable {
  /// The longest request line in bytes; a longer one is answered with 414.
  public var requestLine = 8 << 10
  /// The longest head (request line and headers) in bytes; a longer one is answered with 431.
  public var head = 32 << 10
  /// The most headers of a request; more are answered with 431.
  public var headers = 100
  /// The largest body in bytes of a route that says nothing else; nil for no limit. A larger one is
  /// answered with 413, before it is read where it states its length.
  public var body: Int64? = 1 << 20

  /// The most connections at a time. For a further one that which has been without a request for
  /// longest is closed, else that whose client keeps the server waiting for longest; where all are
  /// at work, the further one is answered with 503.
  public var connections = 2_000
  /// The most connections at a time from one address (of IPv6, from one /64), so that nobody takes
  /// the places of all. For a further one another of the same is closed, as above. Browsers have
  /// six at a time, and a producer needs few. Proxies that are trusted have as many as there are.
  public var connectionsPerAddress = 100
  /// The most connections at a time from one /48 of IPv6, of which one subscriber may have all.
  public var connectionsPerSite = 400
  /// How much of ``stallTime`` a client has to have used up to make place for others.
  public var slowTime = Duration.seconds(2)
  /// The most bytes of responses that are whole when they are sent, all clients together; further
  /// ones are answered with 503. What is longer than a few kilobytes is better streamed.
  public var responseBytes = 64 << 20

  /// How long a whole head may take from its first byte on, and a TLS handshake.
  public var headTime = Duration.seconds(10)
  /// How long a connection may be without a request.
  public var idleTime = Duration.seconds(60)
  /// How long the client may make the server wait in the middle of a body, in either direction.
  /// What it sends or takes earns it more, by ``minimumRate``, but never more than this.
  public var stallTime = Duration.seconds(30)
  /// The bytes a second below which a client runs out of ``stallTime``.
  public var minimumRate = 1_000
  /// After how long without a sign of life the system asks the other side whether it is still
  /// there; a client that does not answer for as long again is gone, and its request is cancelled.
  /// A client that has only ended its sending answers, and gets its response.
  public var probeTime = Duration.seconds(30)
  /// How long requests in hand may take once the server drains; then they are cancelled.
  public var drainTime = Duration.seconds(30)

  /// The defaults.
  public init() {}
}

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
  /// longest is closed; where all have one, the further one is answered with 503.
  public var connections = 2_000
  /// The most connections at a time from one address (of IPv6, from one /64); a further one is
  /// closed. A proxy in front makes all of them come from its own.
  public var connectionsPerAddress = 1_500

  /// How long a whole head may take from its first byte on, and a TLS handshake.
  public var headTime = Duration.seconds(10)
  /// How long a connection may be without a request.
  public var idleTime = Duration.seconds(60)
  /// How long the client may make the server wait in the middle of a body, in either direction.
  /// What it sends or takes earns it more, by ``minimumRate``, but never more than this.
  public var stallTime = Duration.seconds(30)
  /// The bytes a second below which a client runs out of ``stallTime``.
  public var minimumRate = 1_000
  /// How long requests in hand may take once the server drains; then they are cancelled.
  public var drainTime = Duration.seconds(30)

  /// The defaults.
  public init() {}
}

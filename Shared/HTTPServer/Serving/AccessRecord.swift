/// What became of a request, for an access log.
public struct AccessRecord: Sendable {
  /// The client's address.
  public var remoteAddress: String
  /// The method; empty if the request could not be read.
  public var method: String
  /// The path as it was sent, without the query, which may hold what no log should; empty if the
  /// request could not be read.
  public var path: String
  /// The status that was answered.
  public var status: Status
  /// The bytes of body that were taken.
  public var received: Int64
  /// The bytes that were sent, with the head.
  public var sent: Int64
  /// From the head's end to the response's.
  public var time: Duration
  /// Whether the response was sent to its end.
  public var isComplete: Bool
}

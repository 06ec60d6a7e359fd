import Synchronization

/// A request's body as it comes in. The client is held back while nobody asks for more, so no more
/// than a chunk is ever held.
public struct RequestBody: AsyncSequence, Sendable {
  /// A part of it; not empty.
  public typealias Element = [UInt8]

  private let pull: @Sendable () async throws -> [UInt8]?
  private let length: Int64?
  private var limit: Int64?
  private let taken = Taken()

  /// - Parameters:
  ///   - length: how many bytes it says that it has; nil if it does not say.
  ///   - pull: what comes next; nil at the end.
  public init(length: Int64? = nil, pull: @escaping @Sendable () async throws -> [UInt8]?) {
    (self.length, self.pull) = (length, pull)
  }

  /// A body that is there already.
  public init(_ bytes: [UInt8]) {
    let rest = Once(bytes)
    self.init(length: Int64(bytes.count)) { rest.take() }
  }

  /// No body.
  public static let empty = RequestBody(length: 0) { nil }

  /// The same body; reading more of it than a limit in bytes throws ``HTTPError`` with 413. The
  /// lowest of several limits counts.
  ///
  /// - Throws: the same at once, where the body says that it is longer.
  public func limited(to limit: Int64) throws(HTTPError) -> RequestBody {
    if let length, length > limit { throw .bodyTooLarge(limit) }
    var body = self
    body.limit = Swift.min(limit, self.limit ?? limit)
    return body
  }

  /// All of it.
  ///
  /// - Parameter limit: the most bytes to take.
  /// - Throws: ``HTTPError`` with 413 where there are more.
  public func collect(upTo limit: Int64) async throws -> [UInt8] {
    var all: [UInt8] = []
    for try await chunk in try limited(to: limit) {
      if all.isEmpty { all = chunk } else { all += chunk }
    }
    return all
  }

  /// The fields of a form (`application/x-www-form-urlencoded`).
  ///
  /// - Throws: ``HTTPError`` with 413 or 400.
  public func form(upTo limit: Int64 = 64 << 10) async throws -> [QueryItem] {
    try Target.items(await collect(upTo: limit)[...])
  }

  /// The chunks; a second iteration goes on where the first ended, and a limit counts the bytes of
  /// all iterations.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(pull: pull, limit: limit, taken: taken)
  }

  /// Goes through the chunks.
  public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
    fileprivate let pull: @Sendable () async throws -> [UInt8]?
    fileprivate let limit: Int64?
    fileprivate let taken: Taken

    /// The next chunk; nil at the end.
    ///
    /// - Throws: ``HTTPError`` with 413 over the limit, with 400 where the body is malformed, and
    ///   with 408 where the client is too slow; ``ConnectionError`` where it is gone.
    public mutating func next() async throws -> [UInt8]? {
      try check(taken.count)
      guard let chunk = try await pull() else { return nil }
      try check(taken.add(chunk.count))
      return chunk
    }

    private func check(_ count: Int64) throws(HTTPError) {
      if let limit, count > limit { throw .bodyTooLarge(limit) }
    }
  }
}

/// How many bytes of a body were read, by whichever iterator and under whichever limit.
private final class Taken: Sendable {
  private let bytes = Atomic<Int64>(0)

  var count: Int64 { bytes.load(ordering: .relaxed) }

  /// Counts bytes, and returns how many there are with them.
  func add(_ count: Int) -> Int64 {
    bytes.add(Int64(count), ordering: .relaxed).newValue
  }
}

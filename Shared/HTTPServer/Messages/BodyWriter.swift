/// Where a response's body is written to while it is made. A write waits while the client takes
/// nothing, so no more than ``capacity`` is held here; it throws where the client is gone or too
/// slow.
public struct BodyWriter: ~Copyable, Sendable {
  /// How many bytes are gathered before they are sent.
  public static let capacity = 32 << 10

  private var buffer: [UInt8] = []
  private let send: @Sendable ([UInt8]) async throws -> Void

  init(send: @escaping @Sendable ([UInt8]) async throws -> Void) { self.send = send }

  /// Writes bytes.
  public mutating func write(_ bytes: [UInt8]) async throws {
    if buffer.isEmpty, bytes.count >= Self.capacity { return try await send(bytes) }
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try await flush() }
  }

  /// Writes bytes.
  public mutating func write(_ bytes: ArraySlice<UInt8>) async throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try await flush() }
  }

  /// Writes text as UTF-8.
  public mutating func write(_ text: String) async throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.capacity { try await flush() }
  }

  /// Sends what was gathered, for a client that is to see it now.
  public mutating func flush() async throws {
    guard !buffer.isEmpty else { return }
    try await send(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}

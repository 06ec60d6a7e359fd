import HTTPServer
import Synchronization

/// A server on a free port, for as long as a test needs it.
func withServer<Answer: Sendable>(
  _ limits: ServerLimits = .init(), tls: TLSFiles? = nil, faults: Noted<String> = Noted(),
  answers: Noted<AccessRecord> = Noted(), _ addRoutes: (inout Router) -> Void,
  _ body: @Sendable @escaping (Int, Server) async throws -> Answer
) async throws -> Answer {
  var router = Router(bodyLimit: limits.body)
  router.onFault = { faults.note("\($1)") }
  addRoutes(&router)
  var configuration = Server.Configuration(port: 0)
  configuration.limits = limits
  configuration.tls = tls
  configuration.serverName = "test"
  configuration.onFault = { faults.note("\($0)") }
  configuration.onAnswer = { answers.note($0) }
  let server = Server(configuration, router: router)
  let (ports, port) = AsyncStream.makeStream(of: Int.self)
  return try await withThrowingTaskGroup(of: Answer?.self) { group in
    group.addTask {
      try await server.run {
        port.yield($0)
        port.finish()
      }
      return nil
    }
    group.addTask {
      defer { server.drain() }
      for await port in ports { return try await body(port, server) }
      throw NoPort()
    }
    var answer: Answer?
    while let ended = try await group.next() { answer = ended ?? answer }
    guard let answer else { throw NoPort() }
    return answer
  }
}

/// The server did not come to listen.
struct NoPort: Error {}

/// What was noted, in its order.
final class Noted<Value: Sendable>: Sendable {
  private let values = Mutex<[Value]>([])
  private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

  var all: [Value] { values.withLock { $0 } }

  func note(_ value: Value) {
    values.withLock { $0.append(value) }
    for continuation in waiting.withLock({ waiting in
      defer { waiting = [] }
      return waiting
    }) {
      continuation.resume()
    }
  }

  /// Waits until something was noted.
  func first() async -> Value? {
    await withCheckedContinuation { continuation in
      waiting.withLock { $0.append(continuation) }
      guard !all.isEmpty else { return }
      for continuation in waiting.withLock({ waiting in
        defer { waiting = [] }
        return waiting
      }) {
        continuation.resume()
      }
    }
    return all.first
  }
}

/// Waits for nothing, until the task is cancelled.
func untilCancelled() async throws {
  let (nothing, keeping) = AsyncStream.makeStream(of: Void.self)
  for await _ in nothing {}
  keeping.finish()
  try Task.checkCancellation()
}

import HTTPServer
import LocalSystem
import Logging
import ServiceRuntime

/// Services that run until a signal comes, with what listens for HTTP beside them.
struct Serving: Sendable {
  let system: LocalSystem
  let operations: Operations
  let listener: ListenOptions
  let server: Server
  let logger: Logger

  /// A part of the process, by what its end means.
  private enum Part { case signals, rest }

  /// Runs until a signal comes or something fails; what is in hand is finished either way.
  func run(until interruptions: Interruptions) async throws {
    try await withThrowingTaskGroup(of: Part.self) { group in
      group.addTask { try await runStages() }
      group.addTask {
        await operations.run()
        return .rest
      }
      group.addTask { try await serve() }
      group.addTask {
        if let signal = await interruptions.wait() {
          logger.info("Stopping", metadata: ["signal": "\(signal)"])
          // First nothing more comes in: the server's end is what the stages' follows.
          server.drain()
        }
        return .signals
      }
      do {
        while try await group.next() == .signals {}
      } catch {
        group.cancelAll()
        throw error
      }
      group.cancelAll()
      // What the others fail with when they end counts too.
      try await group.waitForAll()
    }
  }

  private func runStages() async throws -> Part {
    do {
      try await system.run()
    } catch is CancellationError {
      // Asked for, or because another part failed, which is what is thrown.
    }
    return .rest
  }

  private func serve() async throws -> Part {
    let host = listener.host
    do {
      try await server.run { port in
        Standard.output("listening on \(host):\(port)")
        logger.info("Listening", metadata: ["host": "\(host)", "port": "\(port)"])
      }
    } catch let error as ListenError {
      throw ArgumentError("\(host):\(listener.port)", "cannot be listened on: \(error.reason)")
    }
    return .rest
  }
}

import HTTPServer
import IngestService
import Logging
import SaldoComposition
import ServiceRuntime

/// Services that run until a signal comes, with what listens for HTTP beside them.
struct Serving: Sendable {
  let system: LocalSystem
  let operations: Operations
  let listener: ListenOptions
  let server: Server
  /// What answers for the process's health on a port of its own; nil where the server does.
  let operationsServer: Server?
  /// The folder that files are taken from; nil for none.
  let folder: WatchedFolder?
  let logger: Logger
  private let manager = ServiceManager()

  /// What the end of a part of the process means.
  private enum Part { case goesOn, ends }

  /// Runs until a signal comes or something fails; what is in hand is finished either way.
  func run(until interruptions: Interruptions) async throws {
    try await withThrowingTaskGroup(of: Part.self) { group in
      group.addTask { try await runStages() }
      group.addTask {
        await operations.run()
        return .ends
      }
      let (opened, opening) = AsyncStream.makeStream(of: Void.self)
      if let operationsServer {
        group.addTask {
          defer { opening.finish() }
          try await serve(operationsServer, port: listener.operationsPort ?? 0, "operations on") {
            opening.finish()
          }
          return .goesOn
        }
      } else {
        opening.finish()
      }
      group.addTask {
        for await _ in opened {}
        try await serve(server, port: listener.port, "listening on") { manager?.isReady() }
        return .ends
      }
      if let manager {
        group.addTask {
          await manager.watch()
          return .goesOn
        }
      }
      if let folder { group.addTask { try await watch(folder) } }
      group.addTask {
        if let signal = await interruptions.wait() {
          logger.info("Stopping", metadata: ["signal": "\(signal)"])
          manager?.isStopping()
          // First nothing more comes in: the server's end is what the stages' follows.
          server.drain()
        }
        return .goesOn
      }
      do {
        while try await group.next() == .goesOn {}
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
    return .ends
  }

  private func watch(_ folder: WatchedFolder) async throws -> Part {
    do {
      try await folder.run()
    } catch is CancellationError {
      // As above. A file that is being read is read again the next time.
    }
    return .ends
  }

  /// - Parameters:
  ///   - name: what the address is announced with.
  ///   - onListening: called once it is.
  private func serve(
    _ server: Server, port: Int, _ name: String,
    onListening: @escaping @Sendable () -> Void = {}
  ) async throws {
    let host = listener.host
    do {
      try await server.run { port in
        Standard.output("\(name) \(Listening.text(host, port))")
        logger.info("Listening", metadata: ["host": "\(host)", "port": "\(port)"])
        onListening()
      }
    } catch let error as ListenError {
      throw ArgumentError(
        Listening.text(host, port), "cannot be listened on: \(error.reason)")
    }
  }
}

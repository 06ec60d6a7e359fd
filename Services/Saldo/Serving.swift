import Hummingbird
import LocalSystem
import Logging
import ServiceLifecycle
import ServiceRuntime

/// Services that run until a signal comes, with what listens for HTTP beside them.
struct Serving: Sendable {
  let system: LocalSystem
  let operations: Operations
  let listener: ListenOptions
  /// Serves HTTP; told what to call, with the port, once connections are taken.
  let front: @Sendable (@escaping @Sendable (Int) async -> Void) -> any ApplicationProtocol
  let logger: Logger

  /// Runs until a signal comes or something fails; what is in hand is finished either way.
  func run(until interruptions: Interruptions) async throws {
    // Ended in the opposite order: first nothing more comes in, then the stages end.
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: StagesService(system: system)),
          .init(service: OperationsService(operations: operations)),
          .init(service: FrontService(front: front, listener: listener, logger: logger)),
        ], logger: logger))
    let signals = Task {
      guard let signal = await interruptions.wait() else { return }
      logger.info("Stopping", metadata: ["signal": "\(signal)"])
      await group.triggerGracefulShutdown()
    }
    defer { signals.cancel() }
    try await group.run()
  }
}

/// The stages, as a service of the process.
private struct StagesService: Service {
  let system: LocalSystem

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown { try await system.run() }
    } catch is CancellationError {
      // Asked for, or because another service failed, which the group reports.
    }
  }
}

/// What keeps the metrics up to date, as a service of the process.
private struct OperationsService: Service {
  let operations: Operations

  func run() async throws {
    await cancelWhenGracefulShutdown { await operations.run() }
  }
}

/// The HTTP front, as a service of the process.
private struct FrontService: Service {
  let front: @Sendable (@escaping @Sendable (Int) async -> Void) -> any ApplicationProtocol
  let listener: ListenOptions
  let logger: Logger

  func run() async throws {
    let isListening = Shared(false)
    let host = listener.host
    do {
      try await front { port in
        isListening.value = true
        Standard.output("listening on \(host):\(port)")
        logger.info("Listening", metadata: ["host": "\(host)", "port": "\(port)"])
      }.run()
    } catch  where !isListening.value {
      throw ArgumentError("\(host):\(listener.port)", "cannot be listened on: \(error)")
    }
  }
}

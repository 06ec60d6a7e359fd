import Foundation
import Synchronization

/// librdkafka's own mock of a cluster, in a process of its own, which does as it is told.
public final class MockCluster: Sendable {
  /// `host:port`, one for each broker.
  public let servers: String

  private struct Run {
    var process = Process()
    var input = Pipe.forOneProgram()
    var answers: LineReader
  }

  private let run: Mutex<Run>

  /// Starts a cluster without topics.
  public init(brokers: Int = 1) throws {
    let output = Pipe.forOneProgram()
    let run = Run(answers: LineReader(output.fileHandleForReading))
    run.process.executableURL = try BuiltProgram.named("MockBroker")
    run.process.arguments = ["\(brokers)"]
    run.process.standardInput = run.input
    run.process.standardOutput = output
    try run.process.run()
    guard let servers = run.answers.next() else { throw BrokerError.notStarted("MockBroker ended") }
    self.servers = servers
    self.run = Mutex(run)
  }

  deinit {
    run.withLock { run in
      // A word, and not only the end of the pipe, which a program that was started at the same
      // moment may hold open.
      try? run.input.fileHandleForWriting.write(contentsOf: Data("end\n".utf8))
      try? run.input.fileHandleForWriting.close()
      run.process.waitUntilExit()
    }
  }

  /// Makes a topic; one that exists stays as it is.
  public func make(_ topic: String, partitions: Int32) throws {
    try command("topic \(topic) \(partitions)")
  }

  /// Cuts a broker off (numbered from 1), or lets it be reached again.
  public func set(broker: Int, up: Bool) throws { try command("\(up ? "up" : "down") \(broker)") }

  /// Kinds of requests, by their numbers in Kafka's protocol.
  public enum Request: Int16, Sendable {
    case produce = 0
    case fetch = 1
    case commit = 8
    case heartbeat = 12
  }

  /// Has the next requests of a kind fail, each with a Kafka error by its number.
  public func fail(_ kind: Request, with errors: [Int16]) throws {
    try command("fail \(kind.rawValue) \(errors.map { "\($0)" }.joined(separator: " "))")
  }

  private func command(_ text: String) throws {
    try run.withLock { run in
      try run.input.fileHandleForWriting.write(contentsOf: Data((text + "\n").utf8))
      let answer = run.answers.next()
      guard answer == "ok" else {
        throw BrokerError.notStarted("\(text): \(answer ?? "MockBroker ended")")
      }
    }
  }
}

/// Programs of this package that the tests run.
public enum BuiltProgram {
  /// A program's file, which lies beside the running tests.
  public static func named(_ name: String) throws -> URL {
    let running = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let linked = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let found = [running, linked]
      .map { $0.deletingLastPathComponent().appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else {
      throw BrokerError.missing("\(name) beside the tests (swift build --build-tests)")
    }
    return found
  }
}

import Brokers
import Foundation
import Synchronization
import Testing

/// The real program: it lies beside the running tests.
enum SaldoProgram {
  /// How a run ended and what it said.
  struct Ended {
    var code: Int32
    var isKilled: Bool
    var output: String
    var errors: String
    /// When it ended, whenever the test came to hear of it.
    var moment: ContinuousClock.Instant

    /// A figure of the summary.
    func figure(_ name: String) -> Int? {
      let line = output.split(separator: "\n").first { $0.hasPrefix(name + " ") }
      return line.flatMap { Int($0.dropFirst(name.count).drop { $0 == " " }) }
    }
  }

  static func executable(_ name: String = "saldo") throws -> URL {
    let running = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    let linked = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    let found = [running, linked]
      .map { $0.deletingLastPathComponent().appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    return try #require(found, "\(name) is not beside the tests: swift build --build-tests")
  }

  /// Runs it to its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], after prelude: String? = nil
  ) async throws -> Ended {
    try await RunningProgram(arguments, environment: environment, after: prelude).ended()
  }

  /// Runs it and requires that it ends with a code.
  @discardableResult
  static func run(
    _ arguments: [String], environment: [String: String] = [:], after prelude: String? = nil,
    expecting code: Int32
  ) async throws -> Ended {
    let ended = try await run(arguments, environment: environment, after: prelude)
    #expect(ended.code == code, "\(arguments): \(ended.output)\(ended.errors)")
    return ended
  }
}

/// A run that goes on: it can be fed through its standard input, and signalled.
final class RunningProgram: Sendable {
  private let process: Process
  private let input = Pipe()
  private let ending: AsyncStream<Void>
  private let moment = Moment()
  private let output: LinesOfPipe
  private let errors: LinesOfPipe

  /// - Parameters:
  ///   - environment: what is added to the tests' own.
  ///   - prelude: what a shell does first, such as to set a limit.
  ///   - program: another program beside the tests.
  init(
    _ arguments: [String], environment: [String: String] = [:], after prelude: String? = nil,
    program: String = "saldo"
  ) throws {
    // A program that is killed while it is fed must not take the tests with it.
    signal(SIGPIPE, SIG_IGN)
    let process = Process()
    self.process = process
    let (standardOutput, standardError) = (Pipe(), Pipe())
    let executable = try SaldoProgram.executable(program)
    if let prelude {
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments =
        ["-c", prelude + #"; exec "$0" "$@""#, executable.path] + arguments
    } else {
      process.executableURL = executable
      process.arguments = arguments
    }
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }
    process.standardInput = input
    process.standardOutput = standardOutput
    process.standardError = standardError
    let (ending, continuation) = AsyncStream<Void>.makeStream()
    self.ending = ending
    process.terminationHandler = { [moment] _ in
      moment.set()
      continuation.finish()
    }
    try process.run()
    output = LinesOfPipe(standardOutput)
    errors = LinesOfPipe(standardError)
  }

  /// Whoever forgets it, also because a test has failed, ends it.
  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// Waits for its end. A test whose time is up ends it.
  func ended() async -> SaldoProgram.Ended {
    for await _ in ending {}
    // The stream ends with the program, or with the test's patience.
    if process.isRunning {
      send(SIGKILL)
      process.waitUntilExit()
    }
    let (output, errors) = await (output.text(), errors.text())
    return SaldoProgram.Ended(
      code: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
      output: output, errors: errors, moment: moment.value ?? .now)
  }

  /// The bytes of its memory that are resident now.
  func residentBytes() throws -> Int {
    let path = "/proc/\(process.processIdentifier)/status"
    let status = try String(contentsOfFile: path, encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return try #require(kilobytes.flatMap { Int($0) }) << 10
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Writes to its standard input; returns once the program has taken all but a pipe's capacity.
  func feed(_ bytes: Data) async throws {
    let handle = input.fileHandleForWriting
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      Thread.detachNewThread { done.resume(with: Result { try handle.write(contentsOf: bytes) }) }
    }
  }

  func endOfInput() throws { try input.fileHandleForWriting.close() }

  /// The first line of its output that begins so, without that; nil where it ends before.
  func line(after prefix: String) async -> String? {
    await output.first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  /// The first line of its errors and its log that has a text in it; nil where it ends before.
  func errorLine(with text: String) async -> String? {
    await errors.first { $0.contains(text) }
  }
}

/// When something was over.
private final class Moment: Sendable {
  private let held = Mutex<ContinuousClock.Instant?>(nil)

  var value: ContinuousClock.Instant? { held.withLock { $0 } }

  func set() { held.withLock { $0 = .now } }
}

/// What comes out of a pipe, read on a thread of its own so that the program never waits for us.
final class LinesOfPipe: Sendable {
  private let lines: AsyncStream<String>
  private let whole: Task<String, Never>

  init(_ pipe: Pipe) {
    let (lines, each) = AsyncStream<String>.makeStream()
    let (texts, text) = AsyncStream<String>.makeStream()
    self.lines = lines
    whole = Task {
      for await text in texts { return text }
      return ""
    }
    Thread.detachNewThread {
      var all = Data()
      var told = 0
      while true {
        let more = PipeBytes.next(pipe.fileHandleForReading)
        if more.isEmpty { break }
        all += more
        while let end = all[told...].firstIndex(of: UInt8(ascii: "\n")) {
          each.yield(String(decoding: all[told..<end], as: UTF8.self))
          told = end + 1
        }
      }
      each.finish()
      text.yield(String(decoding: all, as: UTF8.self))
      text.finish()
    }
  }

  func text() async -> String { await whole.value }

  /// The first of the lines that nobody has asked for yet that is as wanted; nil at the end.
  func first(_ isWanted: @Sendable (String) -> Bool) async -> String? {
    for await line in lines where isWanted(line) { return line }
    return nil
  }
}

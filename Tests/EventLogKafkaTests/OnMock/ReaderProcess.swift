import Brokers
import Foundation
import Testing

/// A member of a group in a process of its own.
final class ReaderProcess: Sendable {
  private let process = Process()
  private let input = Pipe.forOneProgram()
  private let lines: LineReader

  /// Starts one, which takes so many records of each partition that it gets.
  init(_ mock: OnMock, count: Int) throws {
    let output = Pipe.forOneProgram()
    lines = LineReader(output.fileHandleForReading)
    process.executableURL = try BuiltProgram.named("GroupReader")
    process.arguments =
      [mock.cluster.servers, "readers", OnMock.topic, "\(count)"]
      + OnMock.group.map { "\($0)=\($1)" }
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit { send(SIGKILL) }

  /// Sends it a signal, while there is such a process: its number may be another's afterwards.
  func send(_ signal: Int32) {
    if process.isRunning { kill(process.processIdentifier, signal) }
  }

  /// Waits until it holds these partitions and has taken of all of them, and answers what of each.
  func taken(of partitions: Set<Int32>) async throws -> [Int32: [Int]] {
    while true {
      let share = try #require(await share(), "the reader ended")
      if Set(share.keys) == partitions { return share }
    }
  }

  /// What it holds and has taken of each, as soon as it says so anew; nil once it has ended.
  ///
  /// While a group settles, a partition may be given and taken away again before anything is read:
  /// the answer is empty then.
  func share() async -> [Int32: [Int]]? {
    var taken: [Int32: [Int]] = [:]
    while let line = await next() {
      let numbers = line.split(separator: " ").dropFirst().compactMap { Int($0) }
      if line.hasPrefix("took "), let partition = numbers.first {
        taken[Int32(partition)] = Array(numbers.dropFirst())
      } else {
        return Set(taken.keys) == Set(numbers.map { Int32($0) }) ? taken : [:]
      }
    }
    return nil
  }

  /// The next line that it writes. A test that is cancelled, as by its time limit, ends it: a read
  /// that waits can be ended by nothing else.
  private func next() async -> String? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread { [lines] in continuation.resume(returning: lines.next()) }
      }
    } onCancel: {
      send(SIGKILL)
    }
  }
}

import Foundation
import Testing

@testable import Logging

/// Lines for people.
@Suite struct StreamLogHandlerTests {
  private struct Broken: Error, CustomStringConvertible { let description = "broken" }

  @Test func aLineHasTimeLevelLabelFieldsSourceAndMessage() {
    var handler = StreamLogHandler(label: "saldo", descriptor: -1)
    handler[metadataKey: "b"] = "1"
    handler[metadataKey: "a"] = "outer"
    handler.metadataProvider = .init { ["c": "3"] }
    let event = LogEvent(
      level: .warning, message: "What happened", error: Broken(), metadata: ["a": "inner"],
      source: nil, file: "Module/File.swift", function: "f", line: 1)
    let line = handler.text(of: event, at: 0)
    #expect(line.hasSuffix(" warning saldo: a=inner b=1 c=3 [Module] What happened: broken\n"))
    #expect(line.prefix(24).wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}/) != nil)
  }

  @Test func linesOfSeveralThreadsDoNotMix() async throws {
    let pipe = Pipe()
    // A process that another test starts in the meantime must not hold the end that is written to.
    for end in [pipe.fileHandleForReading, pipe.fileHandleForWriting] {
      _ = fcntl(end.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
    let handler = StreamLogHandler(
      label: "l", descriptor: pipe.fileHandleForWriting.fileDescriptor)
    let logger = Logger(label: "l") { _ in handler }
    let long = String(repeating: "x", count: 20_000)
    async let written: Void = withTaskGroup { group in
      for _ in 0..<16 { group.addTask { logger.info("\(long)") } }
      await group.waitForAll()
      try? pipe.fileHandleForWriting.close()
    }
    let data = try #require(await Self.all(of: pipe.fileHandleForReading))
    await written
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 16)
    #expect(lines.allSatisfy { $0.hasSuffix(" info l: [LoggingTests] \(long)") })
  }
  /// All that a pipe holds, read on a thread of its own: a thread of the pool that waits here would
  /// be missed by whatever writes.
  private static func all(of handle: FileHandle) async -> Data? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: try? handle.readToEnd()) }
    }
  }
}

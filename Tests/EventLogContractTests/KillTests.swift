import Brokers
import EventLog
import EventLogEmbedded
import EventLogTesting
import Foundation
import Testing

@testable import LogWriter

@Suite(.timeLimit(.minutes(20))) struct KillTests {
  static let partitions: Int32 = 4

  /// A process that appends as fast as it can is killed, started on what is left, and killed again.
  @Test func whatWasAcknowledgedSurvivesAKill() async throws {
    let seed: UInt64 = 41
    var generator = SeededGenerator(seed: seed)
    try await TemporaryFolder.with { folder in
      for _ in 0..<6 {
        let acknowledged = try Self.writeUntilKilled(
          in: folder, acknowledgements: 1 + generator.below(150))
        try await Self.check(folder, holds: acknowledged)
      }
    }
  }

  @Test func anotherProcessIsRefusedWhileTheLogIsOpen() async throws {
    try await TemporaryFolder.with { folder in
      let log = try EmbeddedLog(directory: folder)
      let writer = try Self.writer(in: folder)
      try writer.run()
      writer.waitUntilExit()
      #expect(writer.terminationReason == .exit && writer.terminationStatus == 3)
      await log.close()
    }
  }

  /// Answers the offset, for each partition, below which the writer said that everything is
  /// durable.
  private static func writeUntilKilled(
    in folder: URL, acknowledgements: Int
  ) throws -> [Int32: Int64] {
    let writer = try writer(in: folder)
    let pipe = Pipe()
    writer.standardOutput = pipe
    try writer.run()
    var output = Data()
    var lines = 0
    while lines < acknowledgements {
      let more = PipeBytes.next(pipe.fileHandleForReading)
      guard !more.isEmpty else { break }
      lines += more.count { $0 == UInt8(ascii: "\n") }
      output += more
    }
    kill(writer.processIdentifier, SIGKILL)
    writer.waitUntilExit()
    #expect(writer.terminationReason == .uncaughtSignal, "the writer ended by itself")
    output += try pipe.fileHandleForReading.readToEnd() ?? Data()

    var acknowledged: [Int32: Int64] = [:]
    for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
      let numbers = line.split(separator: " ").compactMap { Int64($0) }
      try #require(numbers.count == 2, "\(line)")
      acknowledged[Int32(numbers[0])] = numbers[1]
    }
    return acknowledged
  }

  private static func check(_ folder: URL, holds acknowledged: [Int32: Int64]) async throws {
    let log = try EmbeddedLog(directory: folder)
    // The writer may be killed before it has made its topic.
    try await log.create([TopicSpecification(name: LogWriter.topic, partitions: partitions)])
    let reader = try await log.soleReader(of: LogWriter.topic)
    for partition in 0..<partitions {
      let end = try await log.end(of: TopicPartition(LogWriter.topic, partition))
      #expect(end >= acknowledged[partition] ?? 0)
      let read = try await reader.readAll(partition, upTo: end)
      #expect(read.count == Int(end))
      let wrong = read.first {
        $0.record != NumberedRecord.make($0.offset) || $0.input != $0.offset
          || $0.source != TopicPartition("inputs", partition)
      }
      #expect(wrong == nil)
    }
    await log.close()
  }

  private static func writer(in folder: URL) throws -> Process {
    let writer = Process()
    writer.executableURL = try BuiltProgram.named("LogWriter")
    writer.arguments = [folder.path, "\(partitions)"]
    return writer
  }
}

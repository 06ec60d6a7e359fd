import EventLog
import EventLogEmbedded
import Foundation

/// Appends numbered records to every partition as fast as it can until it is killed, and prints
/// "partition offset" once everything below the offset was acknowledged.
///
/// Ends with status 3 where another process has the log open.
@main
enum LogWriter {
  static let topic = "numbers"

  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let partitions = Int32(arguments[2]) else {
      print("usage: LogWriter <directory> <partitions>")
      exit(2)
    }
    do {
      let log = try EmbeddedLog(directory: URL(filePath: arguments[1]))
      try await log.create([TopicSpecification(name: topic, partitions: partitions)])
      try await withThrowingTaskGroup { group in
        for partition in 0..<partitions {
          group.addTask { try await append(to: TopicPartition(topic, partition), of: log) }
        }
        try await group.waitForAll()
      }
    } catch EventLogError.alreadyOpen {
      exit(3)
    }
  }

  private static func append(to partition: TopicPartition, of log: EmbeddedLog) async throws {
    var next = try await log.end(of: partition)
    while true {
      var records = PackedRecords()
      for number in next...(next + next % 40) {
        records.append(NumberedRecord.make(number), input: number)
      }
      try await log.append(
        [OutgoingBatch(target: partition, records: records)],
        source: TopicPartition("inputs", partition.partition))
      next += Int64(records.count)
      // One write for each line: a line is whole or is not there.
      let line = Array("\(partition.partition) \(next)\n".utf8)
      guard write(STDOUT_FILENO, line, line.count) == line.count else { return }
    }
  }
}

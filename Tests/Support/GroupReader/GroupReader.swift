import EventLog
import EventLogKafka
import Foundation
import Logging

/// A member of a group as a process, for tests that kill it: a member within the tests can only
/// leave.
///
/// `GroupReader <servers> <group> <topic> <count> <NAME=VALUE>...` joins, and takes `count` records
/// of each partition that it gets. It prints `took PARTITION NUMBER...` for each, the numbers being
/// the records' keys, and then `holds PARTITION...`. It stays until it is killed or its input ends.
@main
enum GroupReader {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 4, let count = Int(arguments[3]) else {
      answer("usage: GroupReader <servers> <group> <topic> <count> <NAME=VALUE>...")
      exit(2)
    }
    var settings = KafkaSettings(servers: arguments[0])
    for property in arguments.dropFirst(4) {
      let parts = property.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { settings.properties[parts[0]] = parts[1] }
    }
    let log = try KafkaLog(
      settings: settings, logger: Logger(label: "reader") { _ in SwiftLogNoOpLogHandler() })
    Thread.detachNewThread {
      while readLine() != nil {}
      exit(0)
    }
    let member = try await log.join(group: arguments[1], topic: arguments[2], member: "reader")
    var held: Set<Int32> = []
    while let owned = try await member.nextAssignment() {
      for partition in held.subtracting(owned) { await member.released(partition) }
      held = owned
      for partition in owned { try await take(count, of: partition, by: member) }
      answer("holds \(owned.map { "\($0)" }.joined(separator: " "))")
    }
  }

  private static func take(
    _ count: Int, of partition: Int32, by member: any GroupMember
  ) async throws {
    var keys: [String] = []
    var offset: Int64 = 0
    while keys.count < count {
      // Taken away again: nothing is said of it.
      guard let batch = try await member.take(partition, from: offset, limit: ReadLimit()) else {
        return
      }
      for segment in batch.segments {
        segment.records.forEach { keys.append(String(decoding: $0.key, as: UTF8.self)) }
      }
      offset = batch.nextOffset
    }
    answer("took \(partition) \(keys.joined(separator: " "))")
  }

  private static func answer(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}

import Auditor
import EventLog
import EventLogTesting
import Foundation
import Harness
import Messages
import Testing

/// What the rules of this version make of a scenario, message by message, as it was when they were
/// given their number: whoever changes that gives them another.
@Suite struct GoldenTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden")

  /// Run with SALDO_GOLDEN=1 it writes what it finds, for a new version of the rules.
  @Test func theRulesAreWhatTheirVersionSays() throws {
    let file = Self.folder.appending(path: "rules-\(RulesVersion.current).txt")
    let found = try Self.messages()
    if ProcessInfo.processInfo.environment["SALDO_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data((found.joined(separator: "\n") + "\n").utf8).write(to: file)
    }
    let golden = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(
      String.init)
    let gone = Set(golden).subtracting(found).sorted()
    let new = Set(found).subtracting(golden).sorted()
    #expect(
      golden == found,
      """
      the rules changed: raise RulesVersion.current, and record \(file.lastPathComponent) anew \
      with SALDO_GOLDEN=1 (decision 0061). No more: \(gone.prefix(3)); new: \(new.prefix(3)); \
      \(gone.count) and \(new.count) in all
      """)
  }

  /// Every message between stages, by where it went and who made it of what; in the order of those.
  private static func messages() throws -> [String] {
    let cluster = try Cluster(partitions: 2)
    try cluster.produce(try Scenario(named: "everything").events.map { [UInt8]($0) })
    try cluster.settle(limit: 50)
    var lines: [String] = []
    for topic in Topic.allCases where topic != .inbound {
      for partition: Int32 in 0..<2 {
        let target = TopicPartition(topic.rawValue, partition)
        let all = ReadLimit(records: .max, bytes: .max)
        var bySource: [String: [String]] = [:]
        for segment in cluster.log.readNow(target, from: 0, limit: all).segments {
          let source = segment.source.map { "\($0)" } ?? "nobody"
          segment.records.forEach { record in
            let key = String(decoding: record.key, as: UTF8.self)
            let value = record.value.map { String(decoding: $0, as: UTF8.self) } ?? "nothing"
            // The beginning for people, the whole as a hash.
            bySource[source, default: []].append(
              "\(target) of \(source) \(record.input).\(record.ordinal) [\(key)] "
                + "\(Self.hash(value)) \(value.prefix(60))")
          }
        }
        for source in bySource.keys.sorted() { lines += bySource[source] ?? [] }
      }
    }
    return lines
  }

  /// FNV-1a, of 64 bits.
  private static func hash(_ text: String) -> String {
    let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
    }
    return String(hash, radix: 16)
  }
}

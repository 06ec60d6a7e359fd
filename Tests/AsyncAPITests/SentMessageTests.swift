import EventLog
import Foundation
import Harness
import JSONSchema
import Messages
import Testing

/// What the services really send has the key and the payload that the document says.
@Suite struct SentMessageTests {
  /// A message's key and payload, ready to be compared.
  private struct Expected {
    var key: Regex<AnyRegexOutput>?
    var schemas: [JSONSchema]
    var isEmpty: Bool

    init(_ message: AsyncAPI.Message) throws {
      key = try message.key.map { try Regex($0) }
      schemas = try message.payload.map {
        try JSONSchema(directory: AsyncAPI.folder, file: String($0.dropFirst(2)))
      }
      isEmpty = message.isEmpty
    }

    func fits(_ record: Record) -> Bool {
      let text = String(decoding: record.key, as: UTF8.self)
      guard key.map({ text.firstMatch(of: $0) != nil }) ?? true else { return false }
      guard let value = record.value else { return isEmpty }
      return schemas.contains { $0.errors(in: Data(value)).isEmpty }
    }
  }

  @Test func everyRecordIsAMessageOfItsChannel() throws {
    var seen: [Topic: Int] = [:]
    var expected: [Topic: [Expected]] = [:]
    for channel in try AsyncAPI().channels {
      guard let topic = Topic(rawValue: channel.address), topic != .inbound else { continue }
      expected[topic] = try channel.messages.map(Expected.init)
    }
    for seed: UInt64 in 1...12 {
      let workload = Workload(seed: seed)
      let cluster = try Cluster(partitions: 3)
      try cluster.produce(workload.events + workload.malformed + workload.conflicts)
      try cluster.settle()
      for topic in Topic.allCases where topic != .inbound {
        for record in cluster.records(of: topic).joined() {
          seen[topic, default: 0] += 1
          let fits = expected[topic]?.contains { $0.fits(record) } == true
          #expect(
            fits,
            """
            seed \(seed), \(topic.rawValue): \(String(decoding: record.key, as: UTF8.self)) \
            \(String(decoding: record.value ?? [], as: UTF8.self))
            """)
        }
      }
    }
    // Settings are no stage's to send: SettingFactTests has them.
    #expect(Set(seen.keys) == Set(Topic.allCases).subtracting([.inbound, .settings]))
  }
}

import EventLog
import EventLogKafka
import Foundation
import Logging
import Testing

/// What came through to the books: stock events appear in no report, so they are counted in the
/// topic itself.
struct MovementsAudit {
  /// How many times each stock event is a movement, repetitions of one message left out, by source
  /// and id.
  let stockEvents: [String: Int]

  private struct Stock: Decodable { var kind, source, id: String? }

  private struct Mark: Hashable {
    var source: TopicPartition
    var input: Int64
    var ordinal: UInt32
  }

  /// Reads the topic of movements to its end.
  init(_ cluster: ServiceCluster) async throws {
    let log = try cluster.log()
    do {
      stockEvents = try await Self.read(log)
    } catch {
      await log.close()
      throw error
    }
    await log.close()
  }

  private static func read(_ log: any EventLog) async throws -> [String: Int] {
    let topic = "saldo.movements"
    let member = try await log.join(group: "audit", topic: topic, member: "audit")
    var assigned = try await member.nextAssignment() ?? []
    let partitions = try await log.partitions(of: topic)
    while assigned.count < Int(partitions) { assigned = try await member.nextAssignment() ?? [] }
    var events: [String: Int] = [:]
    var seen: Set<Mark> = []
    for partition in 0..<partitions {
      let end = try await log.end(of: TopicPartition(topic, partition))
      var position: Int64 = 0
      while position < end {
        let batch = try #require(
          try await member.take(partition, from: position, limit: ReadLimit()))
        for segment in batch.segments {
          try segment.records.forEach(skipping: segment.skipped) { record in
            if let source = segment.source {
              let mark = Mark(source: source, input: record.input, ordinal: record.ordinal)
              guard seen.insert(mark).inserted else { return }
            }
            guard let value = record.value else { return }
            let stock = try JSONDecoder().decode(Stock.self, from: Data(value))
            guard stock.kind == "stock", let source = stock.source, let id = stock.id else {
              return
            }
            events["\(source) \(id)", default: 0] += 1
          }
        }
        position = batch.nextOffset
      }
      await member.released(partition)
    }
    await member.leave()
    return events
  }
}

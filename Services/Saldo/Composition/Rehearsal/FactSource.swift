import EventLog
import EventLogEmbedded

/// Where a rehearsal's facts are: a topic of a log that is only read.
protocol FactSource: Sendable {
  var topic: String { get }
  var partitions: Int32 { get }

  /// Hands over what the topic holds now, each partition's in order.
  ///
  /// - Throws: what the log reports, or what `body` throws.
  func forEach(_ body: @Sendable (Int32, PackedRecords) async throws -> Void) async throws
}

extension TopicReader: FactSource {
  func forEach(_ body: @Sendable (Int32, PackedRecords) async throws -> Void) async throws {
    for partition in 0..<partitions {
      try await forEach(partition) { try await body(partition, $0) }
    }
  }
}

/// The facts of a log that others share: read by a member of a group of its own, which never says
/// how far it is.
struct LogFacts: FactSource {
  let log: any EventLog
  let topic: String
  let partitions: Int32
  /// The group's name.
  let name: String

  func forEach(_ body: @Sendable (Int32, PackedRecords) async throws -> Void) async throws {
    var ends: [Int64] = []
    for partition in 0..<partitions { ends.append(try await log.end(of: .init(topic, partition))) }
    let member = try await log.join(group: name, topic: topic, member: name)
    do {
      var owned: Set<Int32>? = []
      while let now = owned, now.count < partitions { owned = try await member.nextAssignment() }
      guard owned != nil else { throw EventLogError.closed }
      for partition in 0..<partitions {
        try await read(partition, upTo: ends[Int(partition)], member, body)
      }
    } catch {
      await member.leave()
      throw error
    }
    await member.leave()
  }

  private func read(
    _ partition: Int32, upTo end: Int64, _ member: any GroupMember,
    _ body: @Sendable (Int32, PackedRecords) async throws -> Void
  ) async throws {
    var next: Int64 = 0
    while next < end {
      guard let batch = try await member.take(partition, from: next, limit: ReadLimit()) else {
        throw EventLogError.failed("\(topic)/\(partition) went to another reader of group \(name)")
      }
      for segment in batch.segments {
        let wanted = segment.records.split(after: segment.skipped).1
        if !wanted.isEmpty { try await body(partition, wanted) }
      }
      next = batch.nextOffset
    }
  }
}

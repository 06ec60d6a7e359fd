import EventLog
import Messages

/// Appends inbound events in batches, spread over the partitions of the inbound topic.
public struct InboundProducer {
  private let log: any EventLog
  private var batches: [PackedRecords]
  private var next = 0
  private var waiting = 0
  private let limit: Int

  /// A producer with nothing waiting.
  ///
  /// - Parameter limit: how many events wait at most before they have to be sent.
  init(log: any EventLog, partitions: Int32, limit: Int = 20_000) {
    self.log = log
    self.limit = limit
    batches = Array(repeating: PackedRecords(), count: Int(partitions))
  }

  /// Whether so many events wait that ``send()`` is due.
  public var isFull: Bool { waiting >= limit }

  /// Adds an event; inbound events may have any key, and so go by turns, some at a time.
  ///
  /// - Parameter received: milliseconds since the epoch.
  public mutating func add(_ event: UnsafeRawBufferPointer, received: Int64) {
    batches[next].append(
      key: UnsafeRawBufferPointer(start: nil, count: 0), timestamp: received
    ) { $0.append(contentsOf: event) }
    waiting += 1
    if batches[next].count % 500 == 0 { next = (next + 1) % batches.count }
  }

  /// Appends what waits; it is durable when this returns.
  public mutating func send() async throws {
    guard waiting > 0 else { return }
    let full = batches.enumerated().compactMap { index, records in
      records.isEmpty
        ? nil
        : OutgoingBatch(
          target: TopicPartition(Topic.inbound.rawValue, Int32(index)), records: records)
    }
    try await log.append(full, source: nil)
    for index in batches.indices { batches[index].removeAll() }
    waiting = 0
    next = (next + 1) % batches.count
  }
}

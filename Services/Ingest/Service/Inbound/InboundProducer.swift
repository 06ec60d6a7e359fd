import EventLog
import Foundation
import Messages

/// Appends inbound events in batches, spread over the partitions of the inbound topic.
public struct InboundProducer: Sendable {
  private let log: any EventLog
  private var batches: [PackedRecords]
  private var next: Int
  private var waiting = 0
  private var bytes = 0
  private let limit: Int
  /// The most bytes that wait: events of any size must not fill the memory.
  private static let byteLimit = 8 << 20

  /// A producer with nothing waiting.
  ///
  /// - Parameters:
  ///   - partitions: how many the inbound topic has.
  ///   - first: the partition to begin with; producers of few events each should differ in it.
  ///   - limit: how many events wait at most before they have to be sent.
  public init(log: any EventLog, partitions: Int32, first: Int32 = 0, limit: Int = 20_000) {
    self.log = log
    self.limit = limit
    next = Int(first % partitions)
    batches = Array(repeating: PackedRecords(), count: Int(partitions))
  }

  /// Whether so many events wait that ``send()`` is due.
  public var isFull: Bool { waiting >= limit || bytes >= Self.byteLimit }

  /// Adds an event; inbound events may have any key, and so go by turns, some at a time.
  ///
  /// - Parameter received: milliseconds since the epoch.
  public mutating func add(_ event: UnsafeRawBufferPointer, received: Int64) {
    batches[next].append(
      key: UnsafeRawBufferPointer(start: nil, count: 0), timestamp: received
    ) { $0.append(contentsOf: event) }
    waiting += 1
    bytes += event.count
    if batches[next].count % 500 == 0 { next = (next + 1) % batches.count }
  }

  /// Appends what waits; it is durable when this returns.
  public mutating func send() async throws {
    let full = take()
    if !full.isEmpty { try await log.append(full, source: nil) }
  }

  /// What waits, to be appended by somebody else.
  mutating func take() -> [OutgoingBatch] {
    guard waiting > 0 else { return [] }
    var taken: [OutgoingBatch] = []
    for index in batches.indices where !batches[index].isEmpty {
      taken.append(
        OutgoingBatch(
          target: TopicPartition(Topic.inbound.rawValue, Int32(index)), records: batches[index]))
      batches[index] = PackedRecords()
    }
    (waiting, bytes) = (0, 0)
    next = (next + 1) % batches.count
    return taken
  }

  /// The system's clock, in milliseconds since the epoch: when an event is received.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

import EventLog
import Foundation
import Messages

/// Appends inbound events in batches, all to one partition of the inbound topic.
///
/// The books do not hang on the order of arrival, but their cost does: a document that comes before
/// the catalogue waits and is derived again for each part. So what one file or one sender gives
/// stays in its order; different producers take different partitions.
public struct InboundProducer: Sendable {
  private let log: any EventLog
  private var records = PackedRecords()
  private let target: TopicPartition
  private var bytes = 0
  private let limit: Int
  /// The most bytes that wait: events of any size must not fill the memory.
  private static let byteLimit = 8 << 20

  /// A producer with nothing waiting.
  ///
  /// - Parameters:
  ///   - partitions: how many the inbound topic has.
  ///   - turn: producers of different turns take different partitions, as far as there are.
  ///   - limit: how many events wait at most before they have to be sent.
  public init(log: any EventLog, partitions: Int32, turn: Int32 = 0, limit: Int = 20_000) {
    self.log = log
    self.limit = limit
    target = TopicPartition(Topic.inbound.rawValue, turn % partitions)
  }

  /// Whether so many events wait that ``send()`` is due.
  public var isFull: Bool { records.count >= limit || bytes >= Self.byteLimit }

  /// Adds an event.
  ///
  /// - Parameter received: milliseconds since the epoch.
  public mutating func add(_ event: UnsafeRawBufferPointer, received: Int64) {
    records.append(key: UnsafeRawBufferPointer(start: nil, count: 0), timestamp: received) {
      $0.append(contentsOf: event)
    }
    bytes += event.count
  }

  /// Appends what waits; it is durable when this returns.
  public mutating func send() async throws {
    let full = take()
    if !full.isEmpty { try await log.append(full, source: nil) }
  }

  /// What waits, to be appended by somebody else.
  mutating func take() -> [OutgoingBatch] {
    guard !records.isEmpty else { return [] }
    defer {
      records = PackedRecords()
      bytes = 0
    }
    return [OutgoingBatch(target: target, records: records)]
  }

  /// The system's clock, in milliseconds since the epoch: when an event is received.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

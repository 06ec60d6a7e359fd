import EventLog
import Foundation
import Limits
import Messages

/// Appends inbound events in batches, all to one partition of the inbound topic.
///
/// The books do not hang on the order of arrival, but their cost does: a document that comes before
/// the catalogue waits and is derived again for each part. So what one file or one sender gives
/// stays in its order; different producers take different partitions.
public struct InboundProducer: Sendable {
  private let log: any EventLog
  /// What is full, and what is being filled: none is larger than a step takes as a whole.
  private var packs: [PackedRecords] = []
  private var records = PackedRecords()
  private let target: TopicPartition
  private let limit: Int
  private let byteLimit: Int

  /// A producer with nothing waiting.
  ///
  /// - Parameters:
  ///   - partitions: how many the inbound topic has.
  ///   - turn: producers of different turns take different partitions, as far as there are.
  ///   - limit: how many events wait at most before they have to be sent.
  ///   - byteLimit: about how many bytes of them do, since events of any size must not fill the
  ///     memory.
  public init(
    log: any EventLog, partitions: Int32, turn: Int32 = 0, limit: Int = 20_000,
    byteLimit: Int = Limits.batchBytes
  ) {
    self.log = log
    (self.limit, self.byteLimit) = (limit, byteLimit)
    target = TopicPartition(Topic.inbound.rawValue, turn % partitions)
  }

  /// Whether so many events wait that ``send()`` is due.
  public var isFull: Bool { !packs.isEmpty || isPackFull }

  private var isPackFull: Bool { records.count >= limit || records.bytes.count >= byteLimit }

  /// The bytes of the events that wait.
  var heldBytes: Int { packs.reduce(records.bytes.count) { $0 + $1.bytes.count } }

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - received: milliseconds since the epoch.
  ///   - place: where it stands in a file, where it came in one.
  public mutating func add(
    _ event: UnsafeRawBufferPointer, received: Int64, place: EventPlace? = nil
  ) {
    // Whoever adds may not be able to send in between.
    if isPackFull {
      packs.append(records)
      records = PackedRecords()
    }
    let noKey = UnsafeRawBufferPointer(start: nil, count: 0)
    guard let place else {
      return records.append(key: noKey, timestamp: received) { $0.append(contentsOf: event) }
    }
    let name = UnsafeRawBufferPointer(
      start: EventPlace.header.utf8Start, count: EventPlace.header.utf8CodeUnitCount)
    place.headerValue.withUnsafeBytes { value in
      records.append(
        key: noKey, value: event, headers: [(name, value)], timestamp: received, input: 0,
        ordinal: 0)
    }
  }

  /// Appends what waits; it is durable when this returns.
  public mutating func send() async throws {
    let full = take()
    if !full.isEmpty { try await log.append(full, source: nil) }
  }

  /// What waits, to be appended by somebody else.
  mutating func take() -> [OutgoingBatch] {
    guard !records.isEmpty else { return [] }
    defer { (packs, records) = ([], PackedRecords()) }
    return (packs + [records]).map { OutgoingBatch(target: target, records: $0) }
  }

  /// The system's clock, in milliseconds since the epoch: when an event is received.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

import EventLog
import Foundation
import Limits
import Messages

/// Appends inbound events in batches, to one partition of the inbound topic or to all in turn.
///
/// The books do not depend on the order of arrival. In one process its cost does: a document that
/// comes before the catalogue waits and is derived again for each part, so what one file gives
/// stays in its order there. Over a cluster the partitions are shared by instances, which all are
/// to have something to do.
public struct InboundProducer: Sendable {
  private let log: any EventLog
  private let partitions: Int32
  /// How many events go to a partition before it is the next one's turn; nil for all of them.
  private let piece: Int?
  private var turn: Int32
  /// What is full, and what is being filled: none is larger than a step takes as a whole.
  private var packs: [OutgoingBatch] = []
  private var records = PackedRecords()
  /// How many events wait in `packs`.
  private var packed = 0
  private let limit: Int
  private let byteLimit: Int
  /// How many events go to one partition if they are spread over all.
  public static let spreadPiece = 2_000

  /// A producer with nothing waiting.
  ///
  /// - Parameters:
  ///   - partitions: how many the inbound topic has.
  ///   - turn: producers of different turns begin with different partitions, as far as there are.
  ///   - piece: how many events go to a partition before it is the next one's turn; nil for all.
  ///   - limit: how many events wait at most before they have to be sent.
  ///   - byteLimit: about how many bytes of them do, since events of any size must not fill the
  ///     memory.
  public init(
    log: any EventLog, partitions: Int32, turn: Int32 = 0, piece: Int? = nil,
    limit: Int = 20_000, byteLimit: Int = Limits.batchBytes
  ) {
    self.log = log
    self.partitions = partitions
    self.piece = piece
    (self.limit, self.byteLimit) = (limit, byteLimit)
    self.turn = turn % partitions
  }

  /// Whether so many events wait that ``send()`` is due.
  public var isFull: Bool { packed + records.count >= limit || heldBytes >= byteLimit }

  private var isPackFull: Bool {
    records.count >= min(limit, piece ?? limit) || records.bytes.count >= byteLimit
  }

  /// The bytes of the events that wait.
  var heldBytes: Int { packs.reduce(records.bytes.count) { $0 + $1.records.bytes.count } }

  /// Adds an event.
  ///
  /// - Parameters:
  ///   - received: milliseconds since the epoch.
  ///   - place: where it stands in a file, where it came in one.
  public mutating func add(
    _ event: UnsafeRawBufferPointer, received: Int64, place: EventPlace? = nil
  ) {
    // Whoever adds may not be able to send in between.
    if isPackFull { pack() }
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
    if !records.isEmpty { pack() }
    defer { (packs, packed) = ([], 0) }
    return packs
  }

  /// Puts by what is being filled; where events are spread, the next partition's turn begins.
  private mutating func pack() {
    packs.append(
      OutgoingBatch(target: TopicPartition(Topic.inbound.rawValue, turn), records: records))
    packed += records.count
    records = PackedRecords()
    if piece != nil { turn = (turn + 1) % partitions }
  }

  /// The system's clock, in milliseconds since the epoch: when an event is received.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
  }
}

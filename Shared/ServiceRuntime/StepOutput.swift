import EventLog
import Limits
import Store

/// The messages that a step makes, each with the identity of the input that made it.
public struct StepOutput {
  private let topics: [String]
  private let counts: [Int32]
  private var batches: [[PackedRecords]]
  /// The last that was sent to each partition, and the last of the steps before.
  private var last: [[StoreProgress.Mark?]]
  private var before: [[StoreProgress.Mark?]]
  private var keyBuffer: [UInt8] = []
  /// The offset of the input that messages are made of; it grows from one input to the next.
  public private(set) var input: Int64 = 0
  private var ordinal: UInt32 = 0
  /// How many bytes of messages were made since they were last taken.
  private(set) var bytes = 0
  /// A message of the last input that is larger than messages may be: its topic and size.
  private(set) var oversized: (topic: String, bytes: Int)?
  /// Milliseconds since the epoch at which the input was received.
  public private(set) var received: Int64 = 0
  /// The partition whose inputs made the input; nil if a producer sent it.
  public internal(set) var source: TopicPartition?

  /// No messages yet, for topics with so many partitions each.
  public init(topics: [String], partitions: [String: Int32]) {
    self.topics = topics
    counts = topics.map { partitions[$0] ?? 1 }
    batches = counts.map { Array(repeating: PackedRecords(), count: Int($0)) }
    last = counts.map { Array(repeating: nil, count: Int($0)) }
    before = last
  }

  /// Goes on behind what was sent before.
  mutating func follow(_ sent: SentMarks) {
    for (target, entry) in sent.entries {
      guard let topic = topics.firstIndex(of: target.topic),
        last[topic].indices.contains(Int(target.partition))
      else { continue }
      last[topic][Int(target.partition)] = entry.last
    }
    before = last
  }

  /// From here on messages are made by this input.
  mutating func begin(input: Int64, received: Int64) {
    self.input = input
    self.received = received
    ordinal = 0
    oversized = nil
  }

  /// How many partitions an output topic has.
  public func partitions(of topic: Int) -> Int32 { counts[topic] }

  /// Sends a message to the partition of its key.
  public mutating func send(
    to topic: Int, key: UnsafeRawBufferPointer, _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    let partition = Int(Murmur2.partition(of: key, count: counts[topic]))
    try append(topic, partition, key, value)
  }

  /// Sends a message to the partition of its key.
  public mutating func send(
    to topic: Int, key: String, _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    var key = key
    try key.withUTF8 { try send(to: topic, key: UnsafeRawBufferPointer($0), value) }
  }

  /// Sends a message to the partition of a key that `key` writes.
  ///
  /// - Parameter partition: another partition that the topic has, whatever the key says.
  public mutating func send(
    to topic: Int, partition: Int32? = nil, writingKey key: (inout [UInt8]) -> Void,
    _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    var buffer = keyBuffer
    keyBuffer = []
    buffer.removeAll(keepingCapacity: true)
    key(&buffer)
    try buffer.withUnsafeBytes {
      let partition = partition ?? Murmur2.partition(of: $0, count: counts[topic])
      try append(topic, Int(partition), $0, value)
    }
    keyBuffer = buffer
  }

  /// Sends a message to a partition, whatever its key.
  public mutating func send(
    to topic: Int, partition: Int32, key: String, _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    var key = key
    try key.withUTF8 {
      try append(topic, Int(partition), UnsafeRawBufferPointer($0), value)
    }
  }

  /// Sends a record without a value, which removes its key from a compacted topic.
  public mutating func remove(from topic: Int, key: String) {
    let partition = Int(Murmur2.partition(of: key, count: counts[topic]))
    batches[topic][partition].append(
      Record(key: Array(key.utf8), value: nil, timestamp: received), input: input,
      ordinal: ordinal)
    last[topic][partition] = StoreProgress.Mark(input: input, ordinal: ordinal)
    ordinal += 1
  }

  /// Sends a message to every partition of a topic.
  public mutating func broadcast(
    to topic: Int, key: String, _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    var key = key
    try key.withUTF8 { utf8 in
      for partition in 0..<Int(counts[topic]) {
        try append(topic, partition, UnsafeRawBufferPointer(utf8), value)
      }
    }
  }

  /// The messages by partition, in the order of topics and partitions, many of one partition in
  /// several batches; and what was sent last to each of those.
  mutating func take(
    epoch: UInt64, rules: UInt32
  ) -> (batches: [OutgoingBatch], sent: [TopicPartition: SentMarks.Entry]) {
    var taken: [OutgoingBatch] = []
    var sent: [TopicPartition: SentMarks.Entry] = [:]
    bytes = 0
    for topic in topics.indices {
      for partition in batches[topic].indices where !batches[topic][partition].isEmpty {
        let target = TopicPartition(topics[topic], Int32(partition))
        let previous = before[topic][partition]
        let pieces = batches[topic][partition].pieces(atMost: Limits.row)
        taken += SentMarks.linked(pieces, to: target, after: previous, epoch: epoch, rules: rules)
        if let mark = last[topic][partition] {
          sent[target] = SentMarks.Entry(last: mark, before: previous)
          before[topic][partition] = mark
        }
        // The next step will have as much to say: growing to that in small steps costs copies.
        let room = min(batches[topic][partition].bytes.count, Limits.row)
        batches[topic][partition] = PackedRecords(reserving: room)
      }
    }
    return (taken, sent)
  }

  private mutating func append(
    _ topic: Int, _ partition: Int, _ key: UnsafeRawBufferPointer,
    _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    let before = batches[topic][partition].bytes.count
    try batches[topic][partition].append(
      key: key, timestamp: received, input: input, ordinal: ordinal, value: value)
    last[topic][partition] = StoreProgress.Mark(input: input, ordinal: ordinal)
    ordinal += 1
    let made = batches[topic][partition].bytes.count - before
    bytes += made
    if made > Limits.logRecord { oversized = (topics[topic], made) }
  }
}

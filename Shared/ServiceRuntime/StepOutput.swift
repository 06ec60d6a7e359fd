import EventLog

/// The messages that a step makes, each with the identity of the input that made it.
public struct StepOutput {
  private let topics: [String]
  private let counts: [Int32]
  private var batches: [[PackedRecords]]
  private var keyBuffer: [UInt8] = []
  /// The offset of the input that messages are made of; it grows from one input to the next.
  public private(set) var input: Int64 = 0
  private var ordinal: UInt32 = 0
  /// Milliseconds since the epoch at which the input was received.
  public private(set) var received: Int64 = 0

  /// No messages yet, for topics with so many partitions each.
  public init(topics: [String], partitions: [String: Int32]) {
    self.topics = topics
    counts = topics.map { partitions[$0] ?? 1 }
    batches = counts.map { Array(repeating: PackedRecords(), count: Int($0)) }
  }

  /// From here on messages are made by this input.
  mutating func begin(input: Int64, received: Int64) {
    self.input = input
    self.received = received
    ordinal = 0
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
  public mutating func send(
    to topic: Int, writingKey key: (inout [UInt8]) -> Void,
    _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    var buffer = keyBuffer
    keyBuffer = []
    buffer.removeAll(keepingCapacity: true)
    key(&buffer)
    try buffer.withUnsafeBytes { try send(to: topic, key: $0, value) }
    keyBuffer = buffer
  }

  /// Sends a record without a value, which removes its key from a compacted topic.
  public mutating func remove(from topic: Int, key: String) {
    let partition = Int(Murmur2.partition(of: key, count: counts[topic]))
    batches[topic][partition].append(
      Record(key: Array(key.utf8), value: nil, timestamp: received), input: input,
      ordinal: ordinal)
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

  /// The messages by partition, in the order of topics and partitions.
  mutating func take() -> [OutgoingBatch] {
    var taken: [OutgoingBatch] = []
    for topic in topics.indices {
      for partition in batches[topic].indices where !batches[topic][partition].isEmpty {
        taken.append(
          OutgoingBatch(
            target: TopicPartition(topics[topic], Int32(partition)),
            records: batches[topic][partition]))
        // The next step will have as much to say: growing to that in small steps costs copies.
        let room = min(batches[topic][partition].bytes.count, Self.roomLimit)
        batches[topic][partition] = PackedRecords(reserving: room)
      }
    }
    return taken
  }

  /// The most memory that is kept ready for one partition's messages.
  private static var roomLimit: Int { 1 << 20 }

  private mutating func append(
    _ topic: Int, _ partition: Int, _ key: UnsafeRawBufferPointer,
    _ value: (inout [UInt8]) throws -> Void
  ) rethrows {
    try batches[topic][partition].append(
      key: key, timestamp: received, input: input, ordinal: ordinal, value: value)
    ordinal += 1
  }
}

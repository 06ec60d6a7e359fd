/// One partition of one topic.
public struct TopicPartition: Hashable, Sendable, Codable {
  /// The topic's name.
  public var topic: String
  /// The partition, from 0.
  public var partition: Int32

  /// A partition of a topic.
  public init(_ topic: String, _ partition: Int32) {
    self.topic = topic
    self.partition = partition
  }
}

extension TopicPartition: Comparable {
  public static func < (a: TopicPartition, b: TopicPartition) -> Bool {
    (a.topic, a.partition) < (b.topic, b.partition)
  }
}

extension TopicPartition: CustomStringConvertible {
  public var description: String { "\(topic)/\(partition)" }
}

import Messages

/// How many partitions the topics have.
///
/// Where a message goes depends on the number of its topic's partitions, and so do stores: all
/// topics between stages have the same number, forever. What others send to the inbound topic may
/// lie in any partition of it, so that one may have another number, and get more.
public struct TopicCounts: Sendable, Equatable {
  /// Of every topic but the inbound one and that of settings, which has one.
  public var inner: Int32
  /// Of the inbound topic.
  public var inbound: Int32

  /// Of a topic.
  subscript(topic: String) -> Int32 {
    switch Topic(rawValue: topic) {
    case .inbound: inbound
    case let topic? where topic.hasOnePartition: 1
    default: inner
    }
  }
}

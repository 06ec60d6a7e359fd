import EventLog
import Foundation

/// Makes topics that do not exist, and waits until they can be used. Blocks.
struct TopicMaker {
  var inquiries: Inquiries

  /// Brings topics about; returns how many partitions each has.
  ///
  /// - Throws: ``EventLogError/topicMismatch(topic:expected:found:)``, before anything is made
  ///   where that is known by then.
  func make(
    _ topics: [TopicSpecification], replication: Int32?
  ) throws(EventLogError) -> [String: Int32] {
    var partitions: [String: Int32] = [:]
    var missing: [TopicSpecification] = []
    for topic in topics {
      guard topic.partitions > 0 else {
        throw .failed("topic \(topic.name) needs at least one partition")
      }
      var known = partitions[topic.name]
      if known == nil { known = try inquiries.topic(topic.name)?.partitions }
      if known == nil { missing.append(topic) }
      partitions[topic.name] = known ?? topic.partitions
      if let known, known != topic.partitions { throw mismatch(topic, known) }
    }
    guard !missing.isEmpty else { return partitions }
    var copies: Int32 = 3
    if let replication { copies = replication } else { copies = min(3, try inquiries.brokers()) }
    try inquiries.make(missing, replication: copies)
    for topic in missing { try wait(for: topic) }
    return partitions
  }

  /// Brokers learn of a topic one after the other, and of its leaders after that.
  private func wait(for topic: TopicSpecification) throws(EventLogError) {
    let deadline = ContinuousClock.now + Patience.failover
    while true {
      if let found = try inquiries.topic(topic.name) {
        // Another process may have made it meanwhile.
        if found.partitions != topic.partitions { throw mismatch(topic, found.partitions) }
        if found.isLed { return }
      }
      guard ContinuousClock.now < deadline else {
        throw .failed("topic \(topic.name) was made, but its partitions have no leader yet")
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
  }

  private func mismatch(_ topic: TopicSpecification, _ found: Int32) -> EventLogError {
    .topicMismatch(topic: topic.name, expected: topic.partitions, found: found)
  }
}

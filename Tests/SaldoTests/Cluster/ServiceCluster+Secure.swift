import Brokers
import Foundation

extension ServiceCluster {
  /// A cluster with logins and rights: topics are made by its administrator, and the services log
  /// in as a user who may read and write topics and read groups of this test's own names, and
  /// nothing else.
  init(_ place: Workplace, secure kafka: KafkaCluster, partitions: Int) async throws {
    try await self.init(
      place, kafka.servers, kafka.userProperties, broker: kafka, partitions: partitions,
      administrator: kafka.properties)
  }
}

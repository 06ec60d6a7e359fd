import Messages
import SQLite

extension DataFolder {
  /// Changes rows behind the service's back.
  func tamper(_ topic: Topic, partition: Int32 = 0, _ sql: String) throws {
    try store(topic, partition: partition).connection.execute(sql)
  }
}

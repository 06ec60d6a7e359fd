import Foundation

/// The Apache Kafka that tests run on where there is one: `SALDO_KAFKA_HOME` names its folder, as a
/// download of it is unpacked, with the jars in `libs`.
public enum KafkaHome {
  /// Why tests are left out where there is none.
  public static let missing =
    "needs an Apache Kafka: SALDO_KAFKA_HOME=FOLDER, where FOLDER/libs has its jars"

  /// Why the test of an upgrade is left out where there is no older Kafka.
  public static let missingOlder =
    "needs an older Apache Kafka, too: SALDO_KAFKA_HOME=FOLDER with FOLDER/libs-3.9"

  private static let folder = ProcessInfo.processInfo.environment["SALDO_KAFKA_HOME"]
    .flatMap { $0.isEmpty ? nil : URL(filePath: $0) }

  /// Whether there is one.
  public static var isThere: Bool { folder != nil }

  /// Whether there is an older one beside it.
  public static var hasOlder: Bool {
    folder.map { FileManager.default.fileExists(atPath: $0.appending(path: "libs-3.9").path) }
      ?? false
  }

  /// The folder of the jars.
  ///
  /// - Throws: ``BrokerError`` where there is none.
  static func jars(older: Bool = false) throws -> URL {
    guard let folder else { throw BrokerError.missing("Kafka: \(missing)") }
    let jars = folder.appending(path: older ? "libs-3.9" : "libs")
    guard FileManager.default.fileExists(atPath: jars.path) else {
      throw BrokerError.missing("\(jars.path): \(missing)")
    }
    return jars
  }
}

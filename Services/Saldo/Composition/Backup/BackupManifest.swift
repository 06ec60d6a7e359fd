import Foundation

/// What a backup holds: written last, so that a folder without it is no backup.
public struct BackupManifest: Codable, Equatable, Sendable {
  /// A file of it.
  public struct File: Codable, Equatable, Sendable {
    /// Its path within the folder, with slashes.
    public var name: String
    /// How many bytes it has.
    public var bytes: Int64
    /// Their SHA-256, in hexadecimal digits.
    public var sha256: String
  }

  /// The file that holds this, within the folder.
  static let fileName = "backup.json"
  /// The form of this, which a later program may change.
  static let format = 1

  /// The form that it was written in.
  public var format = Self.format
  /// The program that made it, and its version.
  public var program: String
  /// When the log was at the moment that the copy is of (RFC 3339, UTC).
  public var taken: String
  /// The files, by name.
  public var files: [File]

  /// The manifest of a folder.
  ///
  /// - Throws: ``BackupError/noBackup(_:)`` if there is none that this program can read.
  static func read(_ folder: String) throws(BackupError) -> BackupManifest {
    let path = "\(folder)/\(fileName)"
    guard let data = FileManager.default.contents(atPath: path),
      let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data),
      manifest.format == format
    else { throw .noBackup(folder) }
    return manifest
  }

  func data() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

/// Why there is no backup.
public enum BackupError: Error, Equatable, CustomStringConvertible {
  /// The folder holds no log of its own.
  case noLog(String)
  /// There is something where the backup is to be.
  case exists(String)
  /// Something cannot be read or written.
  case failed(String)
  /// More was written beside a database than may be kept for a copy of the past.
  case overtaken(String)
  /// The folder is no whole backup that this program can read.
  case noBackup(String)

  public var description: String {
    switch self {
    case .noLog(let path):
      "\(path): holds no log of its own; of a cluster, back up the topics (Backups says how)"
    case .exists(let path): "\(path): is there already: give a folder that is not"
    case .failed(let text): text
    case .overtaken(let path):
      "the services wrote more beside \(path) than may be kept while it is copied: back up when "
        + "less comes in, or to a faster disk"
    case .noBackup(let path):
      "\(path): is no whole backup: it has no \(BackupManifest.fileName) that can be read"
    }
  }
}

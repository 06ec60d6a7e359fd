import Foundation
import Hashing
import SQLite
import Store

/// Copies of a data folder with an embedded log, whole and of one moment, while services run on it.
public struct Backup: Sendable {
  /// The data folder.
  let source: String
  /// Where the copy is to be: a folder that must not exist.
  let target: String
  /// The program and its version, for the manifest.
  let program: String
  /// How much may be written beside a database until it is copied.
  var wal = WALWatch()

  /// A backup that is yet to be made.
  public init(of source: String, to target: String, program: String) {
    (self.source, self.program) = (source, program)
    // Without a slash at its end: the copy is made beside it.
    self.target = URL(filePath: target).standardizedFileURL.path
  }

  /// Makes the copy. It appears under its name once it is whole and durable; a run that is killed
  /// leaves a folder under another, which may be deleted.
  ///
  /// - Parameter progress: is called from time to time with the file that is copied, and how many
  ///   are left; if it throws, the copy is given up.
  /// - Returns: what it holds.
  /// - Throws: ``BackupError``, and what `progress` throws.
  public func write(progress: (String, Int) throws -> Void = { _, _ in }) throws -> BackupManifest {
    guard
      FileManager.default.fileExists(atPath: "\(source)/\(FrozenFolder.logFolder)/topics.sqlite")
    else { throw BackupError.noLog(source) }
    guard !InUseMark.isOfAnotherFolder(source) else {
      throw BackupError.failed(InUseMark.advice(source))
    }
    guard !FileManager.default.fileExists(atPath: target) else { throw BackupError.exists(target) }
    do {
      return try copy(progress)
    } catch let error as BackupError {
      throw error
    } catch let error as CancellationError {
      throw error
    } catch let error as SQLiteError {
      throw BackupError.failed(error.file == nil ? "\(source): \(error)" : "\(error)")
    } catch let error as StoreError {
      throw BackupError.failed("\(error)")
    } catch {
      throw BackupError.failed("\(target): \(error.localizedDescription)")
    }
  }

  private func copy(_ progress: (String, Int) throws -> Void) throws -> BackupManifest {
    let frozen = try FrozenFolder(source)
    let part = "\(target).part-\(UUID().uuidString.prefix(8))"
    try Files.makeFolder(part)
    var isWhole = false
    defer { if !isWhole { try? FileManager.default.removeItem(atPath: part) } }

    // Folders without a file are wanted too: a log's file is made with its first record.
    for name in DataFiles.below(source) where DataFiles.isFolder("\(source)/\(name)") {
      try Files.makeFolder("\(part)/\(name)")
    }
    let others = try Self.otherFiles(in: source)
    var left = frozen.databases.count + others.count
    for (index, database) in frozen.databases.enumerated() {
      do {
        try Self.copy(database, to: "\(part)/\(database.name)") {
          try checkWALs(of: frozen.databases[index...])
          try progress(database.name, left)
        }
        // What was written beside it need be kept no longer.
        try database.connection.close()
      } catch {
        if !FrozenFolder.isOfLog(database.name) {
          DamageMark.set(on: "\(source)/\(database.name)", if: error)
        }
        throw error
      }
      left -= 1
    }
    for name in others {
      try progress(name, left)
      try FileManager.default.copyItem(
        atPath: "\(source)/\(name)", toPath: "\(part)/\(name)")
      left -= 1
    }
    let names = (frozen.databases.map(\.name) + others).sorted()
    let manifest = BackupManifest(
      program: program, taken: frozen.taken.ISO8601Format(),
      files: try names.map { try Self.file($0, in: part) })
    try manifest.data().write(to: URL(filePath: "\(part)/\(BackupManifest.fileName)"))
    for name in DataFiles.below(part) { try Files.synchronize("\(part)/\(name)") }
    try Files.synchronize(part)
    try Files.rename(part, to: target)
    isWhole = true
    try Files.synchronizeFolder(of: target)
    return manifest
  }

  /// Gives up where the services write more beside a database than may be kept for the copy.
  private func checkWALs(of databases: ArraySlice<FrozenFolder.Database>) throws(BackupError) {
    for database in databases where wal.isOvertakenNow("\(source)/\(database.name)") {
      throw .overtaken("\(source)/\(database.name)")
    }
  }

  /// Makes one whole file of a database.
  private static func copy(
    _ database: FrozenFolder.Database, to path: String, _ progress: () throws -> Void
  ) throws {
    let copy = try Connection(path: path)
    // All is brought to the disk before the backup has its name.
    try copy.execute("PRAGMA synchronous = OFF")
    try progress()
    try database.connection.backUp(to: copy, pages: 1_024) { _ in try progress() }
    // Without a WAL beside it, the file alone is the copy.
    guard try copy.setPragma("journal_mode", to: "delete") == "delete" else {
      throw BackupError.failed("\(path): cannot be closed as a whole")
    }
    try copy.close()
  }

  /// What is not a database, nor made anew by whoever opens the folder: marks of what it is for.
  private static func otherFiles(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
      !DataFiles.isFolder("\(folder)/\(name)") && !name.hasPrefix(".") && !name.hasSuffix("lock")
        && name != BackupManifest.fileName && name != InUseMark.fileName
        && [".sqlite", ".sqlite-wal", ".sqlite-shm"].allSatisfy { !name.hasSuffix($0) }
    }.sorted()
  }

  /// A file of a folder with its bytes and their hash.
  static func file(_ name: String, in folder: String) throws -> BackupManifest.File {
    let path = "\(folder)/\(name)"
    var hash = SHA256()
    var bytes: Int64 = 0
    try Files.read(path) { piece in
      hash.add(piece)
      bytes += Int64(piece.count)
    }
    guard let digest = hash.finish() else {
      throw BackupError.failed("\(path): its hash could not be made")
    }
    return BackupManifest.File(name: name, bytes: bytes, sha256: SHA256.hexadecimal(digest))
  }
}

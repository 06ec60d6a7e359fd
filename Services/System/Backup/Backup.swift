import Foundation
import Hashing
import SQLite

/// Copies of a data folder with an embedded log, whole and of one moment, while services run on it.
public struct Backup: Sendable {
  /// The data folder.
  let source: String
  /// Where the copy is to be: a folder that is not there yet.
  let target: String
  /// The program and its version, for the manifest.
  let program: String

  /// A backup that is yet to be made.
  public init(of source: String, to target: String, program: String) {
    (self.source, self.target, self.program) = (source, target, program)
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
    guard !FileManager.default.fileExists(atPath: target) else { throw BackupError.exists(target) }
    do {
      return try copy(progress)
    } catch let error as BackupError {
      throw error
    } catch let error as CancellationError {
      throw error
    } catch let error as SQLiteError {
      throw BackupError.failed("\(source): \(error)")
    } catch {
      throw BackupError.failed("\(target): \(error.localizedDescription)")
    }
  }

  private func copy(_ progress: (String, Int) throws -> Void) throws -> BackupManifest {
    let frozen = try FrozenFolder(source)
    let part = "\(target).part-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
    var isWhole = false
    defer { if !isWhole { try? FileManager.default.removeItem(atPath: part) } }

    // Folders without a file are wanted too: a log's file is made with its first record.
    for name in FileManager.default.enumerator(atPath: source)?.compactMap({ $0 as? String }) ?? []
    where Self.isFolder("\(source)/\(name)") {
      try FileManager.default.createDirectory(
        atPath: "\(part)/\(name)", withIntermediateDirectories: true)
    }
    let others = try Self.otherFiles(in: source)
    var left = frozen.databases.count + others.count
    for database in frozen.databases {
      try progress(database.name, left)
      let path = try Self.place(database.name, in: part)
      let copy = try Connection(path: path)
      try database.connection.backUp(to: copy, pages: 1_024) { _ in
        try progress(database.name, left)
      }
      // Without a WAL beside it, the file alone is the copy.
      guard try copy.setPragma("journal_mode", to: "delete") == "delete" else {
        throw BackupError.failed("\(path): cannot be closed as a whole")
      }
      try copy.close()
      left -= 1
    }
    for name in others {
      try progress(name, left)
      try FileManager.default.copyItem(
        atPath: "\(source)/\(name)", toPath: try Self.place(name, in: part))
      left -= 1
    }
    let names = (frozen.databases.map(\.name) + others).sorted()
    let manifest = BackupManifest(
      program: program, taken: frozen.taken.ISO8601Format(),
      files: try names.map { try Self.file($0, in: part) })
    try manifest.data().write(to: URL(filePath: "\(part)/\(BackupManifest.fileName)"))
    try Self.makeDurable(part)
    try FileManager.default.moveItem(atPath: part, toPath: target)
    isWhole = true
    try Self.sync(URL(filePath: target).deletingLastPathComponent().path)
    return manifest
  }

  /// What is not a database, nor made anew by whoever opens the folder: marks of what it is for.
  private static func otherFiles(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
      !isFolder("\(folder)/\(name)") && !name.hasPrefix(".") && !name.hasSuffix("lock")
        && name != BackupManifest.fileName
        && [".sqlite", ".sqlite-wal", ".sqlite-shm"].allSatisfy { !name.hasSuffix($0) }
    }.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  private static func place(_ name: String, in folder: String) throws -> String {
    let path = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    return path
  }

  /// A file of a folder with its bytes and their hash.
  static func file(_ name: String, in folder: String) throws -> BackupManifest.File {
    let path = "\(folder)/\(name)"
    let handle = try FileHandle(forReadingFrom: URL(filePath: path))
    defer { try? handle.close() }
    var hash = SHA256()
    var bytes: Int64 = 0
    while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
      piece.withUnsafeBytes { hash.add($0) }
      bytes += Int64(piece.count)
    }
    guard let digest = hash.finish() else {
      throw BackupError.failed("\(path): its hash could not be made")
    }
    return BackupManifest.File(name: name, bytes: bytes, sha256: SHA256.hexadecimal(digest))
  }

  /// Has the disk hold every file and folder before the copy gets its name.
  private static func makeDurable(_ folder: String) throws {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    for name in names { try sync("\(folder)/\(name)") }
    try sync(folder)
  }

  private static func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw BackupError.failed("\(path): \(errnoText())") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw BackupError.failed("\(path): \(errnoText())") }
  }

  private static func errnoText() -> String { String(cString: strerror(errno)) }
}

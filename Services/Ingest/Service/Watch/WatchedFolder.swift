import EventLog
import Foundation
import IngestFiles
import Logging
import Store

/// A folder that files are dropped into, as by SFTP: each is loaded once it is complete, and then
/// moved to `taken/` or `refused/` in it, with a note beside it.
///
/// A file is complete if its size and its time have stayed the same for a while and no process of
/// this machine has it open to write to it. Files in folders within, hidden ones and those whose
/// names say that they are unfinished are left alone.
///
/// A file is moved after its events are durable. If the process ends in between, the file is loaded
/// again; its events have the identities that they had, so they change nothing.
public struct WatchedFolder: Sendable {
  private let path: String
  private let quiet: Duration
  private let load: @Sendable (String) async throws -> FileLoader.Loaded
  private let logger: Logger

  /// For how long a file must stay the same, where nothing else is asked for.
  public static let quiet = Duration.seconds(2)
  /// How long to wait between two looks.
  private static let pause = Duration.milliseconds(500)
  /// How long to wait after the log did not take a file.
  private static let longPause = Duration.seconds(5)
  static let (taken, refused) = ("taken", "refused")
  private static let lock = ".saldo.lock"

  /// - Parameters:
  ///   - quiet: for how long a file must stay the same.
  ///   - load: loads the file of a path, judging its events.
  public init(
    path: String, quiet: Duration = quiet, logger: Logger,
    load: @escaping @Sendable (String) async throws -> FileLoader.Loaded
  ) {
    self.path = path
    self.quiet = quiet
    self.load = load
    self.logger = logger
  }

  /// Makes the folders within where they are not there.
  ///
  /// - Throws: what the file system reports.
  public func prepare() throws {
    for folder in [Self.taken, Self.refused] {
      try FileManager.default.createDirectory(
        atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
    }
  }

  /// Takes what is dropped until the task is cancelled. Of several processes that watch one folder
  /// one takes files, and another when that ends.
  ///
  /// - Throws: `CancellationError`. What the log or the file system fails with is logged, and tried
  ///   again: the books must not stand still for a folder.
  public func run() async throws {
    let lock = try await lock()
    defer { lock.release() }
    logger.info("Watching a folder", metadata: ["folder": "\(path)"])
    var files = DroppedFiles(quiet: quiet)
    while true {
      do {
        try await look(&files, at: .now)
        try await Task.sleep(for: Self.pause)
      } catch let error where !(error is CancellationError) {
        logger.error(
          "Files that were dropped are not taken now",
          metadata: ["folder": "\(path)", "error": "\(error)"])
        try await Task.sleep(for: Self.longPause)
      }
    }
  }

  private func lock() async throws -> FileLock {
    var hasTold = false
    while true {
      do {
        return try FileLock(path: "\(path)/\(Self.lock)")
      } catch {
        if !hasTold {
          logger.warning(
            "The folder cannot be watched yet",
            metadata: ["folder": "\(path)", "error": "\(error)"])
        }
        hasTold = true
        try await Task.sleep(for: Self.longPause)
      }
    }
  }

  /// Looks at the folder once, and takes what is complete.
  ///
  /// - Throws: what the log or the file system fails with first; every other file is taken.
  func look(_ files: inout DroppedFiles, at now: ContinuousClock.Instant) async throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    let found = names.filter(DroppedFile.isCandidate).compactMap { DroppedFile($0, in: path) }
    var failure: (any Error)?
    for file in files.look(found, at: now) where !file.isOpenForWriting(in: path) {
      do {
        try await take(file, &files)
      } catch let error where !(error is CancellationError) {
        // The others may do better.
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  private func take(_ file: DroppedFile, _ files: inout DroppedFiles) async throws {
    // One that is loaded and could not be moved is not loaded again.
    let note: DropNote
    if let known = files.note(of: file) { note = known } else { note = try await load(file) }
    if DroppedFile(file.name, in: path) == file {
      files.note(note, of: file)
      try move(file, note)
    } else {
      logger.warning("A file changed while it was read", metadata: ["file": "\(file.name)"])
    }
    files.forget(file)
  }

  private func load(_ file: DroppedFile) async throws -> DropNote {
    do {
      return DropNote(file, try await load("\(path)/\(file.name)"))
    } catch var error as InputFileError {
      error.file = file.name
      return DropNote(file, error)
    }
  }

  private func move(_ file: DroppedFile, _ note: DropNote) throws {
    let folder = note.isRefused ? Self.refused : Self.taken
    let name = try move(file, to: folder, note)
    logger.log(
      level: note.isRefused ? .warning : .info,
      note.isRefused ? "Refused a file" : "Took a file",
      metadata: [
        "file": "\(folder)/\(name)", "accepted": "\(note.accepted)",
        "rejected": "\(note.rejected)",
      ])
  }

  /// The note is there before the file, so that no file is ever without one.
  private func move(_ file: DroppedFile, to folder: String, _ note: DropNote) throws -> String {
    let name = Self.freeName(for: file.name) {
      FileManager.default.fileExists(atPath: "\(path)/\(folder)/\($0)")
    }
    let target = "\(path)/\(folder)/\(name)"
    try Data(note.text.utf8).write(
      to: URL(filePath: target + DropNote.ending), options: .atomic)
    guard rename("\(path)/\(file.name)", target) == 0 else {
      throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: target])
    }
    return name
  }

  /// A name that nothing has: the file's own, or with a number before its ending.
  static func freeName(for name: String, isTaken: (String) -> Bool) -> String {
    guard isTaken(name) else { return name }
    let dot = name.dropFirst().lastIndex(of: ".") ?? name.endIndex
    var number = 2
    while true {
      let numbered = "\(name[..<dot])-\(number)\(name[dot...])"
      if !isTaken(numbered) { return numbered }
      number += 1
    }
  }
}

import Foundation

/// A file in a watched folder as it was seen at one moment.
struct DroppedFile: Equatable, Sendable {
  /// Its name within the folder.
  var name: String
  /// In bytes.
  var size: Int64
  /// When it was written to last: nanoseconds since the epoch.
  var modified: Int64
  /// The number that the file system knows it by: one that took another's place has its own.
  var inode: UInt64

  /// A file as it is now; nil if there is none, or something else: a folder, a link.
  init?(_ name: String, in folder: String) {
    var status = stat()
    guard lstat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return nil
    }
    self.name = name
    size = Int64(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    inode = UInt64(status.st_ino)
  }

  /// A file of all its parts.
  init(name: String, size: Int64, modified: Int64, inode: UInt64) {
    (self.name, self.size, self.modified, self.inode) = (name, size, modified, inode)
  }

  /// Endings that programs give to what they have not finished.
  static let unfinishedEndings = [".part", ".partial", ".filepart", ".tmp", ".crdownload"]

  /// Whether a name is that of a file to be taken: not hidden, and not of something unfinished.
  static func isCandidate(_ name: String) -> Bool {
    !name.hasPrefix(".") && !unfinishedEndings.contains { name.lowercased().hasSuffix($0) }
  }

  /// Whether some process of this machine has the file open to write to it. The system lends a file
  /// for reading only if nobody has; where it lends none, as on some network file systems, nothing
  /// is known, and the answer is no.
  func isOpenForWriting(in folder: String) -> Bool {
    let descriptor = open(folder + "/" + name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    // F_SETLEASE, which Linux has and the C library tells of only if it is asked to.
    let setLease: Int32 = 1_024
    return fcntl(descriptor, setLease, Int32(F_RDLCK)) != 0 && errno == EAGAIN
  }
}

/// What is known of the files of a watched folder from one look to the next.
struct DroppedFiles {
  /// For how long a file must have stayed the same.
  let quiet: Duration
  private var seen: [String: (file: DroppedFile, since: ContinuousClock.Instant)] = [:]
  private var notes: [String: (file: DroppedFile, note: DropNote)] = [:]

  init(quiet: Duration) { self.quiet = quiet }

  /// Notes what a look found.
  ///
  /// - Returns: the files that have stayed as they are for long enough, the one that was written
  ///   first coming first.
  mutating func look(
    _ found: [DroppedFile], at now: ContinuousClock.Instant
  ) -> [DroppedFile] {
    var next: [String: (file: DroppedFile, since: ContinuousClock.Instant)] = [:]
    for file in found {
      let known = seen[file.name]
      next[file.name] = (file, known?.file == file ? known?.since ?? now : now)
    }
    seen = next
    return seen.values.filter { now - $0.since >= quiet }.map(\.file).sorted { a, b in
      a.modified != b.modified ? a.modified < b.modified : a.name < b.name
    }
  }

  /// What became of a file that is loaded and not moved yet.
  func note(of file: DroppedFile) -> DropNote? {
    notes[file.name].flatMap { $0.file == file ? $0.note : nil }
  }

  /// Notes what became of a file that is loaded.
  mutating func note(_ note: DropNote, of file: DroppedFile) { notes[file.name] = (file, note) }

  /// Begins anew with a file that was moved, or was not what it seemed.
  mutating func forget(_ file: DroppedFile) {
    seen[file.name] = nil
    notes[file.name] = nil
  }
}

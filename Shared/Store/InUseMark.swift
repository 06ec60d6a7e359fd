#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Stands in a data folder for as long as a process works on it, and after one that was killed. It
/// names itself by what no copy has, so that a folder which was copied file by file meanwhile is
/// known: its files are of different moments, and no crash leaves them so.
public enum InUseMark {
  /// The file's name within the folder.
  public static let fileName = "in-use"

  /// Whether the folder is a copy of one that a process had open, or had been killed in.
  ///
  /// A copy has another number of its file (inode), and says by its times that it was written after
  /// the file that it is of. Both are asked for: some file systems number their files anew.
  public static func isOfAnotherFolder(_ folder: String) -> Bool {
    var status = stat()
    let path = "\(folder)/\(fileName)"
    guard stat(path, &status) == 0, let (number, written) = read(path),
      number != UInt64(status.st_ino)
    else { return false }
    let (changed, modified) = (status.st_ctim, status.st_mtim)
    let isDated =
      (changed.tv_sec, changed.tv_nsec) > (modified.tv_sec, modified.tv_nsec)
    return isDated || Int64(modified.tv_sec) > written + 2
  }

  /// What to do about such a folder.
  public static func advice(_ folder: String) -> String {
    "\(folder) was copied file by file while a process worked on what it is a copy of, or after "
      + "one was killed in it: its files may be of different moments. Copy it with 'saldo backup'; "
      + "or, if no process worked on it meanwhile, delete \(folder)/\(fileName) and start again"
  }

  /// Marks the folder.
  public static func set(_ folder: String) throws(StoreError) {
    let path = "\(folder)/\(fileName)"
    try Files.remove(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    let text =
      "\(UInt64(status.st_ino)) \(Int64(time(nil)))\n"
      + "A process of saldo works on this folder, or was killed in it: copy it with saldo backup.\n"
    let bytes = Array(text.utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0 else {
      throw failure(path)
    }
  }

  /// Takes the mark away: the folder's files are of one moment.
  public static func clear(_ folder: String) throws(StoreError) {
    try Files.remove("\(folder)/\(fileName)")
  }

  private static func read(_ path: String) -> (number: UInt64, written: Int64)? {
    var text: [UInt8] = []
    do {
      try Files.read(path) { if text.count < 4_096 { text += $0.prefix(4_096) } }
    } catch {
      return nil
    }
    let words = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      .split(separator: " ")
    guard words.count == 2, let number = UInt64(words[0]), let written = Int64(words[1]) else {
      return nil
    }
    return (number, written)
  }

  private static func failure(_ path: String) -> StoreError {
    .failed("\(path): \(String(cString: strerror(errno)))")
  }
}

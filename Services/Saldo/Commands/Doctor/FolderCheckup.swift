import Foundation
import SaldoComposition

/// Looks at a data folder: where it lies, and whether every database in it is whole. It changes
/// nothing but that it marks stores which are not, and services may run meanwhile.
struct FolderCheckup {
  let path: String

  /// Room below which little can be taken, and below which nothing should be, in bytes.
  private static let (roomy, least): (Int64, Int64) = (4 << 30, 256 << 20)

  /// - Parameter progress: is called with what is looked at.
  func findings(_ progress: (String) -> Void) -> [Finding] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return [
        Finding(
          level: .wrong, subject: path, state: String(cString: strerror(errno)),
          remedy: "check the name; 'process' and 'up' create the folder if it is missing")
      ]
    }
    guard status.st_mode & S_IFMT == S_IFDIR, access(path, R_OK | W_OK | X_OK) == 0 else {
      return [
        Finding(
          level: .wrong, subject: path, state: "is no folder that this user may write to",
          remedy: "give it to the user that the services run as")
      ]
    }
    return [room(), kind()].compactMap { $0 } + databases(progress) + [setAside()].compactMap { $0 }
  }

  private func room() -> Finding? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let free = Int64(clamping: status.f_bavail) * Int64(clamping: status.f_frsize)
    let state = "\(ByteText.of(free)) free"
    return Finding(
      level: free < Self.least ? .wrong : free < Self.roomy ? .advice : .well, subject: "disk",
      state: state,
      remedy: free < Self.roomy ? "make room: the log keeps every fact for good" : "")
  }

  /// Of file systems over a network, locks and what is written through to the disk depend on both
  /// ends (sqlite.org, How To Corrupt An SQLite Database File, 2.1).
  private func kind() -> Finding? {
    let folder = URL(filePath: path).resolvingSymlinksInPath().standardizedFileURL.path + "/"
    let mounts = (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8)) ?? ""
    var innermost: (place: String, kind: String) = ("", "")
    for line in mounts.split(separator: "\n") {
      // A device, where it is mounted, and as what; of one place the last counts.
      let fields = line.split(separator: " ").map(String.init)
      guard fields.count > 2, folder.hasPrefix(fields[1] == "/" ? "/" : fields[1] + "/"),
        fields[1].count >= innermost.place.count
      else { continue }
      innermost = (fields[1], fields[2])
    }
    let kind = innermost.kind
    guard ["nfs", "cifs", "smb", "fuse", "9p"].contains(where: { kind.hasPrefix($0) }) else {
      return nil
    }
    return Finding(
      level: .advice, subject: "disk", state: "the folder lies on \(kind)",
      remedy: "keep the books on a disk of this machine: over a network locks may not hold")
  }

  private func databases(_ progress: (String) -> Void) -> [Finding] {
    let names = DataFiles.databases(in: path)
    var damaged: [Finding] = []
    for name in names {
      progress(name)
      guard let fault = DataFiles.markedDamage(of: name, in: path) else { continue }
      let isLog = name.hasPrefix("log/")
      damaged.append(
        Finding(
          level: .wrong, subject: name, state: fault,
          remedy: isLog
            ? "restore the folder from its last backup: everything else is derived from the log"
            : "start the services: they rebuild the store from the log"))
    }
    let whole = names.count - damaged.count
    return [
      Finding(
        level: .well, subject: "databases", state: "\(whole) of \(names.count) are whole")
    ] + damaged
  }

  private func setAside() -> Finding? {
    let names = DataFiles.setAside(in: path)
    guard let first = names.first else { return nil }
    return Finding(
      level: .advice, subject: "set aside", state: "\(names.count) files, such as \(first)",
      remedy: "find out why the store was damaged (disk, memory), then delete them")
  }
}

import ArgumentParser
import Foundation
import IngestService
import Logging
import SaldoComposition

/// The folder that a process takes files from.
struct WatchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder that files are dropped into, for example by SFTP. Each is loaded once it is "
        + "complete and then moved to taken/ or refused/ below it, with a note. (default: none)",
      valueName: "dir"))
  var watch: String?

  @Option(
    help: ArgumentHelp(
      "How long a dropped file must be unchanged before it is loaded.", valueName: "seconds"))
  var watchQuiet = 2

  func validate() throws {
    guard (0...3_600).contains(watchQuiet) else {
      throw ValidationError("--watch-quiet must be 0 to 3600.")
    }
  }

  /// Looks at the folder before anything is begun.
  func prepare() throws {
    guard let watch else { return }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: watch, isDirectory: &isFolder) else {
      throw ArgumentError(watch, "does not exist: give the folder to watch")
    }
    guard isFolder.boolValue else { throw ArgumentError(watch, "is not a folder") }
    for folder in [watch + "/taken", watch + "/refused"] { try InputPaths.makeFolder(folder) }
  }

  /// The folder, whose files go to the log of a system.
  func folder(for system: LocalSystem, _ logger: Logger) -> WatchedFolder? {
    watch.map { path in
      WatchedFolder(path: path, quiet: .seconds(watchQuiet), logger: logger) { file in
        try await system.load(path: file, checked: true)
      }
    }
  }
}

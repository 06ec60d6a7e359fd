import EventLog
import EventLogEmbedded
import Foundation
import ReportingService

/// The log of a data folder, to be read beside who works on it.
public enum FolderLog {
  /// What opens it; it gives nil where the folder has no log of its own.
  public static func opening(_ folder: String) -> LogOpening {
    {
      let log = URL(filePath: folder).appending(path: "log")
      guard FileManager.default.fileExists(atPath: log.appending(path: "topics.sqlite").path)
      else { return nil }
      return try EmbeddedLogReader(directory: log)
    }
  }
}

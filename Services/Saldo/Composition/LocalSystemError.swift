import Store

/// Why services cannot run on a folder or a log, or ended by themselves.
public enum LocalSystemError: Error, Equatable, Sendable {
  /// Another process works on the folder.
  case inUse(String)
  /// The topics were made with another number of partitions than asked for.
  case otherPartitions(String, found: Int32, asked: Int32)
  /// The log has a setting on which hangs what was sent, and another one was asked for.
  case otherSetting(String, name: String, found: String, asked: String)
  /// The log has a setting that a later version of the program recorded.
  case unknownSetting(String, name: String)
  /// The folder was copied file by file while another process worked on what it is a copy of.
  case liveCopy(String)
  /// Every stage ended, and nobody asked for it.
  case ended
  /// The time was up before every service had caught up: how many messages each stage is behind.
  case unsettled([String: Int64])
  /// The folder belongs to something else: what it holds, and what to do.
  case otherFolder(String, reason: String)
  /// The system lets the process open fewer files than the services need.
  case tooFewFiles(needed: Int, limit: Int, partitions: Int32)
  /// The system lets the process have fewer threads than the services need.
  case tooFewThreads(needed: Int, found: Int)
}

extension LocalSystemError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .inUse(let folder):
      return "\(folder) is in use by another process: one at a time can work on a data folder"
    case .liveCopy(let folder): return InUseMark.advice(folder)
    case .otherPartitions(let place, let found, let asked):
      return "\(place) was made with \(found) partitions, not \(asked), and keeps them: "
        + "ask for \(found), or for none"
    case .otherSetting(let place, let name, let found, let asked):
      return "\(place) has --\(name) \(found), not \(asked), and keeps it, since what was sent "
        + "depends on it: ask for \(found), or for none"
    case .unknownSetting(let place, let name):
      return "\(place) has the setting \(name), which this program does not know: use the later "
        + "program"
    case .ended: return "the services ended by themselves"
    case .unsettled(let behind):
      let stages = behind.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      return "the services did not catch up in time (messages to go: "
        + "\(stages.joined(separator: ", "))): check that they run, or allow more time"
    case .otherFolder(let folder, let reason): return "\(folder) \(reason)"
    case .tooFewFiles(let needed, let limit, let partitions):
      return "too few open files: \(partitions) partitions need \(needed), and the limit is "
        + "\(limit): raise the hard limit (ulimit -Hn, LimitNOFILE= of a systemd unit, "
        + "--ulimit nofile= of a container), or make the topics with fewer --partitions"
    case .tooFewThreads(let needed, let found):
      return "too few threads: \(needed) are needed, and the system has \(found): raise the limit "
        + "(ulimit -u and -v, TasksMax= of a systemd unit, the process limit of a container)"
    }
  }
}

/// Why a system cannot be opened on a data folder, or ended by itself.
public enum LocalSystemError: Error, Equatable, Sendable {
  /// Another process works on the folder.
  case inUse(String)
  /// The folder was made with another number of partitions than asked for.
  case otherPartitions(String, found: Int32, asked: Int32)
  /// Every stage ended, and nobody asked for it.
  case ended
}

extension LocalSystemError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .inUse(let folder):
      "\(folder) is in use by another process: one at a time can work on a data folder"
    case .otherPartitions(let folder, let found, let asked):
      "\(folder) was made with \(found) partitions, not \(asked), and keeps them: "
        + "ask for \(found), or for none"
    case .ended: "the services ended by themselves"
    }
  }
}

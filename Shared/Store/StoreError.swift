/// What can be wrong with a store.
public enum StoreError: Error, Equatable, Sendable {
  /// Another process, or another task of this one, has it open.
  case alreadyOpen(String)
  /// It belongs to another stage or partition.
  case otherIdentity(expected: String, found: String)
  /// It was made for topics with other numbers of partitions.
  case otherPartitions(expected: String, found: String)
  /// It was made with another setting, on which hangs what was sent: which, and what to ask for.
  case otherSetting(String)
  /// The log ends before what the store has applied of it, or has other records there.
  case cutLog(String)
  /// A pragma did not take.
  case pragma(name: String, expected: String, found: String)
  /// The file has a change of its tables that this program does not know: a later one made it.
  case laterVersion(String)
  /// It was made under rules that came after this program's.
  case laterRules(found: UInt32, known: UInt32)
  /// It was made under rules that came before this program's.
  case earlierRules(found: UInt32, known: UInt32)
  /// SQLite found it damaged.
  case damaged(String)
  /// Its pages carry no seals, because an earlier version of the program made it.
  case unsealed(String)
  /// SQLite or the file system failed.
  case failed(String)
}

extension StoreError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .alreadyOpen(let path): "\(path) is open already, here or in another process"
    case .otherIdentity(let expected, let found):
      "the store belongs to \(found), not to \(expected): give another data folder"
    case .otherPartitions(let expected, let found):
      "the store was made for \(found), not for \(expected): "
        + "the number of partitions is fixed: use the same, or another data folder"
    case .otherSetting(let what), .cutLog(let what): what
    case .pragma(let name, let expected, let found):
      "SQLite has \(name) = \(found) where \(expected) is needed"
    case .laterVersion(let change):
      "the store has the change \"\(change)\", which this program does not know: use the later "
        + "program"
    case .laterRules(let found, let known):
      "the store was made under rules \(found), and this program has \(known): use the later "
        + "program, or a backup from before it"
    case .earlierRules(let found, let known):
      "it was made under rules \(found), and this program has \(known)"
    case .damaged(let what): "the store is damaged: \(what)"
    case .unsealed(let path): "\(path) has no seals: an earlier version of the program made it"
    case .failed(let what): what
    }
  }
}

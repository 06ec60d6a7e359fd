import Ledger
import Messages

/// Why the books of a moment cannot be had.
public enum MomentError: Error, Equatable, Sendable {
  /// They cannot be made any more: why.
  case gone(Reason)
  /// An instant that has not come yet.
  case future(Instant)
  /// There is no log in the folder that they could be made of.
  case noLog(String)
  /// They are of a folder that they could not be written to, or the like.
  case failed(String)

  /// Why the books that a corte names cannot be made any more.
  public enum Reason: Equatable, Sendable {
    /// The folder's log is another one, or lacks what the corte knew.
    case otherLog
    /// They were made under other rules.
    case otherRules(UInt32)
  }
}

extension MomentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .gone(.otherLog):
      "the moment that is asked for is of another log than there is here, or of a part of it that "
        + "was lost: ask the folder that it is of, or a backup of that; or ask without it, and "
        + "take the corte of the answer"
    case .gone(.otherRules(let rules)):
      "what the ledger said at the moment that is asked for it said under rules \(rules), and this "
        + "program has \(RulesVersion.current), under which all was made anew: ask a backup with "
        + "the program of that time; or ask without it, and take the corte of the answer"
    case .future(let instant): "\(instant) has not come yet"
    case .noLog(let folder):
      "\(folder) holds no log of its own, and books of an earlier moment are made of that"
    case .failed(let what): what
    }
  }
}

import EventLog
import Limits
import Store

/// A stage cannot go on: a message of our own cannot be read, or its store fails.
public struct StageError: Error, CustomStringConvertible {
  /// `service/stage`.
  public var stage: String
  /// The input partition.
  public var source: TopicPartition
  /// The record at fault, where it is one.
  public var offset: Int64?
  /// What went wrong.
  public var cause: any Error

  public var description: String {
    let place = offset.map { "\(source) offset \($0)" } ?? "\(source)"
    return "\(stage) stopped at \(place): \(cause)"
  }
}

/// Records that a source sent are not in the topic: it was cut, or lost some.
public struct MissingRecords: Error, Equatable, CustomStringConvertible {
  /// Who sent them.
  public var source: TopicPartition
  /// The record before the one at hand, as its source says.
  public var previous: StoreProgress.Mark
  /// The last one that was applied; nil for none.
  public var last: StoreProgress.Mark?

  public var description: String {
    let known =
      last.map { "the last one here is \($0.input).\($0.ordinal)" } ?? "there is none here"
    return
      "messages of \(source) are missing: one follows \(previous.input).\(previous.ordinal) of "
      + "it, and \(known). Bring the topic back from a backup, or build every topic behind "
      + "saldo.inbound anew"
  }
}

/// A handler made a message that the log would not take.
public struct OversizedMessage: Error, Equatable, CustomStringConvertible {
  /// The topic that it was for.
  public var topic: String
  /// Its size.
  public var bytes: Int

  public var description: String {
    "a message of \(bytes) bytes for \(topic), where the log takes \(Limits.logRecord)"
  }
}

/// Somebody who read the store found it damaged, and marked it.
struct MarkedStore: Error, CustomStringConvertible {
  var description: String { "the store was found damaged by who read it" }
}

/// Records were made under rules that came after this program's.
public struct LaterRules: Error, Equatable, CustomStringConvertible {
  /// Theirs.
  public var found: UInt32
  /// This program's.
  public var known: UInt32

  public var description: String {
    "it was made under rules \(found), and this program has \(known): start the later program"
  }
}

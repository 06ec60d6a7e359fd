import Store

/// What a message of our own, a store or a data folder can be wrong in.
public enum ReportingError: Error, Equatable, Sendable {
  /// A record of a topic that never has one without a value.
  case emptyMessage
  /// What went out of a lot that is not in its book.
  case unknownLot(Int64)
  /// The reversal of a posting that is not there, or that was taken back before.
  case unknownPosting(Int64)
  /// A posting of a demand or a lot that is not in its book.
  case incompletePosting(store: String)
  /// The folder has no stores of reporting.
  case noStores(String)
  /// A store has another layout than this program.
  case otherLayout(store: String, found: Int, known: Int)
  /// A store was made under other rules than this program's.
  case otherRules(store: String, found: UInt32, known: UInt32)
  /// A store was kept for a while without sending rows to the report topics, and is to send them:
  /// it counts as one that is not whole, and is built again.
  case notPublished
  /// A store's file is not what was written: it is marked, and built again from its log.
  case damaged(String)
  /// A store is empty or gone, and nobody is making it, though its log has records.
  case missing(String)
  /// An earlier version of the program made a store, and this one has yet to build it again.
  case unsealed(String)
  /// So much was written while a store was read that what is kept of the past would fill the disk.
  case overtaken(String)
  /// The folder was copied file by file while a process worked on what it is a copy of.
  case liveCopy(String)
  /// SQLite failed on a store.
  case failed(String)
}

extension ReportingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .emptyMessage: "a record without a value, which this topic never has"
    case .unknownLot(let lot): "lot \(lot) is not in its book, and something went out of it"
    case .unknownPosting(let posting): "there is no posting \(posting) to be taken back"
    case .incompletePosting(let store): "a posting in \(store) has no demand or no lot"
    case .noStores(let folder): "there are no books in \(folder): give the services' data folder"
    case .otherLayout(let store, let found, let known):
      "\(store) has layout \(found), this program knows \(known): "
        + (found > known ? "use the later program" : "start the services once with this program")
    case .otherRules(let store, let found, let known):
      "\(store) was made under rules \(found), and this program has \(known): "
        + (found > known ? "use the later program" : "start the services once with this program")
    case .notPublished:
      "the store was kept without the report topics, so the rows from before would be missing: "
        + "it has to be built again from the log, which sends them"
    case .damaged(let what):
      "\(what): the store is damaged, and is built again from its log: by services that run, "
        + "within seconds; else by the next 'process' or 'up'. Then ask again"
    case .missing(let store):
      "\(store) is missing or empty, and its log is not: start the services, which build it again"
    case .unsealed(let store):
      "an earlier version of the program made \(store): start the services once with this one"
    case .overtaken(let store):
      "the services wrote more beside \(store) than may be kept while it is read: ask again when "
        + "less comes in, or of a backup"
    case .liveCopy(let folder): InUseMark.advice(folder)
    case .failed(let what): what
    }
  }
}

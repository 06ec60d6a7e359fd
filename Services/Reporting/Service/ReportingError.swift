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
  /// A store was kept for a while without sending rows to the report topics, and is to send them:
  /// it counts as one that is not whole, and is built again.
  case notPublished
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
    case .notPublished:
      "the store was kept without the report topics, so the rows from before would be missing: "
        + "it has to be built again from the log, which sends them"
    case .failed(let what): what
    }
  }
}

import Ledger

/// How much the books hold, over all partitions.
public struct ReportTotals: Sendable, Equatable {
  /// Documents of every kind and state.
  public var documents: Int64 = 0
  /// Lots that are not withdrawn.
  public var lots: Int64 = 0
  /// Lots with something left.
  public var lotsOpen: Int64 = 0
  /// Lots of scrap that are owed a disposal.
  public var scrapOwed: Int64 = 0
  /// Demands that are not withdrawn.
  public var demands: Int64 = 0
  /// Postings that stand.
  public var postings: Int64 = 0
  /// Postings that took an earlier one back.
  public var reversals: Int64 = 0
  /// Demands that the lots could not give all of.
  public var shortages: Int64 = 0
  /// Facts that wait for others.
  public var waiting: Int64 = 0
  /// Facts that are rejected as things stand: for good, and by the facts known now.
  public var rejected: Int64 = 0
  /// Facts that were rejected at some time, the ones taken up since included.
  public var everRejected: Int64 = 0

  /// Nothing.
  public init() {}

  /// Reads the totals of a data folder, while the services run.
  ///
  /// - Parameter asOf: the day after which nothing counts, of what has a day; nil for all that
  ///   there is. What waits or is rejected is as known now.
  /// - Throws: ``ReportingError``.
  public static func read(
    dataDirectory: String, asOf day: CalendarDate? = nil
  ) throws -> ReportTotals {
    try of(try ReportStores(dataDirectory: dataDirectory, asOf: day))
  }

  /// The totals of stores that are held at a moment.
  static func of(_ stores: ReportStores) throws -> ReportTotals {
    var totals = ReportTotals()
    totals.documents = try stores.sum(.records, "SELECT count(*) FROM document")
    totals.waiting = try stores.sum(.records, "SELECT count(*) FROM pending WHERE rejected = 0")
    totals.rejected =
      try stores.sum(.records, "SELECT count(*) FROM pending WHERE rejected = 1")
      + stores.sum(.rejected, "SELECT count(*) FROM event WHERE provisional = 0")
    totals.everRejected = try stores.sum(.rejected, "SELECT count(*) FROM event")
    totals.lots = try stores.sum(.ledger, "SELECT count(*) FROM lot WHERE source < 2")
    totals.lotsOpen = try stores.sum(
      .ledger, "SELECT count(*) FROM lot WHERE discharged + moved < quantity AND source < 2")
    totals.scrapOwed = try stores.sum(
      .ledger, "SELECT count(*) FROM lot WHERE discharged < quantity AND source = 2")
    totals.demands = try stores.sum(.ledger, "SELECT count(*) FROM demand")
    totals.shortages = try stores.sum(.ledger, "SELECT count(*) FROM demand WHERE shortage > 0")
    totals.reversals = try stores.sum(
      .ledger, "SELECT count(*) FROM posting WHERE reverses IS NOT NULL")
    totals.postings = try stores.sum(
      .ledger, "SELECT count(*) FROM posting WHERE reverses IS NULL AND reversed = 0")
    return totals
  }
}

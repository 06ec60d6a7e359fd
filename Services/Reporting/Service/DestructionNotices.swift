import Ledger

/// The notices that acts of destruction name, as the records say.
struct DestructionNotices {
  /// What an act says of its notice.
  struct Act {
    var folio: String
    /// When the notice was given; nil where it is not known.
    var noticedOn: CalendarDate?
  }

  private var acts: [String: Act] = [:]

  /// Reads the records. Acts and notices of one company are in one store.
  init(_ stores: [ReadOnlyStore]) throws {
    for store in stores {
      try store.forEachRow(
        """
        SELECT a.rfc, a.document, ifnull(a.notice, ''), n.date
        FROM document a LEFT JOIN document n
          ON n.rfc = a.rfc AND n.document = a.notice AND n.kind = 'notice'
        WHERE a.kind = 'act'
        """
      ) { row in
        let noticedOn =
          row.isNull(3) ? nil : row.day(3)
        acts[Self.key(rfc: row.text(0), act: row.text(1))] =
          Act(folio: row.text(2), noticedOn: noticedOn)
      }
    }
  }

  /// What an act of a company says of its notice; nil if the act's record has not come yet.
  func act(_ act: String, of rfc: String) -> Act? { acts[Self.key(rfc: rfc, act: act)] }

  private static func key(rfc: String, act: String) -> String { rfc + "|" + act }
}

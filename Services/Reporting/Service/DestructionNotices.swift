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
      let rows = try RowCursor(
        store,
        """
        SELECT a.rfc, a.document, ifnull(a.notice, ''), n.date
        FROM document a LEFT JOIN document n
          ON n.rfc = a.rfc AND n.document = a.notice AND n.kind = 'notice'
        WHERE a.kind = 'act'
        """, keys: 0)
      while !rows.isAtEnd {
        let key = Self.key(rfc: Self.text(rows, 0), act: Self.text(rows, 1))
        let noticedOn =
          rows.isNull(3)
          ? nil : CalendarDate(days: Int32(truncatingIfNeeded: rows.integer(3)))
        acts[key] = Act(folio: Self.text(rows, 2), noticedOn: noticedOn)
        try rows.step()
      }
    }
  }

  /// What an act of a company says of its notice; nil where the act's record is not there yet.
  func act(_ act: String, of rfc: String) -> Act? { acts[Self.key(rfc: rfc, act: act)] }

  private static func key(rfc: String, act: String) -> String { rfc + "|" + act }

  private static func text(_ row: RowCursor, _ column: Int32) -> String {
    String(decoding: row.bytes(column), as: UTF8.self)
  }
}

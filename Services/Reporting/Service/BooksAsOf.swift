import Ledger

/// The books as of a day (Rules.md#R9.1): what is said of a later day is left out of a store.
///
/// Demands are served in the order of their days, and from lots that were there before them. So the
/// books of a day are those of now without the lots and the demands of later days: nothing is
/// matched again. Tables are hidden behind views of the same names, for one connection, so that
/// every report reads them as it reads the books of now. Which documents count, and what the
/// catalogue says, is as known now.
enum BooksAsOf {
  /// The statements that hide from a connection what a read model says of days after `day`.
  static func statements(for model: ReadModel, _ day: CalendarDate) -> String {
    switch model {
    case .ledger: ledger(day.days)
    case .records: records(day.days)
    // The catalogue is as known now, and so is what was rejected. Of a transfer each side has a
    // day of its own, within its message.
    case .catalog, .rejected, .transfers: ""
    }
  }

  /// What has gone out of a lot is less what later demands took of it, and not the sum of what
  /// earlier ones took: so the day makes no difference to whether lots and postings agree.
  ///
  /// A posting whose demand is missing stays, so that it is seen as without the day.
  private static func ledger(_ day: Int32) -> String {
    """
    CREATE TEMP TABLE later (
      lot INTEGER PRIMARY KEY,
      discharged INTEGER NOT NULL,
      moved INTEGER NOT NULL,
      value INTEGER NOT NULL
    ) STRICT;
    INSERT INTO later
      SELECT p.lot,
        ifnull(exact_sum(p.incorporated, p.waste, p.scrap) FILTER (WHERE d.to_plant IS NULL), 0),
        ifnull(
          exact_sum(p.incorporated, p.waste, p.scrap) FILTER (WHERE d.to_plant IS NOT NULL), 0),
        exact_sum(p.value)
      FROM main.posting p JOIN main.demand d ON d.id = p.demand
      WHERE p.reverses IS NULL AND p.reversed = 0 AND d.date > \(day)
      GROUP BY p.lot;
    CREATE TEMP VIEW lot AS
      SELECT l.id, l.book, l.pedimento, l.line, l.clave, l.entered, l.due, l.quantity, l.value,
        l.discharged - ifnull(t.discharged, 0) AS discharged,
        l.moved - ifnull(t.moved, 0) AS moved, l.value_out - ifnull(t.value, 0) AS value_out,
        l.source, l.source_on, l.source_by, l.source_line
      FROM main.lot l LEFT JOIN later t ON t.lot = l.id
      WHERE ifnull(l.source_on, l.entered) <= \(day);
    CREATE TEMP VIEW demand AS SELECT * FROM main.demand WHERE date <= \(day);
    CREATE TEMP VIEW posting AS
      SELECT p.* FROM main.posting p
      WHERE NOT EXISTS (SELECT 1 FROM main.demand d WHERE d.id = p.demand AND d.date > \(day));
    """
  }

  /// Documents of moves and of goods at sub-manufacturers may be of several days: their rows have
  /// a day each. What waits is as known now.
  private static func records(_ day: Int32) -> String {
    """
    CREATE TEMP VIEW document AS
      SELECT * FROM main.document
      WHERE kind IN ('move', 'submanufacture') OR date IS NULL OR date <= \(day);
    CREATE TEMP VIEW move AS SELECT * FROM main.move WHERE date <= \(day);
    CREATE TEMP VIEW submanufacture AS SELECT * FROM main.submanufacture WHERE date <= \(day);
    """
  }
}

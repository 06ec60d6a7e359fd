import Ledger
import Messages
import SQLite
import Store

/// What `traslados.csv` needs of three stores: of records the moves, of the ledger what was
/// received by their documents, of the catalogue the factors of units.
///
/// None of it was told before there was this report: an older folder has it of what comes since,
/// but for the catalogue, which is read again from its beginning.
enum MoveTables {
  static let ofRecords = StoreMigration(
    "moves between plants",
    """
    CREATE TABLE move (
      document INTEGER NOT NULL REFERENCES document (id),
      position INTEGER NOT NULL,
      plant TEXT NOT NULL,
      to_plant TEXT NOT NULL,
      part TEXT NOT NULL,
      date INTEGER NOT NULL,
      quantity INTEGER NOT NULL CHECK (quantity > 0),
      avisos TEXT NOT NULL,
      PRIMARY KEY (document, position)
    ) STRICT, WITHOUT ROWID;
    """)

  static let ofLedger = StoreMigration(
    "receipts by the documents of moves",
    """
    CREATE TABLE receipt (
      book INTEGER NOT NULL,
      document TEXT NOT NULL,
      uom INTEGER NOT NULL CHECK (uom BETWEEN 1 AND 22),
      quantity INTEGER NOT NULL CHECK (quantity >= 0),
      latest INTEGER NOT NULL,
      PRIMARY KEY (book, document, uom)
    ) STRICT, WITHOUT ROWID;
    """)

  static let ofCatalog = StoreMigration(
    "factors of units",
    """
    CREATE TABLE conversion (
      part TEXT NOT NULL,
      uom INTEGER NOT NULL CHECK (uom BETWEEN 1 AND 22),
      factor TEXT NOT NULL,
      PRIMARY KEY (part, uom)
    ) STRICT, WITHOUT ROWID;
    DELETE FROM part;
    \(StoreMigration.fromTheBeginning)
    """)

  /// Writes a move of a document's record; what an earlier record said is gone.
  static func add(
    _ move: MoveLine, at position: Int64, of document: Int64, _ db: Connection
  ) throws {
    try db.statement(
      """
      INSERT INTO move (document, position, plant, to_plant, part, date, quantity, avisos)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      document, position, move.plant, move.toPlant, move.part, move.date.days,
      move.quantity.millionths, move.avisos.joined(separator: " ")
    ).run()
  }

  /// Writes what was received by a document in a book, in the place of what was said before. Zero
  /// is said of a unit where all of it was withdrawn.
  static func put(_ receipts: Receipts, of book: Int64, _ db: Connection) throws {
    for sum in receipts.sums {
      guard sum.quantity > .zero else {
        try db.statement("DELETE FROM receipt WHERE book = ? AND document = ? AND uom = ?")
          .bind(book, receipts.document, sum.uom.code).run()
        continue
      }
      try db.statement(
        """
        INSERT OR REPLACE INTO receipt (book, document, uom, quantity, latest)
        VALUES (?, ?, ?, ?, ?)
        """
      ).bind(
        book, receipts.document, sum.uom.code, sum.quantity.millionths, receipts.latest.nanoseconds
      ).run()
    }
  }

  /// Writes the factors of a part in the place of those of an earlier version.
  static func put(_ conversions: [Part.Conversion], of part: String, _ db: Connection) throws {
    try db.statement("DELETE FROM conversion WHERE part = ?")
      .bind(part).run()
    for conversion in conversions {
      try db.statement("INSERT INTO conversion (part, uom, factor) VALUES (?, ?, ?)")
        .bind(part, conversion.uom.code, conversion.factor.description).run()
    }
  }
}

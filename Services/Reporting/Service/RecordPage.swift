import Messages
import SQLite
import Store

/// Where the rows of a page of a document's record lie in the tables.
enum RecordPage {
  /// A page has far fewer rows of each kind.
  private static let rows: Int64 = 1 << 20

  static func first(_ page: Int32) -> Int64 { Int64(page) * rows }
  static func last(_ page: Int32) -> Int64 { first(page) + rows - 1 }
  static func first(of record: DocumentRecord) -> Int64 { first(record.page ?? 0) }
  static func last(of record: DocumentRecord) -> Int64 { last(record.page ?? 0) }

  static let migration = StoreMigration(
    "pages of records",
    """
    CREATE TABLE page (
      document INTEGER NOT NULL REFERENCES document (id),
      page INTEGER NOT NULL CHECK (page > 0),
      revision INTEGER NOT NULL,
      PRIMARY KEY (document, page)
    ) STRICT, WITHOUT ROWID;
    """)

  /// The revision of a page beyond the first; nil if it was not there.
  static func revision(_ page: Int32, of document: Int64, _ db: Connection) throws -> Int64? {
    try db.statement("SELECT revision FROM page WHERE document = ? AND page = ?")
      .bind(document, page).scalar()
  }

  static func note(
    _ page: Int32, _ revision: Int64, of document: Int64, _ db: Connection
  ) throws {
    try db.statement("INSERT OR REPLACE INTO page (document, page, revision) VALUES (?, ?, ?)")
      .bind(document, page, revision).run()
  }

  /// The pages from one on that are there, ascending.
  static func pages(from page: Int32, of document: Int64, _ db: Connection) throws -> [Int32] {
    try db.statement("SELECT page FROM page WHERE document = ? AND page >= ? ORDER BY page")
      .bind(document, page).column()
  }

  /// Forgets the rows of a page.
  static func clear(_ page: Int32, of document: Int64, _ db: Connection) throws {
    let (first, last) = (first(page), last(page))
    for (look, forget) in statements {
      // To delete a range, SQLite makes a table of its own first: nearly always there is nothing.
      guard try db.statement(look).bind(document, first, last).scalar() == true else { continue }
      try db.statement(forget).bind(document, first, last).run()
    }
    guard page > 0 else { return }
    try db.statement("DELETE FROM page WHERE document = ? AND page = ?").bind(document, page).run()
  }

  /// For each table of rows, whether a page has any, and how they are deleted.
  private static let statements = ["line", "pending", "submanufacture", "move"].map { table in
    let rows = "\(table) WHERE document = ? AND position BETWEEN ? AND ?"
    return (look: "SELECT EXISTS (SELECT 1 FROM \(rows))", forget: "DELETE FROM \(rows)")
  }
}

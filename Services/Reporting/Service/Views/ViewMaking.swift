import Foundation
import ReportingRules
import SQLite

/// Makes a view: one pass over the books at a moment, whose rows it keeps in a file of their own,
/// each at its place in the report's order, and what they come to by company.
struct ViewMaking {
  let moment: ReportMoment
  let file: ReportFile

  /// The file of a view's rows within its folder.
  static let rows = "rows.sqlite"

  /// Makes it in a folder.
  ///
  /// - Throws: ``ReportingError``, or what SQLite reports.
  func make(in folder: String) throws {
    let path = "\(folder)/\(Self.rows)"
    let db = try Connection(path: path)
    try db.execute(
      """
      PRAGMA synchronous = 0;
      CREATE TABLE row (place INTEGER PRIMARY KEY, cells BLOB NOT NULL) STRICT;
      CREATE TABLE company (rfc BLOB PRIMARY KEY, rows INTEGER NOT NULL) STRICT;
      CREATE TABLE total (rfc BLOB NOT NULL, unit BLOB NOT NULL, sums TEXT NOT NULL) STRICT;
      """)
    try db.transaction {
      let writer = try Writer(db, file)
      var rows = ReportRows(file, .init()) { try writer.add($0) }
      try moment.write(file, to: &rows) { _ in }
      try writer.addCompanies()
    }
    // What a failing machine makes of it shows by its pages' seals: then it is made again.
    try db.close()
  }

  /// Takes the rows one after the other.
  private final class Writer {
    private let db: Connection
    private let file: ReportFile
    private let insert: Statement
    private let company: Int
    private var place = 0
    private var bytes: [UInt8] = []
    private var companies: [[UInt8]: ViewTotals] = [:]

    init(_ db: Connection, _ file: ReportFile) throws {
      (self.db, self.file) = (db, file)
      insert = try db.statement("INSERT INTO row VALUES (?, ?)")
      company = file.columns.firstIndex { $0.name == "rfc" } ?? 0
    }

    func add(_ row: HeldRow) throws {
      place += 1
      PackedRow.pack(row, into: &bytes)
      try insert.bind(place, bytes).run()
      companies[Array(row[company]), default: ViewTotals(file)].add(row)
    }

    func addCompanies() throws {
      for (rfc, totals) in companies {
        try db.run("INSERT INTO company VALUES (?, ?)", rfc, totals.rows)
        for (unit, sums) in totals.kept {
          try db.run("INSERT INTO total VALUES (?, ?, ?)", rfc, unit, sums)
        }
      }
    }
  }
}

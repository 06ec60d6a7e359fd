import ReportingRules
import SQLite

/// A report at one moment, opened to be read: nobody changes it, so it is read without any lock.
///
/// What was opened of it may be read on when its folder is removed.
final class ReportView {
  let file: ReportFile
  /// The same for the same rows.
  let name: String
  let columns: [ReportColumn]
  /// How many rows there are.
  let count: Int64
  /// Whose rows there are.
  let companies: [[UInt8]]
  private let folder: String
  private let rows: Connection
  private var orders: [ViewOrder: Connection] = [:]
  private var held = HeldRow()

  /// - Parameter folder: where it lies; it must not be removed meanwhile.
  /// - Throws: what SQLite reports.
  init(_ file: ReportFile, in folder: String, name: String) throws {
    (self.file, self.folder, self.name, columns) = (file, folder, name, file.columns)
    rows = try Connection(path: "\(folder)/\(ViewMaking.rows)", .readUnchanging)
    count = try rows.scalar("SELECT ifnull(max(place), 0) FROM row") ?? 0
    companies = try rows.all("SELECT rfc FROM company ORDER BY rfc") { try $0[0] }
  }

  /// An order of the rows, which is made where it is not there: the folder must not be removed
  /// before it was asked for once.
  ///
  /// - Throws: ``ReportingError``, ``MomentError``, or what SQLite reports.
  func connection(of order: ViewOrder) throws -> Connection {
    if let open = orders[order] { return open }
    let connection = try order.open(in: folder, file)
    orders[order] = connection
    return connection
  }

  /// Lends the row at a place.
  ///
  /// - Throws: ``ReportingError`` where there is none, or what `body` throws.
  func withRow<Answer>(_ place: Int64, _ body: (HeldRow) throws -> Answer) throws -> Answer {
    let answer = try rows.statement("SELECT cells FROM row WHERE place = ?").bind(place)
      .first { found in
        try PackedRow.unpack(found.unsafeBytes(0), columns.count, into: &held)
        return try body(held)
      }
    guard let answer else { throw ReportingError.failed("a view has no row \(place)") }
    return answer
  }

  /// Lends the rows behind a place in the report's own order, until `body` returns false.
  func forEachRow(after place: Int64, _ body: (Int64, HeldRow) throws -> Bool) throws {
    var found = try rows.statement("SELECT place, cells FROM row WHERE place > ? ORDER BY place")
      .bind(place)
    while try found.next() {
      let goesOn = try found.withRow { row in
        try PackedRow.unpack(row.unsafeBytes(1), columns.count, into: &held)
        return try body(row[0], held)
      }
      if !goesOn { return try found.finish() }
    }
  }

  /// What the rows of companies come to.
  func totals(of companies: [[UInt8]]) throws -> ViewTotals {
    var totals = ViewTotals(file)
    for rfc in companies {
      let count: Int = try rows.scalar("SELECT rows FROM company WHERE rfc = ?", rfc) ?? 0
      let kept: [([UInt8], String)] = try rows.all(
        "SELECT unit, sums FROM total WHERE rfc = ?", rfc
      ) { try ($0[0], $0[1]) }
      totals.add(rows: count, kept.map { ($0.0, $0.1) })
    }
    return totals
  }
}

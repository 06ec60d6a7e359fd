import Foundation
import ReportingRules
import SQLite
import Store

/// An order that a view's rows can be read in: a file beside them with the key of every row, made
/// when it is first asked for.
struct ViewOrder: Hashable, Sendable {
  /// The column's name.
  let column: String
  /// Whether the greatest comes first. Rows with the same key are in the report's order all the
  /// same.
  let isDescending: Bool

  /// The file's name within the view's folder.
  var fileName: String { "order-\(column)\(isDescending ? "-descending" : "").sqlite" }

  /// Opens it, and makes it first where it is not there. The view must not be removed meanwhile.
  ///
  /// - Throws: ``ReportingError``, ``MomentError``, or what SQLite reports.
  func open(in folder: String, _ file: ReportFile) throws -> Connection {
    let path = "\(folder)/\(fileName)"
    for _ in 0..<8 {
      if FileManager.default.fileExists(atPath: path) {
        return try Connection(path: path, .readUnchanging)
      }
      guard let lock = FolderLock("\(folder)/.\(fileName).making", .alone, makes: true) else {
        continue
      }
      defer { lock.release() }
      defer { unlink("\(folder)/.\(fileName).making") }
      if FileManager.default.fileExists(atPath: path) { continue }
      try make(in: folder, file)
    }
    throw MomentError.failed("\(path): it cannot be made")
  }

  private func make(in folder: String, _ file: ReportFile) throws {
    let files = FileManager.default
    // What one left who was killed: nobody else makes this now.
    let beginning = ".\(fileName)."
    for name in try files.contentsOfDirectory(atPath: folder)
    where name.hasPrefix(beginning) && name.contains(".part") {
      try? files.removeItem(atPath: "\(folder)/\(name)")
    }
    let part = "\(folder)/\(beginning)\(UUID().uuidString).part"
    do {
      try write(to: part, folder, file)
      try Files.rename(part, to: "\(folder)/\(fileName)")
    } catch {
      try? files.removeItem(atPath: part)
      throw error
    }
  }

  private func write(to part: String, _ folder: String, _ file: ReportFile) throws {
    let columns = file.columns
    guard let index = columns.firstIndex(where: { $0.name == column }) else {
      throw ReportingError.failed("\(file.rawValue) has no column \(column)")
    }
    let kind = columns[index].kind
    let rows = try Connection(path: "\(folder)/\(ViewMaking.rows)", .readUnchanging)
    let db = try Connection(path: part)
    try db.execute(
      """
      PRAGMA synchronous = 0;
      PRAGMA temp_store = 1;
      PRAGMA cache_size = -8000;
      CREATE TABLE entry (place INTEGER PRIMARY KEY, key BLOB NOT NULL) STRICT;
      """)
    try db.transaction {
      let insert = try db.statement("INSERT INTO entry VALUES (?, ?)")
      var row = HeldRow()
      try rows.query("SELECT place, cells FROM row ORDER BY place") { found in
        try PackedRow.unpack(found.unsafeBytes(1), columns.count, into: &row)
        let place: Int64 = try found[0]
        try insert.bind(place, RowKey.of(row[index], kind)).run()
      }
      try db.execute("CREATE INDEX in_order ON entry (key \(isDescending ? "DESC" : "ASC"))")
    }
    try db.close()
  }
}

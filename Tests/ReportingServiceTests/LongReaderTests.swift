import Foundation
import SQLite
import Store
import Testing

@testable import ReportingService

/// What a reader sees of the past is kept for it in the WAL: it gives up before that has no bound,
/// and then the WAL shrinks.
@Suite struct LongReaderTests {
  @Test func aReaderGivesUpAndTheWALShrinks() throws {
    let data = try DataFolder()
    let db = try data.store(.ledger).connection
    try db.execute("CREATE TABLE filler (bytes BLOB) STRICT")
    try db.transaction {
      for _ in 0..<1_000 { try db.run("INSERT INTO filler VALUES (x'00')") }
    }
    let path = "\(data.path)/reporting/ledger-0.sqlite"
    func walSize() throws -> Int {
      let attributes = try FileManager.default.attributesOfItem(atPath: path + "-wal")
      return try #require(attributes[.size] as? NSNumber).intValue
    }

    var read = 0
    try Self.reading(path, WALWatch(limit: 40 << 20, calls: 3)) { rows in
      let error = #expect(throws: ReportingError.self) {
        while !rows.isAtEnd {
          try db.transaction { try db.run("INSERT INTO filler VALUES (zeroblob(1048576))") }
          try rows.step()
          read += 1
        }
      }
      guard case .overtaken(let store) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(store == path)
      // Looked at every third row, of a mebibyte each and what goes with it.
      let size = try walSize()
      #expect(size > 40 << 20 && size < 50 << 20, "\(size)")
    }
    #expect((25...45).contains(read), "\(read)")

    // The reader is gone: the next checkpoint takes all, and what comes then begins anew.
    for _ in 0..<3 { try db.run("INSERT INTO filler VALUES (x'00')") }
    #expect(try walSize() <= 33 << 20)
    // One whose bound is not reached reads all that there was when it began.
    try Self.reading(path, WALWatch(limit: 40 << 20, calls: 3)) { rows in
      var count = 0
      while !rows.isAtEnd {
        try db.run("INSERT INTO filler VALUES (x'00')")
        try rows.step()
        count += 1
      }
      #expect(count > 1_000)
    }
  }

  private static func reading(
    _ path: String, _ wal: WALWatch, _ body: (RowCursor) throws -> Void
  ) throws {
    let store = try #require(
      try ReadOnlyStore(path: path, partition: 0, model: .ledger, wal: wal))
    try body(RowCursor(store, "SELECT rowid FROM filler", keys: 0))
  }
}

import CSQLite
import CSeals
import Foundation
import SQLite
import Testing

/// What a disk does to a page is seen as soon as the page is read.
@Suite struct SealTests {
  enum Harm: CaseIterable {
    case zeros, bit, garbage, another
  }

  private static let pageSize = 16_384

  private func filled(_ path: String, rows: Int = 700) throws {
    let db = try Connection(path: path)
    try db.execute("PRAGMA page_size = \(Self.pageSize)")
    _ = try db.setPragma("journal_mode", to: "wal")
    try db.execute("CREATE TABLE t (i INTEGER PRIMARY KEY, s TEXT) STRICT; CREATE INDEX x ON t (s)")
    for row in 0..<rows {
      try db.run("INSERT INTO t VALUES (?, ?)", row, String(repeating: "\(row) ", count: 100))
    }
    #expect(db.isSealed)
    try db.close()
  }

  /// Everything that reports would ask of it.
  private func content(_ path: String) throws -> [String] {
    let db = try Connection(path: path, .read)
    return try db.all("SELECT i || s FROM t ORDER BY i") { try $0[0] as String }
      + db.all("SELECT s FROM t INDEXED BY x ORDER BY s") { try $0[0] as String }
  }

  private func change(_ page: Int, of bytes: Data, _ harm: Harm, seed: Int) -> Data {
    var bytes = bytes
    let place = page * Self.pageSize..<(page + 1) * Self.pageSize
    switch harm {
    case .zeros: bytes.resetBytes(in: place)
    case .bit: bytes[place.lowerBound + (seed * 7_919) % Self.pageSize] ^= 1 << UInt8(seed % 8)
    case .garbage: for index in place { bytes[index] = UInt8(truncatingIfNeeded: index * 31 + 7) }
    case .another:
      let other = (page + 1) % (bytes.count / Self.pageSize)
      let from = other * Self.pageSize
      bytes.replaceSubrange(place, with: Data(bytes[from..<from + Self.pageSize]))
    }
    return bytes
  }

  @Test(arguments: Harm.allCases)
  func aPageThatChangedIsNeverRead(_ harm: Harm) throws {
    let folder = try Folder()
    try filled(folder.file)
    let expected = try content(folder.file)
    let whole = try Data(contentsOf: URL(filePath: folder.file))
    let pages = whole.count / Self.pageSize
    #expect(pages > 20)
    for page in 0..<pages {
      let path = folder.path + "/harmed"
      try change(page, of: whole, harm, seed: page).write(to: URL(filePath: path))
      do {
        // A page that nothing lies in is not read.
        #expect(try content(path) == expected, "page \(page)")
      } catch let error as SQLiteError {
        let known: [SQLiteError.Code] = [.corrupt, .notADatabase]
        #expect(known.contains(error.code.primary) && error.file == path, "\(error)")
      }
      #expect(damage(path) != nil, "page \(page)")
    }
  }

  private func damage(_ path: String) -> String? {
    do {
      return try Connection(path: path, .read).firstDamage()
    } catch {
      return "\(error)"
    }
  }

  @Test func aFileThatIsCutIsSeen() throws {
    let folder = try Folder()
    try filled(folder.file)
    let handle = try FileHandle(forWritingTo: URL(filePath: folder.file))
    try handle.truncate(atOffset: UInt64(5 * Self.pageSize))
    try handle.close()
    #expect(throws: SQLiteError.self) { try content(folder.file) }
  }

  /// Seals are made anew where a page moves, and copied files have their own.
  @Test func copiesAreSealed() throws {
    let folder = try Folder()
    try filled(folder.file)
    let copy = folder.path + "/copy"
    let (source, target) = (try Connection(path: folder.file), try Connection(path: copy))
    // Pages that lie in the WAL, and one that a rollback journal puts back.
    try source.run("UPDATE t SET s = 'changed' WHERE i < 50")
    try source.backUp(to: target, pages: 3)
    try target.close()
    #expect(try content(copy) == content(folder.file))
    #expect(try Connection(path: copy, .read).isSealed)
    #expect(damage(copy) == nil)

    let memory = try Connection()
    try source.backUp(to: memory)
    let back = try Connection(path: folder.path + "/back")
    try memory.backUp(to: back)
    try back.close()
    #expect(try content(folder.path + "/back") == content(folder.file))
    #expect(try Connection(path: folder.path + "/back", .read).isSealed)
  }

  /// Files of earlier versions have no room for seals: they are read, written and copied as they
  /// are.
  @Test func filesWithoutSealsStayAsTheyAre() throws {
    let folder = try Folder()
    var handle: OpaquePointer?
    #expect(sqlite3_open(folder.file, &handle) == SQLITE_OK)
    let script = """
      PRAGMA page_size = 16384; CREATE TABLE t (i INTEGER PRIMARY KEY, s TEXT) STRICT;
      CREATE INDEX x ON t (s);
      WITH RECURSIVE c (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM c WHERE i < 5000)
        INSERT INTO t SELECT i, hex(i) || ' and more of it' FROM c
      """
    #expect(sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK)
    sqlite3_close(handle)
    let db = try Connection(path: folder.file)
    #expect(!db.isSealed)
    try db.run("UPDATE t SET s = s || '!'")
    let expected = try content(folder.file)
    #expect(expected.count == 10_002)
    let target = try Connection(path: folder.path + "/copy")
    try db.backUp(to: target, pages: 7)
    try target.close()
    #expect(try content(folder.path + "/copy") == expected)
    #expect(try !Connection(path: folder.path + "/copy", .read).isSealed)
    #expect(damage(folder.path + "/copy") == nil)
  }

  /// A reader may come upon a file in the moment in which it is made, when nothing says yet how
  /// long its pages are.
  @Test func aReaderThatCameBeforeTheFirstPageSeesNoDamage() throws {
    let folder = try Folder()
    #expect(FileManager.default.createFile(atPath: folder.file, contents: nil))
    let early = try Connection(path: folder.file, .read)
    try filled(folder.file)
    #expect(try early.all("SELECT count(*) FROM t") { try $0[0] as Int } == [700])
    #expect(early.isSealed)
  }

  /// What the header says of the pages is believed only where their seals bear it out.
  @Test func everyBitOfTheHeaderIsHeld() throws {
    let folder = try Folder()
    try filled(folder.file, rows: 100)
    let whole = try Data(contentsOf: URL(filePath: folder.file))
    for bit in 0..<800 {
      var bytes = whole
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      try bytes.write(to: URL(filePath: folder.file))
      // A file that does not say that it is sealed is not taken for one of ours.
      guard damage(folder.file) == nil else { continue }
      #expect(try !Connection(path: folder.file, .read).isSealed, "bit \(bit)")
    }
  }

  /// Whatever a crash puts back out of a rollback journal is sealed too.
  @Test func whatIsRolledBackIsSealed() throws {
    let folder = try Folder()
    try filled(folder.file, rows: 50)
    let db = try Connection(path: folder.file)
    _ = try db.setPragma("journal_mode", to: "delete")
    try db.execute("PRAGMA cache_size = 5")
    let before = try content(folder.file)
    struct Enough: Error {}
    #expect(throws: Enough.self) {
      try db.transaction {
        try db.run("UPDATE t SET s = s || 'longer' || randomblob(2000)")
        throw Enough()
      }
    }
    try db.close()
    #expect(try content(folder.file) == before)
    #expect(damage(folder.file) == nil)
  }

  @Test func errorsNameTheFileAndWhatTheSystemSaid() throws {
    let folder = try Folder()
    let path = folder.path + "/none/file.sqlite"
    let error = #expect(throws: SQLiteError.self) { try Connection(path: path) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.hasPrefix(path + ": SQLite ") && text.contains("No such file"), "\(text)")
  }
}

import CSQLite

extension Connection {
  /// A statement of this text, prepared once and kept for the next time.
  ///
  /// If the one that is kept is in use, as when a query is asked again among its own rows, this is
  /// another one. A pragma is not kept: SQLite works some of its answers out when it is prepared.
  ///
  /// - Throws: what SQLite reports of the text; ``SQLiteError/Code/misuse`` if it is more or less
  ///   than one statement.
  public func statement(_ sql: String) throws(SQLiteError) -> Statement {
    if let kept = cache.find(sql) { return kept.isInUse ? try prepare(sql) : kept }
    let isPragma = Self.isPragma(sql)
    let statement = try prepare(sql, isKept: !isPragma)
    if !isPragma { cache.keep(statement) }
    return statement
  }

  /// Runs the statements of a script one after the other; rows are dropped. They are not kept.
  ///
  /// - Throws: what SQLite reports of the first that fails; those before it have been run.
  public func execute(_ script: String) throws(SQLiteError) {
    var start = 0
    while let next = try prepareNext(in: script, from: start, flags: 0) {
      start = next.end
      // Blanks and comments make no statement.
      if let prepared = next.handle {
        try Statement(prepared, next.sql, of: self).bind().run()
      }
    }
  }

  private func prepare(_ sql: String, isKept: Bool = false) throws(SQLiteError) -> Statement {
    let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    let first = try prepareNext(in: sql, from: 0, flags: flags)
    guard let handle = first?.handle, let end = first?.end,
      sql.utf8.dropFirst(end).allSatisfy({ Self.isFiller($0) })
    else {
      sqlite3_finalize(first?.handle)
      throw SQLiteError(.misuse, "the text is not one statement", sql: sql)
    }
    return Statement(handle, sql, of: self)
  }

  /// A piece of a script: a statement with its text, or no statement, and where the next begins.
  private struct Piece {
    var handle: OpaquePointer?
    var sql: String
    var end: Int
  }

  /// Prepares the statement that begins at a byte of a script; nil at its end.
  private func prepareNext(
    in script: String, from start: Int, flags: UInt32
  ) throws(SQLiteError) -> Piece? {
    let database = try open()
    var script = script
    var prepared: OpaquePointer?
    var (result, end, length) = (SQLITE_OK, start, 0)
    script.withUTF8 { utf8 in
      length = utf8.count
      utf8.withMemoryRebound(to: CChar.self) { text in
        guard let base = text.baseAddress, start < length else { return }
        var rest: UnsafePointer<CChar>?
        result = sqlite3_prepare_v3(
          database, base + start, Int32(clamping: length - start), flags, &prepared, &rest)
        end = rest.map { $0 - base } ?? length
      }
    }
    guard result == SQLITE_OK else {
      throw SQLiteError(of: database, result, sql: Self.text(script, start, length))
    }
    guard end > start else {
      if end == length { return nil }
      // SQLite reads no further than a NUL.
      throw SQLiteError(.misuse, "the text holds a NUL", sql: script)
    }
    return Piece(handle: prepared, sql: Self.text(script, start, end), end: end)
  }

  private static func text(_ script: String, _ start: Int, _ end: Int) -> String {
    let bytes = script.utf8.prefix(end).dropFirst(start)
    return String(decoding: bytes.drop { isFiller($0) }, as: UTF8.self)
  }

  private static func isFiller(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ";") || isBlank(byte)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || 9...13 ~= byte
  }

  private static func isPragma(_ sql: String) -> Bool {
    let word = sql.utf8.drop { isFiller($0) }.prefix(6).map { $0 | 0x20 }
    return word.elementsEqual("pragma".utf8)
  }
}

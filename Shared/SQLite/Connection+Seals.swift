import CSQLite
import CSeals

// A disk gives back other bytes than it was given, a copy is cut off and lengthened again: SQLite
// sees that only where a page is not of its form. So each page of a file carries a seal, a checksum
// of its bytes and of its number, which is written and verified between SQLite and the system.
extension Connection {
  /// Whether the pages of the file carry seals: then one that was changed by anything but a
  /// connection of this module is ``SQLiteError/Code/corrupt`` as soon as it is read.
  ///
  /// Files that this module makes are sealed; earlier ones, and those of other programs, are read
  /// and written as they are.
  public var isSealed: Bool {
    guard let handle else { return false }
    var isSealed: Int32 = 0
    let result = sqlite3_file_control(handle, "main", Int32(SALDO_SEALS_ASK), &isSealed)
    return result == SQLITE_OK && isSealed != 0
  }

  /// Whether what is copied out of this database has room for seals.
  var hasRoom: Bool {
    guard let handle else { return false }
    var bytes: Int32 = -1
    let result = sqlite3_file_control(handle, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes)
    return result == SQLITE_OK && bytes == SALDO_SEAL_BYTES
  }

  /// Has a database that is about to be filled with another's pages seal them, or not.
  func seal(_ isWanted: Bool) {
    guard let handle else { return }
    var isSealed: Int32 = isWanted ? 1 : 0
    sqlite3_file_control(handle, "main", Int32(SALDO_SEALS_SET), &isSealed)
  }

  /// SQLite's name of what seals pages.
  static func seals() throws(SQLiteError) -> String {
    guard let name = saldo_seals_name() else {
      throw SQLiteError(.misuse, "SQLite has no files here")
    }
    return String(cString: name)
  }
}

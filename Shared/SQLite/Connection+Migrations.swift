/// A change of a database's tables. Once released it is never edited: the next change is the next
/// one.
public struct Migration: Sendable {
  /// Its name, unique within a database.
  public var name: String
  /// The statements.
  public var sql: String

  /// A change of the tables.
  public init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }
}

/// What keeps migrations from being applied.
public enum MigrationError: Error, Equatable, Sendable {
  /// The database has one that the program does not know: it was made by a later program.
  case unknown(String)
  /// One of the program's own is missing below one that the database has: their order was changed.
  case outOfOrder(String)
}

extension MigrationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknown(let name):
      "the file has the change \"\(name)\", which this program does not know: use the later program"
    case .outOfOrder(let name):
      "the file lacks the change \"\(name)\", and has later ones: it was made by another program"
    }
  }
}

extension Connection {
  /// Applies those of the migrations that the database does not have yet, in their order, each in a
  /// transaction with the note that it was applied.
  ///
  /// - Parameters:
  ///   - migrations: all that there ever were, the oldest first.
  ///   - table: where the names of those that were applied stand.
  /// - Throws: ``MigrationError``, with nothing changed; what SQLite reports.
  public func migrate(_ migrations: [Migration], table: String = "migration") throws {
    try run("CREATE TABLE IF NOT EXISTS \(table) (identifier TEXT NOT NULL PRIMARY KEY)")
    for migration in try missing(migrations, table) {
      try transaction {
        // Another connection may have applied it in the meantime.
        guard try missing(migrations, table).contains(where: { $0.name == migration.name }) else {
          return
        }
        try execute(migration.sql)
        try run("INSERT INTO \(table) (identifier) VALUES (?)", migration.name)
      }
    }
  }

  private func missing(_ migrations: [Migration], _ table: String) throws -> [Migration] {
    let names = try all("SELECT identifier FROM \(table)") { try $0[0] as String }
    if let unknown = names.first(where: { name in !migrations.contains { $0.name == name } }) {
      throw MigrationError.unknown(unknown)
    }
    let applied = Set(names)
    let missing = migrations.drop { applied.contains($0.name) }
    if let late = missing.first(where: { applied.contains($0.name) }) {
      throw MigrationError.outOfOrder(late.name)
    }
    return Array(missing)
  }
}

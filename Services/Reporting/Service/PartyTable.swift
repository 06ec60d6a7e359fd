import Messages
import SQLite
import Store

/// Whom companies trade with, and the parts of addresses: what no report needed before.
enum PartyTable {
  /// Addresses are read anew: what came before may have had their parts.
  static let migration = StoreMigration(
    "parties, addresses in parts, kinds of plants, units of the tariff",
    """
    CREATE TABLE party (
      name_in_log TEXT NOT NULL PRIMARY KEY,
      time INTEGER NOT NULL,
      id TEXT NOT NULL,
      source TEXT NOT NULL,
      party TEXT NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      country TEXT NOT NULL,
      address TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE company ADD COLUMN address TEXT NOT NULL DEFAULT '\(noAddress)';
    ALTER TABLE plant ADD COLUMN address_parts TEXT NOT NULL DEFAULT '\(noAddress)';
    ALTER TABLE plant ADD COLUMN kind TEXT NOT NULL DEFAULT '';
    ALTER TABLE part ADD COLUMN tariff_uom INTEGER;
    DELETE FROM company;
    DELETE FROM plant;
    DELETE FROM part;
    DELETE FROM conversion;
    DELETE FROM submanufacturer;
    DELETE FROM component;
    DELETE FROM bill;
    \(StoreMigration.fromTheBeginning)
    """)

  /// An address of no parts, as a store holds it.
  private static let noAddress = #"["","","","",""]"#

  /// The parts of an address as a store holds them.
  static func text(_ address: Address?) throws -> String {
    try JSONValueText.text((address ?? Address()).parts)
  }

  static func put(_ party: Party, _ version: FactVersion, _ db: Connection) throws {
    try db.statement(
      """
      INSERT INTO party (name_in_log, time, id, source, party, kind, name, country, address)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
      ON CONFLICT (name_in_log) DO UPDATE SET
        time = ?2, id = ?3, source = ?4, name = ?7, country = ?8, address = ?9
      WHERE (excluded.time, excluded.id, excluded.source) > (time, id, source)
      """
    ).bind(
      "\(party.kind.rawValue)|\(party.party)", version.time.nanoseconds, version.id,
      version.source, party.party, party.kind.rawValue, party.name, party.country,
      text(party.address)
    ).run()
  }
}

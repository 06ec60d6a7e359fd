import Messages
import SQLite
import Store

/// What the catalogue's own reports and the trail need beside names: programmes, addresses, kinds,
/// and bills of materials with their versions.
enum CatalogDetails {
  /// Read anew: what came before had it too, and nobody kept it.
  static let migration = StoreMigration(
    "programmes, addresses, kinds of parts, and bills of materials",
    """
    ALTER TABLE company ADD COLUMN program TEXT NOT NULL DEFAULT '';
    ALTER TABLE company ADD COLUMN certification TEXT NOT NULL DEFAULT '';
    ALTER TABLE plant ADD COLUMN address TEXT NOT NULL DEFAULT '';
    ALTER TABLE part ADD COLUMN kind TEXT NOT NULL DEFAULT '';
    ALTER TABLE part ADD COLUMN category TEXT NOT NULL DEFAULT '';
    CREATE TABLE bill (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL,
      time INTEGER NOT NULL,
      event TEXT NOT NULL,
      source TEXT NOT NULL,
      product TEXT NOT NULL,
      version TEXT NOT NULL,
      valid_from INTEGER NOT NULL,
      plant TEXT NOT NULL,
      UNIQUE (product, version, plant)
    ) STRICT;
    CREATE TABLE component (
      bill INTEGER NOT NULL REFERENCES bill (id),
      position INTEGER NOT NULL,
      part TEXT NOT NULL,
      per_unit TEXT NOT NULL,
      waste TEXT NOT NULL,
      scrap TEXT NOT NULL,
      PRIMARY KEY (bill, position)
    ) STRICT, WITHOUT ROWID;
    DELETE FROM company;
    DELETE FROM plant;
    DELETE FROM part;
    DELETE FROM conversion;
    DELETE FROM submanufacturer;
    \(StoreMigration.fromTheBeginning)
    """)

  static func put(_ company: Company, _ db: Connection) throws {
    try db.statement(
      "UPDATE company SET program = ?2, certification = ?3, address = ?4 WHERE rfc = ?1"
    ).bind(
      company.rfc, company.immexProgram, company.certification ?? "",
      PartyTable.text(company.fiscalAddress)
    ).run()
  }

  static func put(_ plant: Plant, _ db: Connection) throws {
    try db.statement(
      "UPDATE plant SET address = ?2, address_parts = ?3, kind = ?4 WHERE plant = ?1"
    ).bind(
      plant.plant, plant.address, PartyTable.text(plant.addressParts), plant.kind?.rawValue ?? ""
    ).run()
  }

  static func put(_ part: Part, _ db: Connection) throws {
    try db.statement("UPDATE part SET kind = ?2, category = ?3, tariff_uom = ?4 WHERE part = ?1")
      .bind(part.part, part.kind.rawValue, part.category.rawValue, part.tariffUOM?.code).run()
  }

  /// Writes a bill in the place of an earlier event of the same product, version and plant.
  ///
  /// - Parameter key: its name in the log.
  static func put(
    _ bill: BillOfMaterials, _ version: FactVersion, key: String, _ db: Connection
  ) throws {
    let known = try db.statement(
      """
      SELECT id, time, event, source FROM bill WHERE product = ? AND version = ? AND plant = ?
      """
    ).bind(bill.product, bill.version, bill.plant ?? "").first { row in
      try (id: row[0] as Int64, version: (row[1], row[2], row[3]) as Known)
    }
    let now: Known = (version.time.nanoseconds, version.id, version.source)
    if let known {
      guard precedes(known.version, now) else { return }
      try remove(known.id, db)
    }
    try db.statement(
      """
      INSERT INTO bill (key, time, event, source, product, version, valid_from, plant)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """
    ).bind(
      key, now.0, now.1, now.2, bill.product, bill.version, bill.validFrom.days, bill.plant ?? ""
    ).run()
    let id = db.lastInsertedRow
    for (position, item) in bill.components.enumerated() {
      try db.statement(
        """
        INSERT INTO component (bill, position, part, per_unit, waste, scrap)
        VALUES (?, ?, ?, ?, ?, ?)
        """
      ).bind(
        id, Int64(position), item.part, item.perUnit.description, item.waste.description,
        item.scrap.description
      ).run()
    }
  }

  /// Forgets a bill, by its name in the log.
  static func removeBill(_ key: String, _ db: Connection) throws {
    guard
      let id: Int64 = try db.statement("SELECT id FROM bill WHERE key = ?").bind(key).scalar()
    else { return }
    try remove(id, db)
  }

  private typealias Known = (Int64, String, String)

  /// Text compares by code point, as ``FactVersion``s do.
  private static func precedes(_ a: Known, _ b: Known) -> Bool {
    if a.0 != b.0 { return a.0 < b.0 }
    if a.1 != b.1 { return a.1.utf8.lexicographicallyPrecedes(b.1.utf8) }
    return a.2.utf8.lexicographicallyPrecedes(b.2.utf8)
  }

  private static func remove(_ id: Int64, _ db: Connection) throws {
    try db.statement("DELETE FROM component WHERE bill = ?").bind(id).run()
    try db.statement("DELETE FROM bill WHERE id = ?").bind(id).run()
  }
}

import EventLog
import Messages
import SQLite
import ServiceRuntime
import Store

/// The tables of a catalogue store: of each thing the version that counts.
enum CatalogTables {
  static let migrations = [
    StoreMigration(
      "companies, plants and parts",
      """
      CREATE TABLE company (
        rfc TEXT NOT NULL PRIMARY KEY,
        time INTEGER NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE plant (
        plant TEXT NOT NULL PRIMARY KEY,
        time INTEGER NOT NULL,
        id TEXT NOT NULL,
        rfc TEXT NOT NULL,
        name TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE part (
        part TEXT NOT NULL PRIMARY KEY,
        time INTEGER NOT NULL,
        id TEXT NOT NULL,
        description TEXT NOT NULL,
        uom INTEGER NOT NULL CHECK (uom BETWEEN 1 AND 22),
        tariff_item TEXT NOT NULL,
        nico TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      """),
    StoreMigration(
      "sub-manufacturers",
      """
      CREATE TABLE submanufacturer (
        registration TEXT NOT NULL PRIMARY KEY,
        time INTEGER NOT NULL,
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        site TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      """),
    MoveTables.ofCatalog,
    // Two sources may give one id and one time to different events; the documents stage lets the
    // source decide then, and so must this.
    StoreMigration(
      "sources of the catalogue",
      """
      ALTER TABLE company ADD COLUMN source TEXT NOT NULL DEFAULT '';
      ALTER TABLE plant ADD COLUMN source TEXT NOT NULL DEFAULT '';
      ALTER TABLE part ADD COLUMN source TEXT NOT NULL DEFAULT '';
      ALTER TABLE submanufacturer ADD COLUMN source TEXT NOT NULL DEFAULT '';
      """),
    // Read anew, since plants may have said their zone before.
    StoreMigration(
      "zones of plants",
      """
      ALTER TABLE plant ADD COLUMN zone TEXT NOT NULL DEFAULT '';
      DELETE FROM plant;
      \(StoreMigration.fromTheBeginning)
      """),
    CatalogDetails.migration,
    PartyTable.migration,
  ]

  /// The name of a registration of a sub-manufacturer.
  static func registration(_ submanufacturer: String, of rfc: String) -> String {
    rfc + "|" + submanufacturer
  }
}

/// Keeps of each company, plant, part and bill of materials the version that counts
/// (Rules.md#R3.4).
final class CatalogHandler: StageHandler {
  private var decoder = EventDecoder()

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    guard let value = record.value else { return try remove(record.key, db) }
    let event = try decoder.decode(value)
    switch event.payload {
    case .company(let company):
      try put(event.version, company.rfc, [company.name], db, Self.company)
      if db.changes == 1 { try CatalogDetails.put(company, db) }
    case .plant(let plant):
      try put(
        event.version, plant.plant, [plant.rfc, plant.name, plant.timeZone ?? ""], db, Self.plant)
      if db.changes == 1 { try CatalogDetails.put(plant, db) }
    case .part(let part):
      try put(
        event.version, part.part, [part.description, part.tariffItem, part.nico], db, Self.part,
        uom: Int64(part.uom.code))
      guard db.changes == 1 else { return }
      try CatalogDetails.put(part, db)
      try MoveTables.put(part.conversions, of: part.part, db)
    case .bom(let bill):
      try CatalogDetails.put(
        bill, event.version, key: String(decoding: record.key, as: UTF8.self), db)
    case .submanufacturer(let registered):
      try put(
        event.version, CatalogTables.registration(registered.submanufacturer, of: registered.rfc),
        [registered.name, registered.site], db, Self.submanufacturer)
    case .party(let party): try PartyTable.put(party, event.version, db)
    case .pedimento, .stock, .destruction, .destructionNotice, .dataStage, .partes,
      .submanufacture, .transferDecision, .withdrawal:
      break
    }
  }

  /// Forgets a thing of which nothing counts any more, by its key; what counts in its stead comes
  /// behind this.
  private func remove(_ key: UnsafeRawBufferPointer, _ db: Connection) throws {
    let text = String(decoding: key, as: UTF8.self)
    guard let bar = text.firstIndex(of: "|") else { return }
    let name = String(text[text.index(after: bar)...])
    let table: (name: String, column: String)
    switch text[..<bar] {
    case "company": table = ("company", "rfc")
    case "plant": table = ("plant", "plant")
    case "part":
      table = ("part", "part")
      try MoveTables.put([], of: name, db)
    case "bom": return try CatalogDetails.removeBill(text, db)
    case "party": table = ("party", "name_in_log")
    case "submanufacturer": table = ("submanufacturer", "registration")
    default: return
    }
    try db.statement("DELETE FROM \(table.name) WHERE \(table.column) = ?").bind(name).run()
  }

  func save(_ db: Connection) throws {}

  /// Text compares as its UTF-8 bytes do, so versions compare in SQL as ``FactVersion``s do.
  private static let ifLater =
    "WHERE (excluded.time, excluded.id, excluded.source) > (time, id, source)"

  private static let company = """
    INSERT INTO company (rfc, time, id, source, name) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (rfc) DO UPDATE SET time = ?2, id = ?3, source = ?4, name = ?5 \(ifLater)
    """

  private static let plant = """
    INSERT INTO plant (plant, time, id, source, rfc, name, zone)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
    ON CONFLICT (plant) DO UPDATE SET
      time = ?2, id = ?3, source = ?4, rfc = ?5, name = ?6, zone = ?7 \(ifLater)
    """

  private static let submanufacturer = """
    INSERT INTO submanufacturer (registration, time, id, source, name, site)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (registration) DO UPDATE SET
      time = ?2, id = ?3, source = ?4, name = ?5, site = ?6 \(ifLater)
    """

  private static let part = """
    INSERT INTO part (part, time, id, source, description, tariff_item, nico, uom)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    ON CONFLICT (part) DO UPDATE SET
      time = ?2, id = ?3, source = ?4, description = ?5, tariff_item = ?6, nico = ?7, uom = ?8
    \(ifLater)
    """

  private func put(
    _ version: FactVersion, _ key: String, _ texts: [String], _ db: Connection, _ sql: String,
    uom: Int64? = nil
  ) throws {
    var put = try db.statement(sql).bind(
      key, version.time.nanoseconds, version.id, version.source)
    for text in texts { try put.append(text) }
    if let uom { try put.append(uom) }
    try put.run()
  }
}

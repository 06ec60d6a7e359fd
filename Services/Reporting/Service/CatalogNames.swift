import Ledger

/// The names that reports put beside keys: whose a plant is, what a part is called and counted in.
///
/// Companies, plants and parts' units are held in memory; descriptions are asked for.
struct CatalogNames {
  /// A company as reports name it.
  struct Taxpayer {
    var rfc: String
    var name: String
    static let unknown = Taxpayer(rfc: "", name: "")
  }

  private var companies: [String: String] = [:]
  /// Of each plant its company and its time zone, empty where it names none.
  private(set) var places: [String: (rfc: String, zone: String)] = [:]
  private var submanufacturers: [String: (name: String, site: String)] = [:]
  private var parts: [String: (unit: UInt8, store: ReadOnlyStore)] = [:]

  /// Reads the catalogue stores. Each thing stands in one of them: its key decides the partition.
  init(_ stores: [ReadOnlyStore]) throws {
    for store in stores {
      try store.forEachRow("SELECT rfc, name FROM company") { row in
        companies[row.text(0)] = row.text(1)
      }
      try store.forEachRow("SELECT plant, rfc, zone FROM plant") { row in
        places[row.text(0)] = (row.text(1), row.text(2))
      }
      try store.forEachRow("SELECT registration, name, site FROM submanufacturer") { row in
        submanufacturers[row.text(0)] = (row.text(1), row.text(2))
      }
      try store.forEachRow("SELECT part, uom FROM part") { row in
        let unit = UInt8(truncatingIfNeeded: row.integer(1))
        parts[row.text(0)] = (unit, store)
      }
    }
  }

  /// The company of an RFC; its name is empty where it is not known.
  func company(_ rfc: UnsafeRawBufferPointer) -> Taxpayer {
    let rfc = rfc.text
    return Taxpayer(rfc: rfc, name: companies[rfc] ?? "")
  }

  /// The company of everything, where there is but one.
  var onlyCompany: Taxpayer? {
    guard companies.count == 1, let only = companies.first else { return nil }
    return Taxpayer(rfc: only.key, name: only.value)
  }

  /// A company's name, empty where it is not known.
  func name(of rfc: String) -> String { companies[rfc] ?? "" }

  /// The company of a plant, empty where it is not known.
  func company(ofPlant plant: String) -> Taxpayer {
    guard let rfc = places[plant]?.rfc else { return .unknown }
    return Taxpayer(rfc: rfc, name: companies[rfc] ?? "")
  }

  /// The same by the plant's bytes.
  func company(ofPlant plant: UnsafeRawBufferPointer) -> Taxpayer { company(ofPlant: plant.text) }

  /// What a company calls a sub-manufacturer and where it works; empty where it is not known.
  func submanufacturer(_ name: String, of rfc: String) -> (name: String, site: String) {
    submanufacturers[CatalogTables.registration(name, of: rfc)] ?? ("", "")
  }

  /// The name of a part's base unit, empty where the part is not known.
  func unit(ofPart part: String) -> String {
    guard let unit = parts[part]?.unit else { return "" }
    return Self.unit(Int64(unit))
  }

  /// The same by the part's bytes.
  func unit(ofPart part: UnsafeRawBufferPointer) -> String { unit(ofPart: part.text) }

  /// How many base units of a part one of a unit is; nil where the catalogue gives no factor.
  ///
  /// - Throws: ``ReportingError``.
  func factor(of unit: Int64, ofPart part: UnsafeRawBufferPointer) throws -> ExactDecimal? {
    let part = part.text
    guard let known = parts[part] else { return nil }
    if Int64(known.unit) == unit { return .one }
    let row = try RowCursor(
      known.store, "SELECT factor FROM conversion WHERE part = ?1 AND uom = \(unit)", keys: 0,
      [part])
    return row.isAtEnd ? nil : try? ExactDecimal(row.text(0))
  }

  /// What the catalogue says that a part is, empty where the part is not known.
  func description(ofPart part: String) throws -> String {
    guard let store = parts[part]?.store else { return "" }
    let row = try RowCursor(
      store, "SELECT description FROM part WHERE part = ?", keys: 0, [part])
    return row.isAtEnd ? "" : row.text(0)
  }

  /// The same by the part's bytes.
  func description(ofPart part: UnsafeRawBufferPointer) throws -> String {
    try description(ofPart: part.text)
  }

  /// The name of a unit by its code.
  static func unit(_ code: Int64) -> String { UnitOfMeasure(code: Int(code))?.name ?? "" }
}

import Ledger
import Messages

/// The catalogue as it counts: of several events about one thing the greatest (time, id).
///
/// Every partition of the documents stage holds all of it.
struct Catalog {
  private(set) var parts: [String: Entry<Part>] = [:]
  private(set) var plants: [String: Entry<Plant>] = [:]
  private(set) var companies: [String: Entry<Company>] = [:]
  /// Registrations of sub-manufacturers, by ``submanufacturer(_:of:)``.
  private(set) var submanufacturers: [String: Entry<Submanufacturer>] = [:]
  private var bills: [String: [BillKey: Entry<BillOfMaterials>]] = [:]
  /// Products whose bills, of any version, name a part.
  private var usedBy: [String: Set<String>] = [:]

  struct Entry<Fact> {
    var version: FactVersion
    var fact: Fact
  }

  private struct BillKey: Hashable {
    var version: String
    var plant: String?
  }

  /// Takes a fact of the catalogue; answers whether it counts.
  mutating func take(_ payload: InboundEvent.Payload, _ version: FactVersion) -> Bool {
    switch payload {
    case .part(let part): Self.take(part, version, &parts[part.part])
    case .plant(let plant): Self.take(plant, version, &plants[plant.plant])
    case .company(let company): Self.take(company, version, &companies[company.rfc])
    case .bom(let bill): take(bill, version)
    case .submanufacturer(let registered):
      Self.take(
        registered, version,
        &submanufacturers[Self.submanufacturer(registered.submanufacturer, of: registered.rfc)])
    default: false
    }
  }

  /// The name of a registration, which is also what documents depend on.
  static func submanufacturer(_ name: String, of rfc: String) -> String {
    "submanufacturer:\(rfc)|\(name)"
  }

  private mutating func take(_ bill: BillOfMaterials, _ version: FactVersion) -> Bool {
    let key = BillKey(version: bill.version, plant: bill.plant)
    guard Self.take(bill, version, &bills[bill.product, default: [:]][key]) else { return false }
    // What an earlier event named stays here: asking too many documents again does no harm.
    for component in bill.components {
      usedBy[component.part, default: []].insert(bill.product)
    }
    return true
  }

  private static func take<Fact>(
    _ fact: Fact, _ version: FactVersion, _ entry: inout Entry<Fact>?
  ) -> Bool {
    if let entry, version <= entry.version { return false }
    entry = Entry(version: version, fact: fact)
    return true
  }

  /// The RFC of the company that a document calls by its RFC or by its programme; what it is called
  /// where no company, or more than one, is known by that name.
  func rfc(named name: String) -> String {
    guard companies[name] == nil else { return name }
    let found = companies.values.filter { $0.fact.immexProgram == name }
    guard found.count == 1, let company = found.first else { return name }
    return company.fact.rfc
  }

  /// The bill in force at a plant on a day: the plant's own before the general ones, then the
  /// latest `validFrom`, then the greater version by code point (RULES, section 4).
  func bill(of product: String, at plant: String, on date: CalendarDate) -> BillOfMaterials? {
    guard let versions = bills[product] else { return nil }
    var best: BillOfMaterials?
    for entry in versions.values {
      let bill = entry.fact
      guard bill.validFrom <= date, bill.plant == nil || bill.plant == plant else { continue }
      guard let current = best else {
        best = bill
        continue
      }
      if Self.precedes(current, bill) { best = bill }
    }
    return best
  }

  /// The bill of a version, as it counts now.
  func bill(_ product: String, version: String, plant: String?) -> BillOfMaterials? {
    bills[product]?[BillKey(version: version, plant: plant)]?.fact
  }

  /// Whether `b` is in force rather than `a`.
  private static func precedes(_ a: BillOfMaterials, _ b: BillOfMaterials) -> Bool {
    if (a.plant == nil) != (b.plant == nil) { return a.plant == nil }
    if a.validFrom != b.validFrom { return a.validFrom < b.validFrom }
    return CodePoints.precedes(a.version, b.version)
  }

  /// The products whose bills, of any version, name a part.
  func users(of part: String) -> Set<String> { usedBy[part] ?? [] }
}

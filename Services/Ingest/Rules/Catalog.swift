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
  /// Parties, by what they are in the log.
  private var parties: [String: Entry<Party>] = [:]
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

    init(_ bill: BillOfMaterials) { (version, plant) = (bill.version, bill.plant) }
  }

  /// The fact that counts of the thing that a fact is about.
  func entry(
    like payload: InboundEvent.Payload
  ) -> (version: FactVersion, payload: InboundEvent.Payload)? {
    switch payload {
    case .part(let part): parts[part.part].map { ($0.version, .part($0.fact)) }
    case .plant(let plant): plants[plant.plant].map { ($0.version, .plant($0.fact)) }
    case .company(let company): companies[company.rfc].map { ($0.version, .company($0.fact)) }
    case .bom(let bill): bills[bill.product]?[BillKey(bill)].map { ($0.version, .bom($0.fact)) }
    case .submanufacturer(let registered):
      submanufacturers[Self.name(of: registered)].map { ($0.version, .submanufacturer($0.fact)) }
    case .party:
      parties[payload.catalogKey].map { ($0.version, .party($0.fact)) }
    default: nil
    }
  }

  /// Has a fact count, in the place of any other about its thing.
  mutating func put(_ payload: InboundEvent.Payload, _ version: FactVersion) {
    switch payload {
    case .part(let part): parts[part.part] = Entry(version: version, fact: part)
    case .plant(let plant): plants[plant.plant] = Entry(version: version, fact: plant)
    case .company(let company): companies[company.rfc] = Entry(version: version, fact: company)
    case .bom(let bill):
      bills[bill.product, default: [:]][BillKey(bill)] = Entry(version: version, fact: bill)
      // What an earlier event named stays here: asking too many documents again does no harm.
      for component in bill.components {
        usedBy[component.part, default: []].insert(bill.product)
      }
    case .submanufacturer(let registered):
      submanufacturers[Self.name(of: registered)] = Entry(version: version, fact: registered)
    case .party(let party): parties[payload.catalogKey] = Entry(version: version, fact: party)
    default: return
    }
  }

  /// Forgets the thing that a fact is about.
  mutating func remove(_ payload: InboundEvent.Payload) {
    switch payload {
    case .part(let part): parts[part.part] = nil
    case .plant(let plant): plants[plant.plant] = nil
    case .company(let company): companies[company.rfc] = nil
    case .bom(let bill): bills[bill.product]?[BillKey(bill)] = nil
    case .submanufacturer(let registered): submanufacturers[Self.name(of: registered)] = nil
    case .party: parties[payload.catalogKey] = nil
    default: return
    }
  }

  private static func name(of registered: Submanufacturer) -> String {
    submanufacturer(registered.submanufacturer, of: registered.rfc)
  }

  /// The name of a registration, which is also what documents depend on.
  static func submanufacturer(_ name: String, of rfc: String) -> String {
    "submanufacturer:\(rfc)|\(name)"
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
  /// latest `validFrom`, then the greater version by code point (Rules.md#R4.1).
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

  /// Whether `b` is in force rather than `a`.
  private static func precedes(_ a: BillOfMaterials, _ b: BillOfMaterials) -> Bool {
    if (a.plant == nil) != (b.plant == nil) { return a.plant == nil }
    if a.validFrom != b.validFrom { return a.validFrom < b.validFrom }
    return CodePoints.precedes(a.version, b.version)
  }

  /// The products whose bills, of any version, name a part.
  func users(of part: String) -> Set<String> { usedBy[part] ?? [] }
}

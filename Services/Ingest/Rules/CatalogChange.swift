import Ledger
import Messages

/// What a fact of the catalogue touches: found before it is taken, while the old one is there.
///
/// Every document that might be derived otherwise must be among them; the fewer others, the better:
/// a company sends its bills and parts again and again, and has years of documents.
struct CatalogChange {
  /// The catalogue's key of the thing.
  let key: String
  /// The first day whose documents can be touched; nil for any.
  let from: CalendarDate?
  private let touched: Touched

  private enum Touched {
    case nothing
    case plant(String)
    case part(String)
    case product(String)
    case registration(String)
    case names([String])
  }

  init(_ payload: InboundEvent.Payload, _ catalog: Catalog) {
    key = payload.catalogKey
    switch payload {
    case .plant(let plant):
      let isSame = catalog.plants[plant.plant]?.fact == plant
      (from, touched) = (nil, isSame ? .nothing : .plant(plant.plant))
    case .part(let part):
      let old = catalog.parts[part.part]?.fact
      // Description and tariff item are the reports' matter, not the books'.
      let isSame =
        old?.uom == part.uom && old?.category == part.category
        && old?.conversions == part.conversions
      (from, touched) = (nil, isSame ? .nothing : .part(part.part))
    case .bom(let bill):
      // A bill has no say before its first day, neither as it was nor as it is.
      let old = catalog.bill(bill.product, version: bill.version, plant: bill.plant)
      from = min(bill.validFrom, old?.validFrom ?? bill.validFrom)
      touched = old == bill ? .nothing : .product(bill.product)
    case .submanufacturer(let registered):
      let (name, rfc) = (registered.submanufacturer, registered.rfc)
      (from, touched) = (nil, .registration(Catalog.submanufacturer(name, of: rfc)))
    case .company(let company):
      // Documents name companies by RFC or by programme; only virtual transfers depend on them.
      let old = catalog.companies[company.rfc]?.fact
      let names = [company.rfc, company.immexProgram, old?.immexProgram].compactMap { $0 }
      (from, touched) = (nil, old == company ? .nothing : .names(names))
    default: (from, touched) = (nil, .nothing)
    }
  }

  /// What the touched documents depend on, with the fact taken.
  func subjects(_ catalog: Catalog) -> [String] {
    switch touched {
    case .nothing: []
    case .plant(let plant): ["plant:" + plant]
    case .names(let names): names.map { "company:" + $0 }
    case .part(let part): ["part:" + part]
    case .registration(let subject): [subject]
    case .product(let product): catalog.products(over: product).map { "part:" + $0 }
    }
  }
}

import Ledger
import Messages

/// What a fact of the catalogue touches: found before it is taken, while the old one is there.
///
/// Every document that might be derived otherwise must be among what depends on it; the fewer
/// others, the better: a company sends its bills and parts again and again, and has years of
/// documents.
struct CatalogChange {
  /// The catalogue's key of the thing.
  let key: String
  /// What the documents depend on, each with the first day whose documents can be touched; nil for
  /// any. Nothing where the fact says what was known.
  let touched: [(thing: String, from: CalendarDate?)]

  /// The name of a product as something that others are made of: what touches it touches them.
  static let product = "product:"

  init(_ payload: InboundEvent.Payload, _ catalog: Catalog) {
    key = payload.catalogKey
    switch payload {
    case .plant(let plant):
      // Only whose it is matters to the books.
      let isSame = catalog.plants[plant.plant]?.fact.rfc == plant.rfc
      touched = isSame ? [] : [("plant:" + plant.plant, nil)]
    case .part(let part):
      let old = catalog.parts[part.part]?.fact
      // Description and tariff item are the reports' matter, not the books'.
      let isSame =
        old?.uom == part.uom && old?.category == part.category
        && old?.conversions == part.conversions
      touched = isSame ? [] : [("part:" + part.part, nil)]
    case .bom(let bill):
      // A bill has no say before its first day, neither as it was nor as it is.
      let old = catalog.bill(bill.product, version: bill.version, plant: bill.plant)
      let from = min(bill.validFrom, old?.validFrom ?? bill.validFrom)
      touched = old == bill ? [] : [(Self.product + bill.product, from)]
    case .submanufacturer(let registered):
      let name = Catalog.submanufacturer(registered.submanufacturer, of: registered.rfc)
      let isSame = catalog.submanufacturers[name]?.fact.validFrom == registered.validFrom
      touched = isSame ? [] : [(name, nil)]
    case .company(let company):
      // Documents name companies by RFC or by programme; only virtual transfers depend on them.
      let old = catalog.companies[company.rfc]?.fact
      let names = [company.rfc, company.immexProgram, old?.immexProgram].compactMap { $0 }
      let isSame = old?.immexProgram == company.immexProgram
      touched = isSame ? [] : Set(names).sorted().map { ("company:" + $0, nil) }
    default: touched = []
    }
  }
}

extension Catalog {
  /// What documents depend on, of things that were touched: a product and every product that takes
  /// it, at any depth, each with the first day on which that can matter.
  ///
  /// Each product is looked at once, however many of those that it takes were touched.
  func subjects(
    of touched: [(thing: String, from: CalendarDate?)]
  ) -> [(subject: String, from: CalendarDate?)] {
    var subjects: [(subject: String, from: CalendarDate?)] = []
    var open: [(product: String, from: CalendarDate)] = []
    for (thing, from) in touched {
      if let from, thing.hasPrefix(CatalogChange.product) {
        open.append((String(thing.dropFirst(CatalogChange.product.utf8.count)), from))
      } else {
        subjects.append((thing, from))
      }
    }
    // The earliest first: a product is reached with its earliest day, and need not be seen again.
    open.sort {
      $0.from != $1.from ? $0.from < $1.from : CodePoints.precedes($0.product, $1.product)
    }
    var seen: Set<String> = []
    for (product, from) in open {
      var rest = seen.insert(product).inserted ? [product] : []
      while let next = rest.popLast() {
        subjects.append(("part:" + next, from))
        for user in users(of: next) where seen.insert(user).inserted { rest.append(user) }
      }
    }
    return subjects
  }
}

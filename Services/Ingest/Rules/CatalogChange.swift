import Ledger
import Messages

/// What a fact of the catalogue touches: found before it is taken, while the old one is there.
///
/// Every document that might be derived otherwise must be among what depends on it; the fewer
/// others, the better: a company sends its bills and parts again and again, and has years of
/// documents.
struct CatalogChange {
  /// What the documents depend on, each with the first day whose documents can be touched; nil for
  /// any. Nothing where the fact says what was known.
  let touched: [(thing: String, from: CalendarDate?)]
  /// Whether something is exploded otherwise from now on.
  let isOfBill: Bool

  /// The name of a product as something that others are made of: what touches it touches them.
  static let product = "product:"
  /// Before the first day of any document.
  private static let always = CalendarDate(days: -1_000_000)

  /// - Parameters:
  ///   - old: what was known of the thing; nil for nothing.
  ///   - new: what counts from now on; nil for nothing.
  init(from old: InboundEvent.Payload?, to new: InboundEvent.Payload?) {
    var ofBill = false
    switch new ?? old {
    case .plant(let plant):
      // Only whose it is matters to the books.
      let owners = [old, new].map { $0?.plant?.rfc }
      touched = owners[0] == owners[1] ? [] : [("plant:" + plant.plant, nil)]
    case .part(let part):
      let (before, now) = (old?.part, new?.part)
      // Description and tariff item are the reports' matter, not the books'.
      let isSame =
        before?.uom == now?.uom && before?.category == now?.category
        && before?.conversions == now?.conversions
      var things: [(thing: String, from: CalendarDate?)] = [("part:" + part.part, nil)]
      // What is exploded asks of a component only whether it is known.
      if new == nil { things.append((Self.product + part.part, Self.always)) }
      touched = isSame ? [] : things
    case .bom(let bill):
      // A bill has no say before its first day, neither as it was nor as it is.
      let (before, now) = (old?.bill, new?.bill)
      let from = [before, now].compactMap { $0?.validFrom }.min()
      ofBill = before != now
      touched = ofBill ? [(Self.product + bill.product, from)] : []
    case .submanufacturer(let registered):
      let (before, now) = (old?.submanufacturer?.validFrom, new?.submanufacturer?.validFrom)
      let name = Catalog.submanufacturer(registered.submanufacturer, of: registered.rfc)
      touched = before == now ? [] : [(name, nil)]
    case .company(let company):
      // Documents name companies by RFC or by programme; only virtual transfers depend on them.
      let (before, now) = (old?.company?.immexProgram, new?.company?.immexProgram)
      let names = Set([company.rfc, before, now].compactMap { $0 })
      touched = before == now ? [] : names.sorted().map { ("company:" + $0, nil) }
    default: touched = []
    }
    isOfBill = ofBill
  }
}

extension InboundEvent.Payload {
  fileprivate var plant: Plant? { if case .plant(let plant) = self { plant } else { nil } }
  fileprivate var part: Part? { if case .part(let part) = self { part } else { nil } }
  fileprivate var bill: BillOfMaterials? { if case .bom(let bill) = self { bill } else { nil } }
  fileprivate var company: Company? {
    if case .company(let company) = self { company } else { nil }
  }
  fileprivate var submanufacturer: Submanufacturer? {
    if case .submanufacturer(let registered) = self { registered } else { nil }
  }
}

extension Catalog {
  /// A subject that documents depend on, with the first day that can matter, and the withdrawal
  /// that is behind it.
  typealias Subject = (subject: String, from: CalendarDate?, cause: FactName?)

  /// What documents depend on, of things that were touched: a product and every product that takes
  /// it, at any depth, each with the first day on which that can matter.
  ///
  /// Each product is looked at once, however many of those that it takes were touched; and in the
  /// same order always, as of several causes the last is told.
  func subjects(of touched: [TouchedThing]) -> [Subject] {
    var subjects: [Subject] = []
    var open: [(product: String, from: CalendarDate, cause: FactName?)] = []
    for touched in touched {
      if let from = touched.from, touched.thing.hasPrefix(CatalogChange.product) {
        let name = String(touched.thing.dropFirst(CatalogChange.product.count))
        open.append((name, from, touched.cause))
      } else {
        subjects.append((touched.thing, touched.from, touched.cause))
      }
    }
    // The earliest first: a product is reached with its earliest day, and need not be seen again.
    open.sort { a, b in
      a.from != b.from ? a.from < b.from : CodePoints.precedes(a.product, b.product)
    }
    var seen: Set<String> = []
    for (product, from, cause) in open {
      var rest = seen.insert(product).inserted ? [product] : []
      while let next = rest.popLast() {
        subjects.append(("part:" + next, from, cause))
        for user in users(of: next).sorted(by: CodePoints.precedes)
        where seen.insert(user).inserted {
          rest.append(user)
        }
      }
    }
    return subjects
  }
}

import Ledger
import Messages

/// What one unit of a product takes of each part, exact, over all levels (RULES, section 4).
struct Explosion {
  /// What is taken of one part.
  struct Component {
    var part: String
    var incorporated: ExactDecimal
    var waste: ExactDecimal
    var scrap: ExactDecimal
  }

  /// In ascending order of part number.
  var components: [Component]

  /// Why a line cannot be exploded.
  enum Failure: Error, Equatable {
    /// No bill of this product is in force.
    case noBill(String)
    /// A product is a component of itself.
    case cycle(String)
    case overflow
  }
}

extension Explosion {
  /// Explodes one unit of a product with the bills in force at a plant on a day.
  init(
    of product: String, at plant: String, on date: CalendarDate, _ catalog: Catalog
  ) throws(Failure) {
    var work = Work(plant: plant, date: date, catalog: catalog)
    guard let bill = catalog.bill(of: product, at: plant, on: date) else {
      throw .noBill(product)
    }
    try work.explode(bill, .one)
    components = work.totals.values.sorted { CodePoints.precedes($0.part, $1.part) }
  }

  private struct Work {
    let plant: String
    let date: CalendarDate
    let catalog: Catalog
    var totals: [String: Component] = [:]
    var path: [String] = []

    mutating func explode(_ bill: BillOfMaterials, _ units: ExactDecimal) throws(Failure) {
      guard !path.contains(bill.product) else { throw .cycle(bill.product) }
      path.append(bill.product)
      for item in bill.components {
        do {
          if let inner = catalog.bill(of: item.part, at: plant, on: date) {
            let each = try item.perUnit + item.waste + item.scrap
            try explode(inner, each * units)
          } else {
            try add(item, units)
          }
        } catch let failure as Failure {
          throw failure
        } catch {
          throw .overflow
        }
      }
      path.removeLast()
    }

    private mutating func add(
      _ item: BillOfMaterials.Component, _ units: ExactDecimal
    ) throws(LedgerError) {
      var total =
        totals[item.part]
        ?? Component(part: item.part, incorporated: .zero, waste: .zero, scrap: .zero)
      total.incorporated = try total.incorporated + item.perUnit * units
      total.waste = try total.waste + item.waste * units
      total.scrap = try total.scrap + item.scrap * units
      totals[item.part] = total
    }
  }
}

/// Explosions made already, until a bill changes.
struct ExplosionCache {
  private struct Key: Hashable {
    var product: String
    var plant: String
    var date: CalendarDate
  }

  private var made: [Key: Result<Explosion, Explosion.Failure>] = [:]
  private static let limit = 2_000

  mutating func explosion(
    of product: String, at plant: String, on date: CalendarDate, _ catalog: Catalog
  ) throws(Explosion.Failure) -> Explosion {
    let key = Key(product: product, plant: plant, date: date)
    if let known = made[key] { return try known.get() }
    let result = Result { () throws(Explosion.Failure) in
      try Explosion(of: product, at: plant, on: date, catalog)
    }
    if made.count >= Self.limit { made.removeAll(keepingCapacity: true) }
    made[key] = result
    return try result.get()
  }

  mutating func forget() { made.removeAll(keepingCapacity: true) }
}

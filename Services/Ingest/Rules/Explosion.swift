import Ledger
import Messages

/// What one unit of a product takes of each part, exact, over all levels (Rules.md#R4.2).
struct Explosion {
  /// What is taken of one part.
  struct Component {
    var part: String
    var incorporated = UnboundedDecimal.zero
    var waste = UnboundedDecimal.zero
    var scrap = UnboundedDecimal.zero
  }

  /// In ascending order of part number.
  var components: [Component]

  /// Why a line cannot be exploded.
  enum Failure: Error, Equatable {
    /// No bill of this product is in force.
    case noBill(String)
    /// A product is a component of itself.
    case cycle(String)
  }
}

extension Explosion {
  /// Explodes one unit of a product with the bills in force at a plant on a day.
  ///
  /// Bills are taken in topological order: when a sub-assembly is looked at, all that is taken of
  /// it is known. So each line of each bill is looked at once, however many ways lead to it.
  init(
    of product: String, at plant: String, on date: CalendarDate, _ catalog: Catalog
  ) throws(Failure) {
    var bills = BillsInForce(plant: plant, date: date, catalog: catalog)
    let root = bills.number(of: product)
    guard bills.bill(root) != nil else { throw .noBill(product) }
    var units = [root: UnboundedDecimal.one]
    var totals: [Int: Component] = [:]
    for assembly in try bills.topological(from: root) {
      guard let bill = bills.bill(assembly), let wanted = units[assembly] else { continue }
      for item in bill.components {
        let number = bills.number(of: item.part)
        let (perUnit, waste, scrap) = (
          UnboundedDecimal(item.perUnit), UnboundedDecimal(item.waste), UnboundedDecimal(item.scrap)
        )
        if bills.bill(number) != nil {
          units[number, default: .zero] += (perUnit + waste + scrap) * wanted
        } else {
          var total = totals[number] ?? Component(part: item.part)
          total.incorporated += perUnit * wanted
          if !waste.isZero { total.waste += waste * wanted }
          if !scrap.isZero { total.scrap += scrap * wanted }
          totals[number] = total
        }
      }
    }
    components = totals.values.sorted { CodePoints.precedes($0.part, $1.part) }
  }
}

/// The bills at a plant on a day, each looked up once.
private struct BillsInForce {
  let plant: String
  let date: CalendarDate
  let catalog: Catalog
  private var numbers: [String: Int] = [:]
  private var bills: [BillOfMaterials?] = []

  init(plant: String, date: CalendarDate, catalog: Catalog) {
    self.plant = plant
    self.date = date
    self.catalog = catalog
  }

  mutating func number(of part: String) -> Int {
    if let known = numbers[part] { return known }
    numbers[part] = bills.count
    bills.append(catalog.bill(of: part, at: plant, on: date))
    return bills.count - 1
  }

  /// Nil for a part that is not made of others.
  func bill(_ number: Int) -> BillOfMaterials? { bills[number] }

  private enum Mark { case open, done }

  /// A product and the assemblies in it, each before those that it is made of.
  ///
  /// Without recursion: a chain of bills may be of any length.
  mutating func topological(from root: Int) throws(Explosion.Failure) -> [Int] {
    var finished: [Int] = []
    var marks: [Int: Mark] = [root: .open]
    var path: [(assembly: Int, next: Int)] = [(root, 0)]
    while let (assembly, next) = path.last {
      guard let components = bills[assembly]?.components, next < components.count else {
        marks[assembly] = .done
        finished.append(assembly)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let inner = number(of: components[next].part)
      guard bills[inner] != nil else { continue }
      switch marks[inner] {
      case nil:
        marks[inner] = .open
        path.append((inner, 0))
      case .open: throw .cycle(components[next].part)
      case .done: continue
      }
    }
    return finished.reversed()
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

/// Incorporated, waste (merma) and scrap (desperdicio), in the order in which they are taken.
struct Three: Equatable {
  var incorporated = Exact.zero
  var waste = Exact.zero
  var scrap = Exact.zero

  var total: Exact { incorporated + waste + scrap }

  static func + (a: Three, b: Three) -> Three {
    Three(
      incorporated: a.incorporated + b.incorporated, waste: a.waste + b.waste,
      scrap: a.scrap + b.scrap)
  }

  var rounded: Three {
    Three(incorporated: incorporated.rounded(6), waste: waste.rounded(6), scrap: scrap.rounded(6))
  }
}

/// Why a fact has no effect yet.
struct Waits: Error {
  let why: String
  init(_ why: String) { self.why = why }
}

extension Facts {
  /// Rules.md#R2.5: quantity × factor, not rounded.
  func inBaseUnit(_ quantity: Exact, _ uom: Int, of part: Text) throws -> Exact {
    guard let known = parts[part] else { throw Waits("part \(part.string) is unknown") }
    if uom == known.uom { return quantity }
    guard let conversion = known.conversions?.first(where: { $0.uom == uom }) else {
      throw Waits("part \(part.string) has no factor for unit \(uom)")
    }
    return quantity * conversion.factor
  }

  /// Rules.md#R4.1: of those valid on the day, the plant's own, the latest, the greater version.
  func bomInForce(_ product: Text, _ plant: Text, _ day: Text) -> BOM? {
    boms.filter {
      $0.product == product && $0.validFrom <= day && ($0.plant == nil || $0.plant == plant)
    }.max {
      ($0.plant == nil ? 0 : 1, $0.validFrom, $0.version)
        < ($1.plant == nil ? 0 : 1, $1.validFrom, $1.version)
    }
  }

  /// Rules.md#R4.2: what so much of a product is made of, by part, rounded once, at the end; nil
  /// with no BOM in force.
  func explode(
    _ product: Text, _ quantity: Exact, _ plant: Text, _ day: Text
  ) throws -> [Text: Three]? {
    try exploded(product, LongExact(quantity), plant, day, within: [])?.mapValues { three in
      Three(
        incorporated: three[0].rounded(6), waste: three[1].rounded(6), scrap: three[2].rounded(6))
    }
  }

  /// By part the three quantities, exact.
  private func exploded(
    _ product: Text, _ quantity: LongExact, _ plant: Text, _ day: Text, within: Set<Text>
  ) throws -> [Text: [LongExact]]? {
    guard let bom = bomInForce(product, plant, day) else { return nil }
    if within.contains(product) { throw Waits("the BOM of \(product.string) contains itself") }
    var sum: [Text: [LongExact]] = [:]
    for component in bom.components {
      let own = [component.perUnit, component.waste ?? .zero, component.scrap ?? .zero].map {
        quantity * LongExact($0)
      }
      let inner = try exploded(
        component.part, own[0] + own[1] + own[2], plant, day, within: within.union([product]))
      for (part, three) in inner ?? [component.part: own] {
        sum[part] = zip(sum[part] ?? [.zero, .zero, .zero], three).map { $0 + $1 }
      }
    }
    return sum
  }
}

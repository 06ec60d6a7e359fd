import Ledger

extension Catalogue {
  init(_ plan: SamplePlan, _ random: inout SplitMix) {
    makePlaces(plan, &random)
    makeParts(plan.parts, &random)
    makeBOMs(plan, &random)
    assignProducts(plan, &random)
  }

  // MARK: Companies and plants

  private mutating func makePlaces(_ plan: SamplePlan, _ random: inout SplitMix) {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
    for i in 0..<plan.companies {
      let (rfc, name): (String, String)
      switch i {
      case 0: (rfc, name) = ("AME010203AB1", "COMPAÑÍA MAQUILADORA DEL AÑO, S.A. DE C.V.")
      case 1: (rfc, name) = ("BRX990101CD2", "BORDER & RÍO EXPORT, S. DE R.L. DE C.V.")
      default:
        let middle = [letters[i / 26 % 26], letters[i % 26]]
        rfc = "C" + String(decoding: middle, as: UTF8.self) + "050607EF\(i % 10)"
        name = "ENSAMBLES PEÑASCO \(i), S.A. DE C.V."
      }
      taxpayers.append(
        SampleTaxpayer(
          rfc: Array(rfc.utf8), name: name,
          program: Array("\(1000 + random.below(9000))-20\(10 + random.below(14))".utf8)))
    }
    let cities = [
      "TIJ", "JUA", "MTY", "REY", "MXL", "NOG", "MAT", "HMO", "CUU", "SLW", "GDL", "QRO",
    ]
    for i in 0..<plan.plants {
      let code = cities[i % cities.count] + "\(i / cities.count + 1)"
      plants.append(SamplePlant(code: Array(code.utf8), company: i % plan.companies))
    }
  }

  // MARK: Parts

  private mutating func makeParts(_ count: Int, _ random: inout SplitMix) {
    let final = max(1, count * 8 / 100)
    let nested = count >= 8 ? max(1, count * 6 / 100) : 0
    let boxes = count >= 20 ? max(1, count * 2 / 100) : 0
    let machines = count >= 20 ? max(1, count / 100) : 0
    products = 0..<final
    subassemblies = final..<(final + nested)
    materials = subassemblies.upperBound..<(count - boxes - machines)
    containers = materials.upperBound..<(count - machines)
    assets = containers.upperBound..<count
    for i in products { parts.append(unit("P-", i, .product, .materials, &random)) }
    for i in subassemblies {
      parts.append(unit("S-", i - subassemblies.lowerBound, .product, .materials, &random))
    }
    for i in materials { parts.append(material(i - materials.lowerBound, &random)) }
    for i in containers {
      parts.append(unit("C-", i - containers.lowerBound, .material, .containers, &random))
    }
    for i in assets {
      parts.append(unit("AF-", i - assets.lowerBound, .asset, .machinery, &random))
    }
  }

  private func code(_ prefix: String, _ number: Int) -> [UInt8] {
    let digits = String(number)
    return Array((prefix + String(repeating: "0", count: max(0, 5 - digits.count)) + digits).utf8)
  }

  /// A part counted in pieces.
  private func unit(
    _ prefix: String, _ number: Int, _ kind: PartKind, _ category: Category,
    _ random: inout SplitMix
  ) -> SamplePart {
    let dozens = kind == .product && random.chance(300)
    return SamplePart(
      code: code(prefix, number), kind: kind, category: category, baseUom: 6,
      conversions: dozens ? [(19, 12_000)] : [], tariffItem: 84_000_000 + random.below(6_999_999),
      nico: random.below(5), centavos: Int64(50_000 + random.below(950_000)),
      noun: random.below(Self.nouns.count))
  }

  private func material(_ number: Int, _ random: inout SplitMix) -> SamplePart {
    let (uom, conversions): (Int, [(uom: Int, factor: Int64)])
    switch random.below(100) {
    case 0..<55: (uom, conversions) = (6, [(11, 1_000_000), (19, 12_000)])
    case 55..<75: (uom, conversions) = (1, [(14, 1_000_000), (2, 1)])
    case 75..<90: (uom, conversions) = (3, [(17, 10_000), (18, 100_000)])
    default: (uom, conversions) = (8, [(15, 158_987)])
    }
    let tariff = [39, 40, 48, 72, 73, 74, 76, 83, 84, 85, 87, 90][random.below(12)] * 1_000_000
    return SamplePart(
      code: code("M-", number), kind: .material, category: .materials, baseUom: uom,
      conversions: conversions, tariffItem: tariff + 1_000_000 - 1 - random.below(989_999),
      nico: random.below(3) == 0 ? 0 : random.below(100),
      centavos: Int64(20 + random.below(20_000)), noun: random.below(Self.nouns.count))
  }

  // MARK: Bills of materials

  private mutating func makeBOMs(_ plan: SamplePlan, _ random: inout SplitMix) {
    versions = Array(repeating: [], count: parts.count)
    for product in 0..<materials.lowerBound {
      var components = firstComponents(of: product, &random)
      boms.append(
        SampleBOM(
          product: product, version: UInt8(ascii: "A"), from: plan.start.days, plant: nil,
          components: components))
      guard plan.days > 20, random.chance(600) else { continue }
      for next in 1...(1 + random.below(3)) {
        change(&components, &random)
        let span = plan.days / 4
        let day = next * span + random.below(span)
        let own = random.chance(150) ? random.below(plan.plants) : nil
        boms.append(
          SampleBOM(
            product: product, version: UInt8(ascii: "A") + UInt8(next),
            from: plan.start.days + Int32(day), plant: own, components: components))
      }
    }
    boms.sort { ($0.from, $0.product, $0.version) < ($1.from, $1.product, $1.version) }
    for (index, bom) in boms.enumerated() { versions[bom.product].append(Int32(index)) }
  }

  /// A product takes five to eight materials and most often a sub-assembly; a sub-assembly three
  /// to five, and at times one sub-assembly more. That makes about ten components a product.
  private func firstComponents(of product: Int, _ random: inout SplitMix) -> [SampleComponent] {
    let isFinal = products.contains(product)
    var found: [SampleComponent] = []
    if isFinal, !subassemblies.isEmpty, random.chance(700) {
      let nested = subassemblies.lowerBound + random.below(subassemblies.count)
      found.append(component(nested, &random))
    } else if !isFinal, product + 1 < subassemblies.upperBound, product % 2 == 0,
      random.chance(600)
    {
      // Odd ones take materials only, so nothing is nested deeper than two levels.
      let nested = (product + 1 + random.below(subassemblies.upperBound - product - 1)) | 1
      if nested < subassemblies.upperBound { found.append(component(nested, &random)) }
    }
    let wanted = isFinal ? 5 + random.below(4) : 3 + random.below(3)
    for _ in 0..<min(wanted, materials.count) {
      var part = materials.lowerBound + random.below(materials.count)
      while found.contains(where: { $0.part == part }) {
        part = part + 1 < materials.upperBound ? part + 1 : materials.lowerBound
      }
      found.append(component(part, &random))
    }
    return found
  }

  private func component(_ part: Int, _ random: inout SplitMix) -> SampleComponent {
    let pieces = parts[part].baseUom == 6
    let perUnit: Int64 =
      pieces && random.chance(800)
      ? (1 + random.below(Int64(6))) * Self.one : (5 + random.below(Int64(3_000))) * 1_000
    let nested = part < materials.lowerBound
    return SampleComponent(
      part: part, perUnit: nested ? (1 + random.below(Int64(2))) * Self.one : perUnit,
      waste: random.chance(350) ? (1 + random.below(Int64(40))) * 1_000 : 0,
      scrap: random.chance(450) ? (1 + random.below(Int64(60))) * 1_000 : 0)
  }

  /// An engineering change: one quantity, and every other time one material for another.
  private func change(_ components: inout [SampleComponent], _ random: inout SplitMix) {
    let at = random.below(components.count)
    let replacement = materials.lowerBound + random.below(materials.count)
    let old = components[at].part
    if old >= materials.lowerBound, random.chance(500),
      !components.contains(where: { $0.part == replacement })
    {
      components[at] = component(replacement, &random)
    } else {
      components[at].perUnit += (1 + random.below(Int64(50))) * 1_000
    }
  }

  // MARK: Who makes what

  private mutating func assignProducts(_ plan: SamplePlan, _ random: inout SplitMix) {
    for i in 0..<max(products.count, plan.plants) {
      plants[i % plan.plants].products.append(i % products.count)
      let other = random.below(plan.plants)
      if random.chance(200), !plants[other].products.contains(i % products.count) {
        plants[other].products.append(i % products.count)
      }
    }
    for plant in plants.indices {
      var taken = [Bool](repeating: false, count: parts.count)
      for product in plants[plant].products {
        mark(product, plant, &taken)
      }
      plants[plant].materials = materials.filter { taken[$0] }
    }
  }

  private func mark(_ product: Int, _ plant: Int, _ taken: inout [Bool]) {
    if taken[product] { return }
    taken[product] = true
    for index in versions[product] {
      let bom = boms[Int(index)]
      guard bom.plant == nil || bom.plant == plant else { continue }
      for component in bom.components {
        if component.part < materials.lowerBound {
          mark(component.part, plant, &taken)
        } else {
          taken[component.part] = true
        }
      }
    }
  }
}

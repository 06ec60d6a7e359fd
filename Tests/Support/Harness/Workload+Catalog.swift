extension Workload {
  /// Companies, plants, parts and bills of materials; a few are never told of.
  mutating func catalog() {
    for rfc in companies { addCompany(rfc) }
    for plant in plants where !chance(40) { addPlant(plant.name, plant.rfc) }
    for rfc in companies where !chance(100) { addSubmanufacturer(rfc) }
    for part in parts + products where !chance(40) { addPart(part, anew: false) }
    for product in products {
      for _ in 0..<1 + random.below(2) where !chance(80) { addBill(product) }
    }
  }

  /// Something of the catalogue that is sent again with another content.
  mutating func catalogAgain() {
    switch random.below(9) {
    case 8: addSubmanufacturer(one(of: companies))
    case 0: addCompany(one(of: companies))
    case 1:
      let plant = one(of: plants)
      // A plant may even be sold to the other company.
      addPlant(plant.name, chance(200) ? one(of: companies) : plant.rfc)
    case 2, 3, 4: addPart(one(of: parts + products), anew: true)
    default: addBill(one(of: products))
    }
  }

  private mutating func addCompany(_ rfc: String) {
    let certification = one(of: ["null", "\"A\"", "\"OEA\""])
    add(
      "company",
      #"{"rfc":"\#(rfc)","name":"\#(rfc)","immexProgram":"420-2006","#
        + #""certification":\#(certification)}"#)
  }

  private mutating func addPlant(_ plant: String, _ rfc: String) {
    add(
      "plant",
      #"{"plant":"\#(plant)","rfc":"\#(rfc)","name":"\#(plant)","address":"\#(random.below(9))"}"#)
  }

  /// Pieces (6) and kilograms (1), as base unit and otherwise.
  private mutating func addPart(_ part: String, anew: Bool) {
    let base = chance(anew ? 300 : 100) ? 1 : 6
    var conversions: [String] = []
    for uom in [1, 6, 14] where uom != base && !chance(uom == 14 ? 500 : 60) {
      let factor = one(of: ["1000", "0.5", "0.001", "0.333333", "2.54", "1", "12"])
      conversions.append(#"{"uom":\#(uom),"factor":"\#(factor)"}"#)
    }
    let category = one(of: ["108-I", "108-I", "108-I", "108-II", "108-III"])
    add(
      "part",
      """
      {"part":"\(part)","kind":"\(products.contains(part) ? "product" : "material")",\
      "description":"\(random.below(9))","tariffItem":"85332101","nico":"00","uom":\(base),\
      "category":"\(category)","conversions":[\(conversions.joined(separator: ","))]}
      """)
  }

  /// A version of a product's bill, general or of one plant, in force from one of the days on.
  private mutating func addBill(_ product: String) {
    var components: [String] = []
    for _ in 0..<1 + random.below(3) {
      // A product within a product, now and then in a circle; the same part twice.
      let others = products.filter { $0 != product }
      let nests = !others.isEmpty && chance(250)
      let part = nests ? one(of: others) : one(of: parts)
      let perUnit = one(of: ["1", "2", "0.5", "0.25", "1.333333", "3", "0.0000004"])
      var component = #"{"part":"\#(part)","perUnit":"\#(perUnit)""#
      if chance(600) { component += #","waste":"\#(one(of: ["0", "0.1", "0.333333", "1"]))""# }
      if chance(600) { component += #","scrap":"\#(one(of: ["0", "0.05", "0.5", "1"]))""# }
      components.append(component + "}")
    }
    let version = one(of: ["1", "2", "10", "a"])
    let plant = chance(250) ? #""plant":"\#(one(of: plants).name)","# : ""
    let from = chance(600) ? "2023-01-01" : one(of: days)
    add(
      "bom",
      """
      {"product":"\(product)","version":"\(version)","validFrom":"\(from)",\(plant)\
      "components":[\(components.joined(separator: ","))]}
      """)
  }
}

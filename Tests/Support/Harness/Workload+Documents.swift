extension Workload {
  /// One more fact that is not of the catalogue, for the most part.
  mutating func fact() {
    switch random.below(100) {
    case 0..<36: entry()
    case 36..<58: exit()
    case 58..<70: rectification()
    case 70..<84: move()
    case 84..<90: chain()
    case 90..<93: act()
    case 93..<95: stock()
    case 95: notice()
    case 96..<98: submanufacture()
    default: catalogAgain()
    }
  }

  private mutating func entry() {
    let clave = one(of: ["IN", "IN", "IN", "IN", "AF", "E1", "E2", "E3", "E4", "V1", "CT"])
    addPedimento(one(of: numbers), clave, "import", exits: false)
  }

  /// An entry of one line, of the first company.
  mutating func addEntry(of part: String, at plant: String, _ quantity: String, on day: String) {
    let own = numbers.filter { company(of: $0) == companies[0] }
    guard !own.isEmpty else { return }
    add(
      "pedimento",
      """
      {"pedimento":"\(one(of: own))","clave":"IN","operation":"import",\
      "rfc":"\(companies[0])","plant":"\(plant)","paidOn":"\(day)",\
      "lines":[{"line":1,"part":"\(part)","quantity":"\(quantity)","uom":6,\
      "tariffItem":"85332101","nico":"00","valueMXN":"99.99","originCountry":"USA"}]}
      """)
  }

  private mutating func exit() {
    let (clave, operation) = one(of: [
      ("RT", "export"), ("RT", "export"), ("RT", "export"), ("V1", "export"), ("BB", "export"),
      ("V5", "export"), ("V9", "export"), ("F4", "import"), ("F5", "import"), ("A3", "import"),
      ("A3", "import"), ("GC", "export"),
    ])
    addPedimento(one(of: numbers), clave, operation, exits: true)
  }

  /// Of anything: of an entry or an exit, of another rectification, of what is not known yet or
  /// never will be.
  private mutating func rectification() {
    let number = one(of: numbers)
    let rfc = company(of: number)
    let others = numbers.filter { $0 != number && company(of: $0) == rfc }
    let root = others.isEmpty || chance(30) ? Self.number(900) : one(of: others)
    addPedimento(
      number, "R1", one(of: ["import", "export"]), exits: chance(500), rectifies: root)
  }

  private mutating func addPedimento(
    _ number: String, _ clave: String, _ operation: String, exits: Bool, rectifies: String? = nil
  ) {
    let rfc = company(of: number)
    // Line numbers and parts repeat.
    let lines = (0..<1 + random.below(4)).map { _ in line(of: rfc, exits: exits) }
    let plant = plant(of: rfc)
    let before = rectifies.map { #""rectifies":"\#($0)","# } ?? ""
    add(
      "pedimento",
      """
      {"pedimento":"\(number)","clave":"\(clave)","operation":"\(operation)","rfc":"\(rfc)",\
      "plant":"\(plant)","paidOn":"\(one(of: days))",\(before)\
      "lines":[\(lines.joined(separator: ","))]}
      """)
  }

  private mutating func line(of rfc: String, exits: Bool) -> String {
    let finished = !products.isEmpty && chance(exits ? 350 : 20)
    let scrap = chance(exits ? (finished ? 20 : 150) : 10)
    let part = finished ? one(of: products) : one(of: parts)
    let value = one(of: ["0", "0.01", "1", "99.99", "100", "1000000.07", "12.5"])
    return """
      {"line":\(1 + random.below(3)),"part":"\(part)","quantity":"\(quantity())",\
      "uom":\(unit()),"tariffItem":"85332101","nico":"00","valueMXN":"\(value)",\
      "originCountry":"USA"\(finished ? #","finished":true"# : "")\
      \(scrap ? #","scrap":true"# : "")\
      \(discharges(of: rfc, chance: exits ? 200 : 20))}
      """
  }

  mutating func quantity() -> String {
    one(of: [
      "1", "2", "3", "5", "7", "10", "12", "20", "0.5", "2.25", "0.333333", "1.000001", "0.01",
    ])
  }

  mutating func unit() -> Int { one(of: [6, 6, 6, 6, 6, 6, 1, 14]) }

  /// Entries of the company itself, or what may become one.
  private mutating func discharges(of rfc: String, chance perMille: Int) -> String {
    guard chance(perMille) else { return "" }
    let own = numbers.filter { company(of: $0) == rfc }
    let named = (0..<1 + random.below(2)).map { _ in
      let number = own.isEmpty || chance(30) ? Self.number(901) : one(of: own)
      return #"{"pedimento":"\#(number)","line":\#(1 + random.below(3))}"#
    }
    return #","discharges":[\#(named.joined(separator: ","))]"#
  }

  /// Goods that came to a plant, mostly by the document of some move.
  mutating func receipt() {
    let time = one(of: ["T08:00:00Z", "T12:00:00.5Z", "T23:59:59-06:00"])
    let data = """
      {"kind":"received","plant":"\(one(of: plants).name)","part":"\(one(of: parts))",\
      "quantity":"\(quantity())","uom":\(unit()),\
      "document":"MV-\(1 + random.below(5))","occurredAt":"\(one(of: days))\(time)"}
      """
    add("stock", data)
    // The same again as another event adds up.
    if chance(100) { add("stock", data) }
  }

  private mutating func act() {
    let rfc = companies[0]
    let lines = (0..<1 + random.below(2)).map { _ in
      #"{"line":\#(1 + random.below(2)),"part":"\#(one(of: parts))","#
        + #""quantity":"\#(quantity())","uom":\#(unit())\#(discharges(of: rfc, chance: 100))"#
        + (chance(500) ? #","scrap":true}"# : "}")
    }
    add(
      "destruction",
      """
      {"acta":"ACTA-\(1 + random.below(3))","noticeFolio":"AV-1","destroyedOn":"\(one(of: days))",\
      "rfc":"\(rfc)","plant":"\(plant(of: rfc))","lines":[\(lines.joined(separator: ","))]}
      """)
  }

  private mutating func notice() {
    add(
      "destructionNotice",
      """
      {"folio":"AV-\(1 + random.below(2))","noticedOn":"\(one(of: days))",\
      "rfc":"\(companies[0])","plant":"\(one(of: plants).name)",\
      "lines":[{"line":1,"part":"\(one(of: parts))","quantity":"\(quantity())","uom":\(unit())}]}
      """)
  }

  private mutating func stock() {
    let kind = one(of: ["received", "issued", "completed", "scrapped", "shipped", "counted"])
    add(
      "stock",
      """
      {"kind":"\(kind)","plant":"\(one(of: plants).name)","part":"\(one(of: parts))",\
      "quantity":"\(quantity())","uom":\(unit()),"document":"WO-\(random.below(9))",\
      "occurredAt":"\(one(of: days))T10:00:00Z"}
      """)
  }
}

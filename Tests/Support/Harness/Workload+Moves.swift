/// Moves between plants, one by one and in chains.
extension Workload {
  /// Between two plants of a company, for the most part; often of goods that are not there.
  mutating func move() {
    let rfc = one(of: companies)
    let from = plant(of: rfc)
    let others = (plants.map(\.name) + ["X"]).filter { $0 != from }
    let to = chance(40) ? "X" : one(of: others.dropLast())
    guard from != to else { return }
    let part = one(of: parts)
    let data = move(
      rfc, from, to, part, chance(50) ? "1000" : quantity(), unit(),
      "MV-\(1 + random.below(4))", one(of: days))
    add("stock", data)
    // The same again as another event adds up; there and back on the same day.
    if chance(100) { add("stock", data) }
  }

  /// Goods that go from plant to plant: on one day or on several, round in a circle, or back the
  /// way they came. Documents ascend along the chain, or now and then not, and then what they
  /// bring has not come yet.
  mutating func chain() {
    let rfc = companies[0]
    let own = plants.filter { $0.rfc == rfc }.map(\.name)
    guard own.count > 1 else { return move() }
    let part = one(of: parts)
    let quantity = quantity()
    let isOneDay = chance(500)
    var day = random.below(days.count)
    var from = one(of: own)
    // The goods may come late, and before all of it.
    if chance(500) { addEntry(of: part, at: from, "100", on: days[0]) }
    let isBackwards = chance(150)
    for step in 0..<2 + random.below(5) {
      let to = one(of: own.filter { $0 != from })
      let number = 10 + (isBackwards ? 9 - step : step)
      add("stock", move(rfc, from, to, part, quantity, 6, "MV-\(number)", days[day]))
      from = to
      if !isOneDay, day < days.count - 1 { day += random.below(2) }
    }
  }

  private mutating func move(
    _ rfc: String, _ from: String, _ to: String, _ part: String, _ quantity: String, _ unit: Int,
    _ document: String, _ day: String
  ) -> String {
    let time = one(of: ["T08:00:00Z", "T12:00:00Z", "T23:59:59-06:00"])
    return """
      {"kind":"moved","rfc":"\(rfc)","plant":"\(from)","toPlant":"\(to)",\
      "part":"\(part)","quantity":"\(quantity)","uom":\(unit),\
      "document":"\(document)","aviso":"AT-1","occurredAt":"\(day)\(time)"}
      """
  }
}

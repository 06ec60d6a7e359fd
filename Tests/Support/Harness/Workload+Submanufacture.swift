/// Goods that go to sub-manufacturers and come back, more of them than went now and then.
extension Workload {
  mutating func addSubmanufacturer(_ rfc: String) {
    add(
      "submanufacturer",
      """
      {"submanufacturer":"SUB-\(1 + random.below(2))","rfc":"\(rfc)","ownRfc":"XAXX010101000",\
      "name":"Costuras","site":"\(random.below(9))",\
      "validFrom":"\(chance(700) ? "2023-01-01" : one(of: days))"}
      """)
  }

  /// Out, and back as the same part or as another, of a named sending or of any.
  mutating func submanufacture() {
    let rfc = one(of: companies)
    let (plant, part) = (plant(of: rfc), one(of: parts))
    for _ in 0..<1 + random.below(4) {
      let isBack = chance(500)
      let other = one(of: parts)
      let of: String =
        switch random.below(4) {
        case _ where !isBack: ""
        case 0: #","of":{"document":"SM-\#(1 + random.below(3))"}"#
        case 1: #","of":{"part":"\#(other)","quantity":"\#(quantity())","uom":\#(unit())}"#
        default: ""
        }
      add(
        "submanufacture",
        """
        {"kind":"\(isBack ? "returned" : "sent")","rfc":"\(rfc)","plant":"\(plant)",\
        "submanufacturer":"SUB-\(1 + random.below(2))","noticeFolio":"AS-\(1 + random.below(2))",\
        "document":"SM-\(1 + random.below(3))","part":"\(part)","quantity":"\(quantity())",\
        "uom":\(unit()),"occurredAt":"\(one(of: days))T09:00:00Z"\(of)}
        """)
    }
  }
}

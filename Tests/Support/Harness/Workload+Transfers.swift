extension Workload {
  /// A company that is not of the programme, so that its side never comes.
  private static let stranger = "CEX010203EF3"

  /// One more fact about virtual transfers: a side or both, a rectification of one, a decision.
  mutating func transfer() {
    let sender = one(of: companies)
    let others = companies.filter { $0 != sender }
    let receiver = others.isEmpty || chance(100) ? Self.stranger : one(of: others)
    let export = number(of: sender)
    let entry = number(of: receiver)
    switch random.below(10) {
    case 0..<5:
      let lines = transferLines()
      virtual(export, "export", of: sender, to: receiver, names: chance(300) ? entry : nil, lines)
      guard receiver != Self.stranger else { return }
      // What the other side says differs now and then.
      let theirs = chance(700) ? lines : transferLines()
      virtual(entry, "import", of: receiver, to: sender, names: chance(300) ? export : nil, theirs)
    case 5..<7:
      let root = chance(500) ? export : number(of: sender)
      virtual(
        Self.number(220 + 2 * random.below(4) + (companies.firstIndex(of: sender) ?? 0)),
        "export", of: sender, to: chance(500) ? receiver : nil, names: nil, transferLines(),
        rectifies: root)
    default:
      add(
        "transfer.decision",
        """
        {"decision":"\(one(of: ["pair", "pair", "unpair"]))",\
        "sender":{"rfc":"\(sender)","pedimento":"\(export)"},\
        "receiver":{"rfc":"\(receiver)","pedimento":"\(entry)"},\
        "decidedBy":"Ana","reason":"Factura"}
        """)
    }
  }

  /// A number for a company's virtual transfers; few, so that documents are sent again.
  private mutating func number(of rfc: String) -> String {
    Self.number(200 + 2 * random.below(4) + (companies.firstIndex(of: rfc) ?? 0))
  }

  private mutating func transferLines() -> String {
    let lines = (0..<1 + random.below(2)).map { index in
      """
      {"line":\(index + 1),"part":"\(one(of: parts))","quantity":"\(one(of: ["1", "2"]))",\
      "uom":6,"tariffItem":"\(one(of: ["85332101", "39269099"]))","nico":"00",\
      "valueMXN":"\(one(of: ["10", "10", "10.01"]))","originCountry":"USA"}
      """
    }
    return lines.joined(separator: ",")
  }

  private mutating func virtual(
    _ number: String, _ operation: String, of rfc: String, to other: String?, names: String?,
    _ lines: String, rectifies: String? = nil
  ) {
    let named = names.map { #","pedimento":"\#($0)""# } ?? ""
    let party = other.map { #""counterparty":{"rfc":"\#($0)"\#(named)},"# } ?? ""
    let before = rectifies.map { #""rectifies":"\#($0)","# } ?? ""
    add(
      "pedimento",
      """
      {"pedimento":"\(number)","clave":"\(rectifies == nil ? "V1" : "R1")",\
      "operation":"\(operation)","rfc":"\(rfc)","plant":"\(plant(of: rfc))",\
      "paidOn":"\(one(of: days))",\(party)\(before)"lines":[\(lines)]}
      """)
  }
}

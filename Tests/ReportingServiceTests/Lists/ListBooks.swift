import EventLogTesting
import Ledger
import Messages

/// Books with many rows of several reports, of two companies: the same for the same seed.
enum ListBooks {
  static let plants = ["P1", "P2", "P3", "P4"]
  static let other = "DEF010203AB1"
  private static let parts: [(name: String, unit: Int)] = [
    ("A-1", 6), ("B/2 á", 1), ("C,3", 6), ("D\"4", 8),
  ]

  static func make(seed: UInt64 = 1, lots: Int = 20) throws -> DataFolder {
    let data = try DataFolder()
    var random = SeededGenerator(seed: seed)
    try data.send(.catalog, bytes: catalog())
    for (partition, plant) in plants.enumerated() {
      try data.send(
        .ledger, partition: Int32(partition), try ledger(plant, lots: lots, &random))
      try data.send(
        .records, partition: Int32(partition), try records(plant, partition, &random))
    }
    return data
  }

  private static func catalog() -> [[UInt8]] {
    [
      CatalogEvent.company(name: "Uno, S.A."),
      CatalogEvent.company(other, name: "Dos, S.A.", id: "c2"),
    ]
      + plants.enumerated().map { index, plant in
        CatalogEvent.plant(plant, rfc: index < 3 ? Facts.rfc : other, id: "p\(index)")
      }
      + parts.enumerated().map { index, part in
        CatalogEvent.part(
          part.name.replacing("\"", with: "\\\""), uom: part.unit, id: "x\(index)")
      }
  }

  /// Lots with odd quantities, some of what went out of them, and what nothing was there for.
  private static func ledger(
    _ plant: String, lots: Int, _ random: inout SeededGenerator
  ) throws -> [LedgerEntry] {
    var number: Int64 = 0
    return try parts.map { part in
      var entry = Facts.entry(plant, part.name)
      for _ in 0..<lots {
        number += 1
        let whole = 2 + random.below(1_200)
        let due = ["2026-06-30", "2026-07-10", "2027-01-01", nil][random.below(4)]
        let quantity = ["\(whole)", "\(whole).5", "\(whole).000001"][random.below(3)]
        entry.lots.append(
          try Facts.lot(
            number, of: "26000000000000\(random.below(8))", line: Int32(number), quantity,
            value: "\(whole * 10).\(10 + random.below(90))",
            entered: "2026-01-\(10 + random.below(12))", due: due))
        guard random.below(2) == 0 else { continue }
        let taken = "\(random.below(2) == 0 ? whole : 1 + random.below(whole))"
        entry.balances.append(
          try Facts.balance(number, discharged: taken, value: "\(random.below(whole))"))
        entry.demands.append(
          try Facts.demand(
            number, "26000000000090\(random.below(9))", line: Int32(number),
            date: "2026-02-0\(1 + random.below(9))",
            shortage: random.below(3) == 0 ? "1.25" : "0"))
        entry.postings.append(
          try Facts.posting(
            number, demand: number, lot: number, taken, value: "\(random.below(90))"))
      }
      return entry
    }
  }

  private static func records(
    _ plant: String, _ partition: Int, _ random: inout SeededGenerator
  ) throws -> [DocumentRecord] {
    try (0..<12).map { index in
      let lines = try (1...4).map { line in
        RecordLine(
          dueOn: nil, line: Int32(line), nico: "0\(random.below(3))",
          originCountry: ["USA", "CHN"][random.below(2)],
          part: parts[random.below(parts.count)].name, plant: plant,
          quantity: try Quantity("\(1 + random.below(40)).25"),
          tariffItem: ["85340099", "85340001", "84713001"][random.below(3)],
          uom: try Facts.unit([1, 6][random.below(2)]),
          value: try Money("\(random.below(900)).5"))
      }
      return try Facts.record(
        "26\(partition)0000000000\(10 + index)", clave: ["IN", "AF"][random.below(2)],
        lines: lines, pending: index == 0 ? [Facts.pending("w\(partition)")] : [],
        date: "2026-01-\(10 + random.below(12))")
    }
  }
}

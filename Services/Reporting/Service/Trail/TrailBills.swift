import Ledger
import ReportingRules

/// The bills of materials that the exits of a trail were exploded by: those in force at the plant
/// on the day, with their sub-assemblies.
///
/// They are found as the documents stage finds them (Rules.md#R4.1), in the catalogue as it is
/// known now; with that the exits are exploded too.
struct TrailBills {
  /// Cells of ``TrailTable/bills``.
  private(set) var rows: [[String]] = []
  private(set) var isCut = false

  private struct Bill {
    var store: ReadOnlyStore
    var number: Int64
    var product: String
    var version: String
    var validFrom: CalendarDate
    var plant: String
    var source: String
    var id: String
    var time: Int64
  }

  private struct Exit: Hashable {
    var product: String
    var plant: String
    var date: CalendarDate
  }

  private let stores: [ReadOnlyStore]
  private var known: [String: [Bill]] = [:]

  init(_ stores: [ReadOnlyStore], limit: Int, _ postings: [TrailPosting]) throws {
    self.stores = stores
    var seen: Set<Exit> = []
    for posting in postings {
      guard let product = posting.product else { continue }
      let exit = Exit(product: product, plant: posting.plant, date: posting.date)
      guard seen.insert(exit).inserted else { continue }
      guard try add(exit, limit) else { return }
    }
  }

  /// Adds the bills of an exit; false where there is no room.
  private mutating func add(_ exit: Exit, _ limit: Int) throws -> Bool {
    var (open, seen) = ([exit.product], Set([exit.product]))
    while let product = open.popLast() {
      guard let bill = try bill(of: product, at: exit.plant, on: exit.date) else { continue }
      guard rows.count < limit else {
        isCut = true
        return false
      }
      rows.append([
        exit.product, exit.plant, "\(exit.date)", bill.product, bill.version, "\(bill.validFrom)",
        bill.plant, bill.source, bill.id, Instant(nanoseconds: bill.time).description,
      ])
      var parts: [String] = []
      try bill.store.forEachRow(
        "SELECT part FROM component WHERE bill = \(bill.number) ORDER BY position DESC"
      ) { parts.append($0.text(0)) }
      for part in parts where seen.insert(part).inserted { open.append(part) }
    }
    return true
  }

  private mutating func bill(
    of product: String, at plant: String, on date: CalendarDate
  ) throws -> Bill? {
    var best: Bill?
    for bill in try bills(of: product)
    where bill.validFrom <= date && (bill.plant.isEmpty || bill.plant == plant) {
      if best.map({ Self.precedes($0, bill) }) ?? true { best = bill }
    }
    return best
  }

  private mutating func bills(of product: String) throws -> [Bill] {
    if let bills = known[product] { return bills }
    var bills: [Bill] = []
    for store in stores {
      try store.forEachRow(
        """
        SELECT id, version, valid_from, plant, source, event, time FROM bill WHERE product = ?1
        """, [product]
      ) { row in
        bills.append(
          Bill(
            store: store, number: row.integer(0), product: product, version: row.text(1),
            validFrom: row.day(2),
            plant: row.text(3), source: row.text(4), id: row.text(5), time: row.integer(6)))
      }
    }
    known[product] = bills
    return bills
  }

  /// Whether `b` is in force rather than `a`: the plant's own before the general ones, then the
  /// later, then the greater version by code point.
  private static func precedes(_ a: Bill, _ b: Bill) -> Bool {
    if a.plant.isEmpty != b.plant.isEmpty { return a.plant.isEmpty }
    if a.validFrom != b.validFrom { return a.validFrom < b.validFrom }
    return CodePoints.precedes(a.version, b.version)
  }
}

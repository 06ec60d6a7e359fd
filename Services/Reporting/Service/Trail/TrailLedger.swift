import Ledger
import Messages
import SQLite

/// A thing of a partition of the ledger, by its number there.
struct TrailName: Hashable {
  var partition: Int32
  var number: Int64
  var text: String { "\(partition)-\(number)" }
}

/// A posting that stands, with what of its demand and its lot a trail tells.
struct TrailPosting {
  var name: TrailName
  var lot: TrailName
  var plant: String
  var part: String
  var isScrap: Bool
  var document: String
  var line: Int32
  var clave: String
  var date: CalendarDate
  var product: String?
  var toPlant: String?
  var pedimento: String
  var entryLine: Int32
  var enteredOn: CalendarDate
  var incorporated: Quantity
  var waste: Quantity
  var scrap: Quantity
  var value: Money
  var entry: Int64?
  var received: Int64?
  var step: Int32 = 0

  /// The part of the document's line: the product, where that was exploded.
  var linePart: String { product ?? part }
}

/// A lot as it stands.
struct TrailLot {
  /// Where a lot comes from, as the store has it.
  enum Source: Int64 {
    case entry, move, discharge
  }

  var name: TrailName
  var plant: String
  var part: String
  var isScrap: Bool
  var pedimento: String
  var line: Int32
  var clave: String
  var enteredOn: CalendarDate
  var dueOn: CalendarDate?
  var quantity: Quantity
  var discharged: Quantity
  var moved: Quantity
  var value: Money
  var valueOut: Money
  var source: Source
  var sourceOn: CalendarDate?
  var sourceBy: String?
  var sourceLine: Int32?
  var step: Int32 = 0
  /// How a transfer led here; empty where none did.
  var link = ""
}

/// What is wanted of a document: a line of it or all, and what more a row must be.
struct TrailWish<Row> {
  var document: String
  var line: Int32?
  var matches: (Row) -> Bool
}

/// Wishes by their documents.
private struct TrailWishes<Row> {
  let wishes: [TrailWish<Row>]
  private var places: [String: [Int]] = [:]

  init(_ wishes: [TrailWish<Row>]) {
    self.wishes = wishes
    for (place, wish) in wishes.enumerated() { places[wish.document, default: []].append(place) }
  }

  /// The place of the first wish that a row is.
  func place(of row: Row, _ document: String, _ line: Int32) -> Int? {
    places[document]?.first { place in
      (wishes[place].line ?? line) == line && wishes[place].matches(row)
    }
  }

  /// Documents of which all is wanted, and lines: as JSON.
  func parameters() throws -> [String] {
    let whole = Set(wishes.filter { $0.line == nil }.map(\.document)).sorted()
    let lines = Set(wishes.compactMap { wish in wish.line.map { [wish.document, "\($0)"] } })
      .sorted { $0.lexicographicallyPrecedes($1) }
    return [try JSONValueText.text(whole), try JSONValueText.text(lines)]
  }
}

/// Reads postings and lots out of the ledger's stores.
struct TrailLedger {
  let stores: [ReadOnlyStore]

  /// The standing postings of exits and moves that are wished for, each handed over once, with the
  /// place of the first wish that has it.
  ///
  /// - Parameter body: answers whether more is wanted.
  func postings(
    of exits: [TrailWish<TrailPosting>], _ body: (TrailPosting, Int) -> Bool
  ) throws {
    try postings(
      """
      p.demand IN (
        SELECT id FROM demand
        WHERE document IN (SELECT value FROM json_each(?1))
          OR (document, CAST(line AS TEXT)) IN (
            SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?2)))
      """, exits, { ($0.document, $0.line) }, body)
  }

  /// The same for the postings on lots of entries.
  func postings(
    on entries: [TrailWish<TrailPosting>], _ body: (TrailPosting, Int) -> Bool
  ) throws {
    try postings(
      "p.lot IN (SELECT id FROM lot l WHERE \(Self.lotIsOfEntry))", entries,
      { ($0.pedimento, $0.entryLine) }, body)
  }

  /// The lots of entries.
  func lots(of entries: [TrailWish<TrailLot>], _ body: (TrailLot, Int) -> Bool) throws {
    let wishes = TrailWishes(entries)
    for store in stores {
      let rows = try RowCursor(
        store, Self.lots + "WHERE \(Self.lotIsOfEntry) ORDER BY l.id", keys: 0,
        wishes.parameters())
      while !rows.isAtEnd {
        let lot = try Self.lot(rows)
        if let wish = wishes.place(of: lot, lot.pedimento, lot.line) {
          guard body(lot, wish) else { return }
        }
        try rows.step()
      }
    }
  }

  /// Lots by their names.
  func lots(named names: Set<TrailName>, _ body: (TrailLot) -> Void) throws {
    for store in stores {
      let numbers = names.filter { $0.partition == store.partition }.map(\.number).sorted()
      guard !numbers.isEmpty else { continue }
      try store.forEachRow(
        Self.lots + "WHERE l.id IN (SELECT value FROM json_each(?1)) ORDER BY l.id",
        ["[\(numbers.map { "\($0)" }.joined(separator: ","))]"]
      ) { body(try Self.lot($0)) }
    }
  }

  private static let lotIsOfEntry = """
    (l.pedimento IN (SELECT value FROM json_each(?1))
      OR (l.pedimento, CAST(l.line AS TEXT)) IN (
        SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?2)))
    """

  private func postings(
    _ condition: String, _ wishes: [TrailWish<TrailPosting>],
    _ named: (TrailPosting) -> (document: String, line: Int32),
    _ body: (TrailPosting, Int) -> Bool
  ) throws {
    let wishes = TrailWishes(wishes)
    for store in stores {
      let rows = try RowCursor(
        store, Self.postings + "AND \(condition) ORDER BY p.id", keys: 0, wishes.parameters())
      while !rows.isAtEnd {
        let posting = try Self.posting(rows)
        let (document, line) = named(posting)
        if let wish = wishes.place(of: posting, document, line) {
          guard body(posting, wish) else { return }
        }
        try rows.step()
      }
    }
  }

  private static let postings = """
    SELECT p.id, p.lot, b.plant, b.part, b.account, d.document, d.line, d.clave, d.date, d.product,
      d.to_plant, l.pedimento, l.line, l.entered, p.incorporated, p.waste, p.scrap, p.value,
      p.ledger_offset, p.caused_received
    FROM posting p
      JOIN demand d ON d.id = p.demand
      JOIN lot l ON l.id = p.lot
      JOIN book b ON b.id = d.book
    WHERE p.reverses IS NULL AND p.reversed = 0

    """

  private static func posting(_ row: RowCursor) throws -> TrailPosting {
    TrailPosting(
      name: TrailName(partition: row.store.partition, number: row.integer(0)),
      lot: TrailName(partition: row.store.partition, number: row.integer(1)),
      plant: row.text(2), part: row.text(3), isScrap: row.integer(4) == 1, document: row.text(5),
      line: Int32(truncatingIfNeeded: row.integer(6)), clave: row.text(7), date: row.day(8),
      product: row.isNull(9) ? nil : row.text(9), toPlant: row.isNull(10) ? nil : row.text(10),
      pedimento: row.text(11), entryLine: Int32(truncatingIfNeeded: row.integer(12)),
      enteredOn: row.day(13), incorporated: Quantity(millionths: row.integer(14)),
      waste: Quantity(millionths: row.integer(15)), scrap: Quantity(millionths: row.integer(16)),
      value: Money(centavos: row.integer(17)), entry: row.isNull(18) ? nil : row.integer(18),
      received: row.isNull(19) ? nil : row.integer(19))
  }

  private static let lots = """
    SELECT l.id, b.plant, b.part, b.account, l.pedimento, l.line, l.clave, l.entered, l.due,
      l.quantity, l.discharged, l.moved, l.value, l.value_out, l.source, l.source_on, l.source_by,
      l.source_line
    FROM lot l JOIN book b ON b.id = l.book

    """

  private static func lot(_ row: RowCursor) throws -> TrailLot {
    TrailLot(
      name: TrailName(partition: row.store.partition, number: row.integer(0)),
      plant: row.text(1), part: row.text(2), isScrap: row.integer(3) == 1, pedimento: row.text(4),
      line: Int32(truncatingIfNeeded: row.integer(5)), clave: row.text(6), enteredOn: row.day(7),
      dueOn: row.isNull(8) ? nil : row.day(8), quantity: Quantity(millionths: row.integer(9)),
      discharged: Quantity(millionths: row.integer(10)),
      moved: Quantity(millionths: row.integer(11)), value: Money(centavos: row.integer(12)),
      valueOut: Money(centavos: row.integer(13)),
      source: TrailLot.Source(rawValue: row.integer(14)) ?? .entry,
      sourceOn: row.isNull(15) ? nil : row.day(15),
      sourceBy: row.isNull(16) ? nil : row.text(16),
      sourceLine: row.isNull(17) ? nil : Int32(truncatingIfNeeded: row.integer(17)))
  }
}

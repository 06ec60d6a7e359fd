import Ledger

/// Everything of one part that goes to one plant by one document: its moves, in the order of their
/// day and sending plant, and what was received.
struct MovesGroup {
  /// What a row of the stores is; in this order they come.
  enum Row: String {
    case receipt = "1"
    case taken = "2"
    case move = "3"
  }

  /// A move.
  struct Move {
    var date: CalendarDate
    var plant: String
    var rfc: String
    var avisos: String
    /// What the document says.
    var sent: Quantity
    /// What of it lots covered, in millionths.
    var covered: Int128
  }

  /// The receiving plant, in UTF-8 as the other two.
  let plant: [UInt8]
  let part: [UInt8]
  let document: [UInt8]
  private(set) var moves: [Move] = []
  /// In the base unit.
  private(set) var received = Quantity.zero
  /// What was received in units that the catalogue gives no factor for, or beyond what can be
  /// counted in the base unit.
  private(set) var unconverted: [String] = []
  /// When the last was received.
  private(set) var latest: Instant?
  private var covered: [Key: Int128] = [:]

  private struct Key: Hashable {
    var date: CalendarDate
    var plant: String
  }

  /// The group of a row.
  init(_ row: RowCursor) {
    (plant, part, document) = (Array(row.bytes(0)), Array(row.bytes(1)), Array(row.bytes(2)))
  }

  /// Whether a row is of this group.
  func has(_ row: RowCursor) -> Bool {
    plant.elementsEqual(row.bytes(0)) && part.elementsEqual(row.bytes(1))
      && document.elementsEqual(row.bytes(2))
  }

  /// Takes a row.
  ///
  /// - Throws: ``ReportingError``.
  mutating func take(_ row: RowCursor, _ names: CatalogNames) throws {
    switch Row(rawValue: row.text(3)) {
    case .receipt: try takeReceipt(row, names)
    case .taken: covered[Self.key(row)] = row.sum(6)
    case .move:
      let key = Self.key(row)
      moves.append(
        Move(
          date: key.date, plant: key.plant, rfc: row.text(8), avisos: row.text(9),
          sent: Quantity(millionths: row.integer(6)), covered: covered[key] ?? 0))
    case nil: throw ReportingError.failed("\(row.store.path): a row of moves of no kind")
    }
  }

  private mutating func takeReceipt(_ row: RowCursor, _ names: CatalogNames) throws {
    let came = Quantity(millionths: row.integer(7))
    let instant = Instant(nanoseconds: row.integer(8))
    latest = max(latest ?? instant, instant)
    let factor = try names.factor(of: row.integer(6), ofPart: row.bytes(1))
    let sum = factor.flatMap { factor in
      try? received.adding(Quantity(rounding: came.exact * factor))
    }
    if let sum {
      received = sum
    } else {
      unconverted.append("\(came) \(CatalogNames.unit(row.integer(6)))")
    }
  }

  private static func key(_ row: RowCursor) -> Key {
    Key(date: row.day(7), plant: row.text(5))
  }
}

import Ledger
import Messages
import SQLite
import Store

/// Stock events of which only the quantity counts, packed: one row for those of a step, one after
/// the other.
///
/// They are nearly all that a plant sends, and are read again only if one of them is withdrawn. A
/// row of its own for each, with an index by book, cost half of what the stage did for it.
struct PackedStockEvents {
  /// What a withdrawal needs to know of an event.
  struct Event {
    var book: Int32
    var uom: UnitOfMeasure
    var movement: StockEvent.Kind
    var quantity: Quantity
    var document: String
    var isWithdrawn: Bool
  }

  private let db: Connection
  /// An event's number is its place among the bytes of all steps, from 1 on. This is the place of
  /// the step's first.
  private var first: Int64
  /// The events of the step.
  private var bytes: [UInt8] = []

  /// In the first word the book (32 bits), the unit and the kind (8 each) and the length of the
  /// document (16), in the second the quantity, both little-endian; the document's text follows.
  private static let headSize = 16
  /// A row is written once it is that long, in the middle of a step too.
  private static let rowSize = 256 << 10
  private static let kinds = StockEvent.Kind.allCases

  static let migration = StoreMigration(
    "stock events packed by steps",
    """
    CREATE TABLE stock_packed (first INTEGER PRIMARY KEY, events BLOB NOT NULL) STRICT;
    CREATE TABLE stock_packed_out (event INTEGER PRIMARY KEY) STRICT;
    """)

  /// Whether an event is of a kind that is kept here: neither a receipt, of whose document the
  /// others are asked for when one is withdrawn, nor a count, whose latest counts.
  static func keeps(_ kind: StockEvent.Kind) -> Bool { kind != .received && kind != .counted }

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection) throws {
    self.db = db
    first =
      try db.scalar(
        """
        SELECT first + length(events) FROM stock_packed ORDER BY first DESC LIMIT 1
        """, as: Int64.self) ?? 1
  }

  /// Keeps an event; answers its number.
  mutating func append(
    _ movement: StockMovement, _ book: Int32, isWithdrawn: Bool
  ) throws -> Int64 {
    let number = first + Int64(bytes.count)
    guard let length = UInt16(exactly: movement.document.utf8.count),
      let kind = Self.kinds.firstIndex(of: movement.movement)
    else { throw StoreError.failed("a stock event's document is longer than 65,535 bytes") }
    let head =
      UInt64(UInt32(bitPattern: book)) | UInt64(movement.uom.code) << 32 | UInt64(kind) << 40
      | UInt64(length) << 48
    withUnsafeBytes(of: head.littleEndian) { bytes.append(contentsOf: $0) }
    withUnsafeBytes(of: movement.quantity.millionths.littleEndian) {
      bytes.append(contentsOf: $0)
    }
    bytes.append(contentsOf: movement.document.utf8)
    if bytes.count >= Self.rowSize { try save() }
    if isWithdrawn { try set(number, withdrawn: true) }
    return number
  }

  /// An event by its number.
  ///
  /// - Throws: ``StoreError`` if there is none, or what SQLite reports.
  func event(_ number: Int64) throws -> Event {
    let isOut =
      try db.statement("SELECT 1 FROM stock_packed_out WHERE event = ?").bind(number)
      .scalar(as: Int64.self) != nil
    if number >= first {
      return try bytes.withUnsafeBytes { try Self.event(at: number - first, of: $0, isOut) }
    }
    let found = try db.statement(
      "SELECT first, events FROM stock_packed WHERE first <= ? ORDER BY first DESC LIMIT 1"
    ).bind(number).first { row in
      let start: Int64 = try row[0]
      return try row.withUnsafeBytes(1) { try Self.event(at: number - start, of: $0, isOut) }
    }
    guard let found else { throw StoreError.failed("stock event \(number) is not in the store") }
    return found
  }

  /// Says of an event whether it counts.
  func set(_ number: Int64, withdrawn: Bool) throws {
    let statement =
      withdrawn
      ? "INSERT OR IGNORE INTO stock_packed_out (event) VALUES (?)"
      : "DELETE FROM stock_packed_out WHERE event = ?"
    try db.statement(statement).bind(number).run()
  }

  /// Writes the events of the step.
  mutating func save() throws {
    guard !bytes.isEmpty else { return }
    try db.statement("INSERT INTO stock_packed (first, events) VALUES (?, ?)").bind(first, bytes)
      .run()
    first += Int64(bytes.count)
    bytes.removeAll(keepingCapacity: true)
  }

  private static func event(
    at place: Int64, of bytes: UnsafeRawBufferPointer, _ isWithdrawn: Bool
  ) throws -> Event {
    let start = Int(place)
    guard start >= 0, start + headSize <= bytes.count else {
      throw StoreError.failed("a row of stock events ends before the one that was asked for")
    }
    let head = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    let quantity = Int64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: start + 8, as: Int64.self))
    let (code, kind) = (Int(head >> 32 & 0xff), Int(head >> 40 & 0xff))
    let text = start + headSize..<start + headSize + Int(head >> 48)
    guard let uom = UnitOfMeasure(code: code), kinds.indices.contains(kind),
      text.upperBound <= bytes.count
    else { throw StoreError.failed("a stock event is of kind \(kind) in unit \(code)") }
    return Event(
      book: Int32(truncatingIfNeeded: head), uom: uom, movement: kinds[kind],
      quantity: Quantity(millionths: quantity),
      document: String(decoding: UnsafeRawBufferPointer(rebasing: bytes[text]), as: UTF8.self),
      isWithdrawn: isWithdrawn)
  }
}

import DischargeRules
import Ledger
import Messages
import SQLite
import Store

/// What was received by each document in each book of a partition, in all.
///
/// Nearly all of it is of documents that no move ever names, and which ones a move will name is not
/// known when they come. So all sums are kept, in a map that takes some bytes of memory for each
/// (``FingerprintMap``), and told only of the documents that a move has announced. A document is
/// known in it by its fingerprint, as events are.
struct ReceivedDocuments {
  /// By document the ``ReceiptMark``, and by document and unit the sum in millionths.
  private var words: FingerprintMap
  private let keys = FingerprintKeys()

  private static let mapName = "received_by"

  static let migrations = [FingerprintMap.migration("received")]
  static let keyMigrations = [FingerprintMap.migration(mapName)]

  /// A document of a book.
  private struct Place {
    var document: String
    var book: Int32
    /// The key of its ``ReceiptMark``.
    var key: UInt128
  }

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection, _ atHand: FingerprintMap.Limits) throws {
    words = try FingerprintMap(db, name: Self.mapName, limits: atHand)
  }

  /// Takes a receipt that was not taken before; returns what is to be told of its document.
  ///
  /// - Throws: `LedgerError.overflow` where the sum does not fit, or what the store reports.
  mutating func take(_ movement: StockMovement, _ book: Int32) throws -> Receipts? {
    let place = try place(movement.document, book)
    let before = try mark(of: place)
    let known = before.has(movement.uom) ? try sum(of: place, movement.uom) : .zero
    let sum = try known.adding(movement.quantity)
    words.insert(
      try key(of: place, movement.uom), UInt64(bitPattern: sum.millionths))
    var mark = before
    mark.note(movement.uom, at: movement.occurredAt)
    if mark != before { words.insert(place.key, mark.word) }
    return try told(place, mark)
  }

  /// Changes what was received by a document, where a receipt that was taken is withdrawn or counts
  /// again; returns what is to be told of it. A unit of which nothing is left is told with zero.
  ///
  /// - Parameters:
  ///   - millionths: what is more, or less where it is negative.
  ///   - latest: when the last receipt was that counts; nil if none does.
  /// - Throws: `LedgerError.overflow` where the sum does not fit, or what the store reports.
  mutating func change(
    _ name: String, _ book: Int32, by millionths: Int64, _ uom: UnitOfMeasure, latest: Instant?
  ) throws -> Receipts? {
    let place = try place(name, book)
    let before = try mark(of: place)
    let known = before.has(uom) ? try sum(of: place, uom) : .zero
    let (sum, overflow) = known.millionths.addingReportingOverflow(millionths)
    guard !overflow else { throw LedgerError.overflow }
    words.insert(try key(of: place, uom), UInt64(bitPattern: sum))
    var mark = before
    mark.note(uom, onlyAt: latest)
    if mark != before { words.insert(place.key, mark.word) }
    return try told(place, mark)
  }

  /// Notes that goods go to a book by a document; returns what is to be told of it, where receipts
  /// came before.
  ///
  /// - Throws: what the store reports.
  mutating func expect(_ document: String, in book: Int32) throws -> Receipts? {
    let place = try place(document, book)
    var mark = try mark(of: place)
    guard !mark.isAwaited else { return nil }
    mark.isAwaited = true
    words.insert(place.key, mark.word)
    return try told(place, mark)
  }

  mutating func save() throws { try words.save() }

  private func told(_ place: Place, _ mark: ReceiptMark) throws -> Receipts? {
    guard mark.isAwaited else { return nil }
    let sums = try mark.units.map { unit in
      Receipts.Sum(quantity: try sum(of: place, unit), uom: unit)
    }
    guard !sums.isEmpty else { return nil }
    return Receipts(document: place.document, latest: mark.latest, sums: sums)
  }

  private func mark(of place: Place) throws -> ReceiptMark {
    ReceiptMark(word: try words.value(of: place.key) ?? 0)
  }

  private func sum(of place: Place, _ unit: UnitOfMeasure) throws -> Quantity {
    let word = try words.value(of: key(of: place, unit))
    return Quantity(millionths: Int64(bitPattern: word ?? 0))
  }

  private func place(_ document: String, _ book: Int32) throws -> Place {
    Place(document: document, book: book, key: try keys.key("", document, Self.number(book)))
  }

  private func key(of place: Place, _ unit: UnitOfMeasure) throws -> UInt128 {
    try keys.key("", place.document, Self.number(place.book, unit))
  }

  /// A book and, of a sum, a unit, whose codes begin at 1.
  private static func number(_ book: Int32, _ unit: UnitOfMeasure? = nil) -> Int64 {
    Int64(book) << 8 | Int64(unit?.code ?? 0)
  }
}

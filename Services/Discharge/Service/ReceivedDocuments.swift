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
  private var name: [UInt8] = []

  private static let mapName = "received"

  static let migrations = [FingerprintMap.migration(mapName)]

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection, _ atHand: FingerprintMap.Limits) throws {
    words = try FingerprintMap(db, name: Self.mapName, limits: atHand)
  }

  /// Takes a receipt that was not taken before; answers what is to be told of its document.
  ///
  /// - Throws: `LedgerError.overflow` where the sum does not fit, or what the store reports.
  mutating func take(_ movement: StockMovement, _ book: Int32) throws -> Receipts? {
    let document = key(of: movement.document, in: book)
    let before = ReceiptMark(word: try words.value(of: document) ?? 0)
    let known = before.has(movement.uom) ? try sum(of: document, movement.uom) : .zero
    let sum = try known.adding(movement.quantity)
    words.insert(Self.key(of: document, movement.uom), UInt64(bitPattern: sum.millionths))
    var mark = before
    mark.note(movement.uom, at: movement.occurredAt)
    if mark != before { words.insert(document, mark.word) }
    return try told(movement.document, document, mark)
  }

  /// Changes what was received by a document, where a receipt that was taken is withdrawn or counts
  /// again; answers what is to be told of it. A unit of which nothing is left is told with zero.
  ///
  /// - Parameters:
  ///   - millionths: what is more, or less where it is negative.
  ///   - latest: when the last receipt was that counts; nil if none does.
  /// - Throws: `LedgerError.overflow` where the sum does not fit, or what the store reports.
  mutating func change(
    _ name: String, _ book: Int32, by millionths: Int64, _ uom: UnitOfMeasure, latest: Instant?
  ) throws -> Receipts? {
    let document = key(of: name, in: book)
    let before = ReceiptMark(word: try words.value(of: document) ?? 0)
    let known = before.has(uom) ? try sum(of: document, uom) : .zero
    let (sum, overflow) = known.millionths.addingReportingOverflow(millionths)
    guard !overflow else { throw LedgerError.overflow }
    words.insert(Self.key(of: document, uom), UInt64(bitPattern: sum))
    var mark = before
    mark.note(uom, onlyAt: latest)
    if mark != before { words.insert(document, mark.word) }
    return try told(name, document, mark)
  }

  /// Notes that goods go to a book by a document; answers what is to be told of it, where receipts
  /// came before.
  ///
  /// - Throws: what the store reports.
  mutating func expect(_ document: String, in book: Int32) throws -> Receipts? {
    let key = key(of: document, in: book)
    var mark = ReceiptMark(word: try words.value(of: key) ?? 0)
    guard !mark.isAwaited else { return nil }
    mark.isAwaited = true
    words.insert(key, mark.word)
    return try told(document, key, mark)
  }

  mutating func save() throws { try words.save() }

  private func told(_ document: String, _ key: UInt64, _ mark: ReceiptMark) throws -> Receipts? {
    guard mark.isAwaited else { return nil }
    let sums = try mark.units.map { unit in
      Receipts.Sum(quantity: try sum(of: key, unit), uom: unit)
    }
    guard !sums.isEmpty else { return nil }
    return Receipts(document: document, latest: mark.latest, sums: sums)
  }

  private func sum(of document: UInt64, _ unit: UnitOfMeasure) throws -> Quantity {
    let word = try words.value(of: Self.key(of: document, unit)) ?? 0
    return Quantity(millionths: Int64(bitPattern: word))
  }

  private mutating func key(of document: String, in book: Int32) -> UInt64 {
    name.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: book.littleEndian) { name.append(contentsOf: $0) }
    name.append(contentsOf: document.utf8)
    return name.withUnsafeBytes { Fingerprint.of($0) }
  }

  private static func key(of document: UInt64, _ unit: UnitOfMeasure) -> UInt64 {
    Fingerprint.mix(document &+ UInt64(unit.code) &* 0x9E37_79B9_7F4A_7C15)
  }
}

import Ledger
import Messages

/// An open lot that is only in the storage, with what is needed to find its place among others and
/// to tell which demands it may serve.
///
/// Only the lots at the front of a book are drawn on. Of the others, sixteen bytes each are held.
struct RestingLot {
  var enteredOn: CalendarDate
  /// A fingerprint of its entry (``EntryReference/mark``).
  var mark: UInt32
  var id: Int64

  init(_ lot: Lot) {
    enteredOn = lot.enteredOn
    mark = EntryReference(pedimento: lot.pedimento, line: lot.line).mark
    id = lot.id
  }
}

extension EntryReference {
  /// Equal for the same entry, and nearly always different for others.
  var mark: UInt32 {
    let line = UInt64(bitPattern: Int64(line))
    return UInt32(truncatingIfNeeded: Fingerprint.mix(Fingerprint.of(pedimento) &+ line))
  }
}

extension Books {
  /// How many lots are kept in memory.
  public struct LotsAtHand: Sendable {
    /// With how many lots in memory in all books those behind the front of a book are let go.
    public var limit: Int
    /// How many lots of a book are its front.
    public var front: Int

    /// Limits; a front has one lot at least.
    public init(limit: Int = 16_384, front: Int = 16) {
      self.limit = limit
      self.front = max(1, front)
    }
  }

  /// Puts a new lot where demands find it: in memory, or at rest behind others that are.
  mutating func insert(_ lot: Lot, in number: Int32) throws {
    let index = Int(number)
    guard try restsInOrder(lot, in: index) else { return books[index].insert(lot) }
    let place = try place(of: lot, in: index)
    if lot.isDirty { try storage.keep(lot, of: number) }
    books[index].resting.insert(RestingLot(lot), at: place)
  }

  /// Whether a lot comes after every lot in memory where others rest behind those.
  private func restsInOrder(_ lot: Lot, in index: Int) throws -> Bool {
    guard !books[index].resting.isEmpty else { return false }
    return books[index].lots.last.map { Lot.draws($0, before: lot) } ?? true
  }

  /// Where among the resting lots of a book a lot belongs.
  private func place(of lot: Lot, in index: Int) throws -> Int {
    var (low, high) = (0, books[index].resting.count)
    // Nearly always it is the last.
    if let last = books[index].resting.last, try isResting(last, before: lot, index) { return high }
    while low < high {
      let middle = (low + high) / 2
      if try isResting(books[index].resting[middle], before: lot, index) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }

  private func isResting(_ resting: RestingLot, before lot: Lot, _ index: Int) throws -> Bool {
    if resting.enteredOn != lot.enteredOn { return resting.enteredOn < lot.enteredOn }
    return Lot.draws(try storage.lot(resting.id, of: Int32(index)), before: lot)
  }

  /// Brings every lot of a book into memory, in the order in which demands draw, the expired too.
  mutating func gather(_ number: Int32) throws {
    let index = Int(number)
    let ids = (books[index].resting + books[index].restingExpired).map(\.id).sorted()
    guard !ids.isEmpty else { return }
    books[index].lots.reserveCapacity(books[index].lots.count + ids.count)
    for id in ids { books[index].lots.append(try storage.lot(id, of: number)) }
    books[index].lots.append(contentsOf: books[index].expired)
    books[index].expired = []
    books[index].resting = []
    books[index].restingExpired = []
    books[index].first = 0
    books[index].lots.sort(by: Lot.draws)
  }

  /// Lets the lots behind the front rest, once they are stored.
  mutating func letRest(_ number: Int32) {
    countLots(of: number)
    guard lotsAtHand > atHand.limit else { return }
    books[Int(number)].letRest(front: atHand.front)
    countLots(of: number)
  }

  private mutating func countLots(of number: Int32) {
    let count = books[Int(number)].lots.count + books[Int(number)].expired.count
    lotsAtHand += count - books[Int(number)].counted
    books[Int(number)].counted = count
  }
}

extension Book {
  /// Lets go of the lots behind the front and of those that expired; all are stored.
  fileprivate mutating func letRest(front: Int) {
    restingExpired.append(contentsOf: expired.map(RestingLot.init))
    expired = []
    // Twice the front, so that one that is loaded is not let go at once.
    guard lots.count > 2 * front else { return }
    resting.insert(contentsOf: lots[front...].map(RestingLot.init), at: 0)
    lots = Array(lots[..<front])
  }
}

extension BookStorage {
  /// A lot of a book that is known to be stored.
  ///
  /// - Throws: ``BooksError/missingLot(_:)``, or what the storage throws.
  func lot(_ id: Int64, of book: Int32) throws -> Lot {
    guard let lot = try storedLot(id, of: book) else { throw BooksError.missingLot(id) }
    return lot
  }
}

/// What of the books is written to the storage, once a batch.
public protocol BookWriter {
  /// A book that is new or changed.
  mutating func save(_ book: StoredBook, as number: Int32) throws
  /// A lot that is new or changed.
  mutating func save(_ lot: Lot, of book: Int32) throws
  /// A lot that was withdrawn.
  mutating func remove(lot: Int64, of book: Int32) throws
}

/// A book as it is stored, but for its lots.
public struct StoredBook: Sendable, Equatable {
  /// The plant.
  public var plant: String
  /// The part number.
  public var part: String
  /// Its last journal record, -1 for none.
  public var head: Int64
  /// How many lots and demands it has.
  public var facts: Int64
  /// Of an account of scrap the number of the book that it is beside.
  public var scrapOf: Int32?

  /// A book of all its parts.
  public init(plant: String, part: String, head: Int64, facts: Int64, scrapOf: Int32? = nil) {
    self.plant = plant
    self.part = part
    self.head = head
    self.facts = facts
    self.scrapOf = scrapOf
  }
}

extension Books {
  /// Writes what has changed since the last call, and lets go of lots with nothing left
  /// or far from their turn.
  public mutating func save(to writer: inout some BookWriter) throws {
    for (book, lot) in withdrawnLots { try writer.remove(lot: lot, of: book) }
    withdrawnLots.removeAll(keepingCapacity: true)
    for number in dirty {
      let index = Int(number)
      // Not a copy of the book, which would share its lots and have them copied when one changes.
      try writer.save(books[index].stored, as: number)
      for place in books[index].lots.indices where books[index].lots[place].isDirty {
        books[index].lots[place].isDirty = false
        try writer.save(books[index].lots[place], of: number)
      }
      for place in books[index].expired.indices where books[index].expired[place].isDirty {
        books[index].expired[place].isDirty = false
        try writer.save(books[index].expired[place], of: number)
      }
      books[index].compact()
      letRest(number)
      books[index].isDirty = false
    }
    dirty.removeAll(keepingCapacity: true)
  }

  /// Puts a stored book back; books come in the order of their numbers, an account of scrap behind
  /// the book that it is beside.
  public mutating func restore(_ stored: StoredBook) {
    if let scrapOf = stored.scrapOf { books[Int(scrapOf)].scrapBook = Int32(books.count) }
    books.append(Book(stored))
  }

  /// Puts a stored lot with something left back into its book; in any order.
  ///
  /// - Throws: ``BooksError``, or what the storage throws.
  public mutating func restore(_ lot: Lot, of book: Int32) throws {
    try insert(lot, in: book)
    letRest(book)
  }
}

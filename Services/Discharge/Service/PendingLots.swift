import Messages
import SQLite
import Store

/// Lots that moves brought and that are not in their books yet.
///
/// One change at a plant can revise ten thousand lots at another, and each would have all of that
/// book's demands served again. So the lots of a change wait until it is whole, and whole changes
/// wait for their book's turn, which comes back through the log: whatever comes meanwhile is taken
/// with them. What the books do hangs on the order of the records alone, and not on how they were
/// cut into batches.
struct PendingLots {
  /// Of changes that are not whole yet; of one sender in the order in which it sent them.
  private var open: [Change: [Item]] = [:]
  /// Of whole changes, by book; a turn is asked for with the first of them.
  private var waiting: [Int32: [Item]] = [:]
  /// Stored lots that do not wait any more, since the last save.
  private var gone: [Gone] = []
  private var hasNew = false

  private struct Change: Hashable {
    var book: Int32
    var sender: String
  }

  private struct Item {
    var lot: LotMovement
    var isStored: Bool
  }

  private enum Gone {
    case open(Change)
    case waiting(Int32)
  }

  static let migration = StoreMigration(
    "lots that moves brought and that wait",
    """
    CREATE TABLE pending_lot (
      id INTEGER PRIMARY KEY,
      book INTEGER NOT NULL,
      sender TEXT NOT NULL,
      isWhole INTEGER NOT NULL CHECK (isWhole IN (0, 1)),
      movement BLOB NOT NULL
    ) STRICT;
    CREATE INDEX pending_lot_of_book ON pending_lot (book);
    """)

  init(_ db: Connection) throws {
    var reader = MessageReader<Movement>()
    try db.query("SELECT book, sender, isWhole, movement FROM pending_lot ORDER BY id") { row in
      guard case .lot(let lot) = try reader.read(row.unsafeBytes(3)) else {
        throw StoreError.failed("a movement in pending_lot is no lot")
      }
      let (book, item) = (try row[0] as Int32, Item(lot: lot, isStored: true))
      if try row[2] {
        waiting[book, default: []].append(item)
      } else {
        open[Change(book: book, sender: try row[1]), default: []].append(item)
      }
    }
  }

  /// Takes a lot; answers all of its change once it is whole, in their order.
  mutating func change(endingWith lot: LotMovement, _ book: Int32) -> [LotMovement]? {
    let isLast = lot.more != true
    // Nearly always a change is one lot.
    if isLast, open.isEmpty { return [lot] }
    let change = Change(book: book, sender: lot.moved?.plant ?? "")
    guard isLast else {
      open[change, default: []].append(Item(lot: lot, isStored: false))
      hasNew = true
      return nil
    }
    guard let before = open.removeValue(forKey: change) else { return [lot] }
    if before.contains(where: \.isStored) { gone.append(.open(change)) }
    return before.map(\.lot) + [lot]
  }

  /// Lets a whole change wait; answers whether a turn has to be asked for.
  mutating func wait(_ change: [LotMovement], _ book: Int32) -> Bool {
    let isFirst = waiting[book] == nil
    waiting[book, default: []].append(contentsOf: change.map { Item(lot: $0, isStored: false) })
    hasNew = true
    return isFirst
  }

  /// The book's turn: everything that waits for it, in the order in which it came.
  mutating func settle(_ book: Int32) -> [LotMovement] {
    guard let lots = waiting.removeValue(forKey: book) else { return [] }
    if lots.contains(where: \.isStored) { gone.append(.waiting(book)) }
    return lots.map(\.lot)
  }

  /// Writes what has changed since the last call.
  mutating func save(_ db: Connection) throws {
    for item in gone {
      switch item {
      case .open(let change):
        try db.statement("DELETE FROM pending_lot WHERE book = ? AND sender = ? AND isWhole = 0")
          .bind(change.book, change.sender).run()
      case .waiting(let book):
        try db.statement("DELETE FROM pending_lot WHERE book = ? AND isWhole = 1").bind(book).run()
      }
    }
    gone.removeAll(keepingCapacity: true)
    guard hasNew else { return }
    hasNew = false
    for change in Array(open.keys) {
      try Self.store(&open[change, default: []], change, isWhole: false, db)
    }
    for book in Array(waiting.keys) {
      let change = Change(book: book, sender: "")
      try Self.store(&waiting[book, default: []], change, isWhole: true, db)
    }
  }

  private static func store(
    _ items: inout [Item], _ change: Change, isWhole: Bool, _ db: Connection
  ) throws {
    let insert = try db.statement(
      "INSERT INTO pending_lot (book, sender, isWhole, movement) VALUES (?, ?, ?, ?)")
    var bytes: [UInt8] = []
    for index in items.indices where !items[index].isStored {
      bytes.removeAll(keepingCapacity: true)
      Movement.lot(items[index].lot).write(to: &bytes)
      try bytes.withUnsafeBytes { movement in
        try insert.bind(change.book, change.sender, isWhole, movement).run()
      }
      items[index].isStored = true
    }
  }
}

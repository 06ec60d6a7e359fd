import DischargeRules
import EventLog
import Messages
import SQLite
import Store

/// Facts that are late in their books and wait for the books' turns (Decisions/0038), in the store.
///
/// Only how many there are is in memory: they may be as many as the books hold.
struct WaitingFacts {
  private let db: Connection
  /// Of the books for which something waits, or whose turn is on its way.
  private var turns: [Int32: Turn] = [:]
  private var changed: Set<Int32> = []
  /// Where the last fact that a document told came from.
  private var lastSender: Int32 = 0
  private var storedSender: Int32 = 0
  /// Whether something may wait whose turn was never asked for.
  private var hasEarlier = true

  private struct Turn {
    var turn = BookTurn()
    /// The partition of the documents out of which the last of the facts came: their turn comes
    /// back through it, behind whatever else lies there.
    var sender: Int32 = 0
  }

  static let migration = StoreMigration(
    "facts that wait for their book's turn",
    """
    CREATE TABLE waiting (
      book INTEGER NOT NULL,
      input INTEGER NOT NULL,
      fact BLOB NOT NULL,
      PRIMARY KEY (book, input)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE turn (
      book INTEGER PRIMARY KEY,
      waiting INTEGER NOT NULL CHECK (waiting >= 0),
      joined INTEGER NOT NULL CHECK (joined >= 0),
      rounds INTEGER NOT NULL CHECK (rounds >= 0),
      isAsked INTEGER NOT NULL CHECK (isAsked IN (0, 1)),
      sender INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE sender (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      partition INTEGER NOT NULL
    ) STRICT;
    INSERT INTO sender (id, partition) VALUES (1, 0);
    INSERT INTO waiting SELECT book, id, movement FROM pending_lot;
    INSERT INTO turn SELECT book, count(*), count(*), 0, 0, 0 FROM pending_lot GROUP BY book;
    DROP TABLE pending_lot;
    """)

  /// What waited before, by a table of its own: migrations are only ever added at the end.
  static let earlierMigration = StoreMigration(
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

  /// The store's connection outlives this value and is used by its task alone.
  init(_ db: Connection) throws {
    self.db = db
    lastSender = try db.scalar("SELECT partition FROM sender") ?? 0
    storedSender = lastSender
    try db.query("SELECT book, waiting, joined, rounds, isAsked, sender FROM turn") { row in
      turns[try row[0]] = Turn(
        turn: try BookTurn(waiting: row[1], joined: row[2], rounds: row[3], isAsked: row[4]),
        sender: try row[5])
    }
  }

  /// Whether a fact has to wait because others of its book do.
  func waits(for book: Int32) -> Bool { turns[book].map { $0.turn.waiting > 0 } ?? false }

  /// Notes out of which partition of the documents a fact came.
  mutating func note(sender: Int32) { lastSender = sender }

  /// Lets a fact wait.
  ///
  /// - Parameters:
  ///   - fact: the movement that tells it, as it came.
  ///   - input: its offset.
  ///   - facts: how many the book holds.
  mutating func join(
    _ fact: UnsafeRawBufferPointer, _ input: Int64, _ book: Int32, bookOf facts: Int64
  ) throws -> BookTurn.Step {
    try db.statement("INSERT INTO waiting (book, input, fact) VALUES (?, ?, ?)")
      .bind(book, input, fact).run()
    changed.insert(book)
    turns[book, default: Turn()].sender = lastSender
    return turns[book, default: Turn()].turn.join(bookOf: facts)
  }

  /// The book's turn has come round.
  mutating func comeRound(_ book: Int32, bookOf facts: Int64) -> BookTurn.Step {
    guard turns[book] != nil else { return .wait }
    changed.insert(book)
    return turns[book, default: Turn()].turn.comeRound(bookOf: facts)
  }

  /// Asks for the turns of books for which an earlier version of the program let lots wait.
  mutating func askForEarlier() -> [Int32] {
    guard hasEarlier else { return [] }
    hasEarlier = false
    let books = turns.filter { $0.value.turn.waiting > 0 && !$0.value.turn.isAsked }.keys.sorted()
    for book in books {
      changed.insert(book)
      turns[book, default: Turn()].turn.askAgain()
    }
    return books
  }

  /// Through which partition of the documents the book's turn is to come back.
  func sender(of book: Int32) -> Int32 { turns[book]?.sender ?? lastSender }

  /// Takes everything that waits for a book, in the order in which it came.
  func take(_ book: Int32) throws -> [BookFact] {
    var reader = MessageReader<Movement>()
    var facts: [BookFact] = []
    try db.statement("SELECT fact FROM waiting WHERE book = ? ORDER BY input").bind(book)
      .query { row in
        guard let fact = BookFact(try row.withUnsafeBytes(0, { try reader.read($0) }))
        else {
          throw StoreError.failed("what waits for a book is no fact of it")
        }
        facts.append(fact)
      }
    try db.statement("DELETE FROM waiting WHERE book = ?").bind(book).run()
    return facts
  }

  /// Writes what has changed since the last call.
  mutating func save() throws {
    for book in changed.sorted() {
      guard let item = turns[book], !item.turn.isIdle else {
        turns[book] = nil
        try db.statement("DELETE FROM turn WHERE book = ?").bind(book).run()
        continue
      }
      let turn = item.turn
      try db.statement(
        """
        INSERT OR REPLACE INTO turn (book, waiting, joined, rounds, isAsked, sender)
        VALUES (?, ?, ?, ?, ?, ?)
        """
      ).bind(book, turn.waiting, turn.joined, turn.rounds, turn.isAsked, item.sender).run()
    }
    changed.removeAll(keepingCapacity: true)
    guard lastSender != storedSender else { return }
    storedSender = lastSender
    try db.run("UPDATE sender SET partition = ?", lastSender)
  }
}

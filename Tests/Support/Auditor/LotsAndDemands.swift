/// Rules.md#R5.1, first half of the sentence: the total order of facts.
struct SequenceKey: Comparable {
  static let (entry, move, exit) = (0, 1, 2)

  let date: Text
  let rank: Int
  let document: Text
  let line: Int
  var component = 0

  static func < (a: SequenceKey, b: SequenceKey) -> Bool {
    (a.date, a.rank, a.document, a.line, a.component)
      < (b.date, b.rank, b.document, b.line, b.component)
  }
}

/// A book is one plant and part; scrap has one of its own.
struct Book: Hashable {
  let plant: Text
  let part: Text
  var scrap = false
}

/// A supply, and what became of it.
final class Lot {
  let book: Book
  let pedimento: Text
  let line: Int
  let enteredOn: Text
  let dueOn: Text?
  let available: SequenceKey
  /// The move that brought it, or of scrap what tells the demand that left it from others; empty
  /// for an entry.
  let broughtBy: [Text]
  let opened: Exact
  let value: Exact
  var discharged = Exact.zero
  var moved = Exact.zero
  var valueGone = Exact.zero

  init(
    _ book: Book, _ pedimento: Text, _ line: Int, enteredOn: Text, dueOn: Text?,
    available: SequenceKey, broughtBy: [Text] = [], opened: Exact, value: Exact
  ) {
    (self.book, self.pedimento, self.line) = (book, pedimento, line)
    (self.enteredOn, self.dueOn, self.available) = (enteredOn, dueOn, available)
    (self.broughtBy, self.opened, self.value) = (broughtBy, opened, value)
  }

  var balance: Exact { opened - discharged - moved }
}

/// An exit, a move or an act that asks for one part.
struct Demand {
  struct Take {
    let lot: Lot
    let three: Three
    let value: Exact
  }

  var key: SequenceKey
  let book: Book
  let wanted: Three
  /// The product that was exploded; empty for any other line.
  var product: Text = ""
  /// Directed: the only entry lines it may draw on.
  var only: Set<Line.Reference>?
  /// A3.
  var takesExpired = false
  var toPlant: Text?
  /// Tells apart what has the same key: a move's plants, an act's RFC.
  var tie: [Text] = []
  var takes: [Take] = []
  var shortage = Exact.zero

  /// The order of service: where two demands of one document have the same key, that of the lesser
  /// product first, and the one that names no entry before the one that does.
  func precedes(_ other: Demand) -> Bool {
    if key != other.key { return key < other.key }
    if product != other.product { return product < other.product }
    if (only == nil) != (other.only == nil) { return only == nil }
    return tie.lexicographicallyPrecedes(other.tie)
  }
}

/// Rules.md#R6.1, in months; nil for no limit.
func monthsAllowed(clave: Text, category: Text) -> Int? {
  switch (clave, category) {
  case ("AF", _), ("E2", _), ("E4", _), (_, "108-III"): nil
  case (_, "108-II"): 24
  case ("V1", _): 6
  default: 18
  }
}

import Ledger
import Messages

/// The end of a book's sequence, taken apart to be served again.
struct History {
  /// A demand as it was and as it is to be.
  ///
  /// A suffix can be a hundred thousand demands long, and most of them change only in what they
  /// draw. So a demand is held once, with what it drew before beside it, and what few demands have
  /// is kept apart.
  struct Step {
    /// As it is served now.
    var demand: Demand
    /// What it had drawn; nothing for a new demand.
    var oldTakes: [Take]
    private let posted: Posted?
    /// Its record in the journal, -1 for a new demand.
    let pointer: Int64
    /// How many bytes that record has.
    let size: Int

    /// A demand as the journal has it.
    init(posted demand: Demand, pointer: Int64, size: Int) {
      self.demand = demand
      oldTakes = demand.takes
      self.demand.takes = []
      posted = nil
      self.pointer = pointer
      self.size = size
    }

    /// A new demand, or another revision of one.
    init(_ demand: Demand, replacing old: Demand?) {
      self.demand = demand
      oldTakes = old?.takes ?? []
      posted = old.map(Posted.init)
      pointer = -1
      size = 0
    }

    /// As it was posted, if another revision has replaced it.
    var replaced: Demand? { posted?.demand }

    /// As it was posted; nil for a new demand.
    var before: Demand? {
      guard pointer >= 0 else { return replaced }
      var before = demand
      before.takes = oldTakes
      return before
    }

    /// What no lot could give before; nil for a new demand.
    var oldShortage: Int64? {
      guard pointer >= 0 else { return replaced?.shortage }
      return oldTakes.reduce(demand.asked.total) { $0 - $1.total }
    }

    /// Whether it draws what it drew, by the same postings.
    var stands: Bool { pointer >= 0 && demand.takes == oldTakes }

    /// Whether its state differs from what was posted. Without another revision, only the shortage
    /// can differ.
    var isOther: Bool {
      replaced.map { $0.state() != demand.state() } ?? (oldShortage != demand.shortage)
    }

    /// Notes what it draws now: what it drew before, postings and all, if that is the same.
    mutating func draw(_ takes: [Take]) {
      if takes.count == oldTakes.count, zip(takes, oldTakes).allSatisfy({ $0.isSame(as: $1) }) {
        demand.takes = oldTakes
      } else {
        // A copy of its own size; the room of the other is used for the next demand.
        demand.takes = takes.withUnsafeBufferPointer { Array($0) }
      }
    }
  }

  private final class Posted {
    let demand: Demand

    init(_ demand: Demand) { self.demand = demand }
  }

  /// Demands at and after the point from which everything is served again, in their order.
  var steps: [Step]
  /// The journal record before the first of them.
  var previous: Int64
  /// How many bytes the records have that were taken out of the chain.
  let bytes: Int64
  /// The book's lots as they stood before the first of them, in no order.
  var lots: [Lot]
  /// What had gone out of each lot before anything was taken back.
  var before: [Int64: LotBalance]
  /// Demands that are withdrawn.
  var withdrawn: [Demand] = []
  /// Lots that are withdrawn.
  var withdrawnLots: [Lot] = []
  /// Lots that are revised, as they were.
  var revisedLots: [Int64: Lot] = [:]
  /// The first step whose place in the chain is another than before.
  var changedFrom = Int.max

  init(steps: [Step], previous: Int64, lots: [Lot], before: [Int64: LotBalance]) {
    self.steps = steps
    self.previous = previous
    bytes = steps.reduce(0) { $0 + Int64($1.size) }
    self.lots = lots
    self.before = before
  }

  /// A step; nil behind the last.
  func step(at place: Int) -> Step? { place < steps.count ? steps[place] : nil }

  /// The first step whose key is not before this one.
  func place(of key: SequenceKey) -> Int {
    var (low, high) = (0, steps.count)
    while low < high {
      let middle = (low + high) / 2
      if steps[middle].demand.key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

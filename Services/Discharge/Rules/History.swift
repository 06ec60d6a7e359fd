import Messages

/// The end of a book's sequence, taken apart to be served again.
struct History {
  /// A demand as it was and as it is to be.
  struct Step {
    /// As it was posted; nil for a new demand.
    var before: Demand?
    /// As it is served now.
    var after: Demand
    /// Its record in the journal, -1 for a new demand.
    var pointer: Int64
  }

  /// Demands at and after the point from which everything is served again, in their order.
  var steps: [Step]
  /// The journal record before the first of them.
  var previous: Int64
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
    self.lots = lots
    self.before = before
  }

  /// Puts a demand where its key says; in the stead of an old one where there is one.
  mutating func insert(_ demand: Demand, replacing old: Int?) {
    let before = old.flatMap { steps.remove(at: $0).before }
    let index = steps.firstIndex { demand.key < $0.after.key } ?? steps.count
    steps.insert(Step(before: before, after: demand, pointer: -1), at: index)
    changedFrom = min(changedFrom, index)
  }

  /// Takes a demand out of the sequence.
  mutating func withdraw(_ index: Int) {
    if let before = steps.remove(at: index).before { withdrawn.append(before) }
    changedFrom = min(changedFrom, index)
  }
}

/// What the run remembers of the scrap that exports left of one part at one plant. It is an
/// estimate like ``PartState``: what a rectification takes back after scrap was disposed of is left
/// out.
struct ScrapLeft {
  /// Millionths left on earlier days and not disposed of; never below zero.
  private var before: Int64 = 0
  /// Millionths left on `day`: documents of one day go by their numbers, so a disposal of that day
  /// may stand before the export.
  private var fresh: Int64 = 0
  private var day: Int32 = 0
  /// The last day on which everything went.
  private var emptied: Int32 = .min
  /// The last day on which something went.
  private var taken: Int32 = .min

  /// Whether a disposal of that day may find less than what is owed, because another took of it.
  func isTaken(on day: Int32) -> Bool { taken == day }

  /// What a disposal of a day finds for certain.
  func owed(on day: Int32) -> Int64 { day > self.day ? before + fresh : before }

  mutating func leave(_ quantity: Int64, on day: Int32) {
    guard day > emptied else { return }
    before = owed(on: day)
    fresh = day > self.day ? quantity : fresh + quantity
    self.day = day
  }

  /// Takes the oldest first; gives back where the quantity is below zero.
  mutating func take(_ quantity: Int64, on day: Int32) {
    leave(0, on: day)
    taken = day
    fresh = max(0, fresh - max(0, quantity - before))
    before = max(0, before - quantity)
  }

  /// Takes everything, and all that is yet to come of that day.
  mutating func empty(on day: Int32) { self = ScrapLeft(emptied: day) }

  init() {}

  private init(emptied: Int32) { self.emptied = emptied }
}

import EventLogTesting
import Harness

/// What a run is exposed to, drawn from its seed.
struct Conditions {
  var partitions: Int32
  /// The most records that a step takes.
  var limit: Int
  /// The most events that a producer sends at once.
  var chunk: Int
  /// The most steps between two such events.
  var pace: Int
  /// How many steps in a thousand meet with trouble.
  var trouble: Int
  var faults: Faults
  var order: Order
  /// How many events in a thousand come twice.
  var repeats: Int
  var storesAreFiles: Bool
  /// Whether reporting runs too, and sends rows to the report topics.
  var publishes: Bool

  /// How the facts come.
  enum Order: Int, CaseIterable {
    case asMade, backwards, shuffled, someLate
  }

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed &* 5 &+ 2)
    partitions = 1 + Int32(random.below(4))
    limit = [1, 3, 10, 100][random.below(4)]
    chunk = [1, 4, 30, 200][random.below(4)]
    pace = [2, 8, 24][random.below(3)]
    trouble = [0, 20, 100, 300][random.below(4)]
    faults = Faults()
    if random.below(4) > 0 {
      faults = Faults(
        duplicate: [0, 50, 300][random.below(3)], delay: [0, 50, 200][random.below(3)],
        shortRead: [0, 100][random.below(2)], failedAppend: [0, 0, 50][random.below(3)])
    }
    order = Order.allCases[random.below(Order.allCases.count)]
    repeats = [0, 30, 200][random.below(3)]
    storesAreFiles = random.below(100) == 0
    publishes = random.below(4) == 0
  }

  /// The events of a workload as they arrive, the last one first.
  func arrivals(_ workload: Workload, _ random: inout SeededGenerator) -> [[UInt8]] {
    var events = workload.events
    switch order {
    case .asMade: break
    case .backwards: events.reverse()
    case .shuffled: Self.shuffle(&events, &random)
    case .someLate:
      var late: [[UInt8]] = []
      for _ in 0..<events.count / 5 { late.append(events.remove(at: random.below(events.count))) }
      Self.shuffle(&late, &random)
      events += late
    }
    for event in workload.events where random.happens(perMille: repeats) {
      events.insert(event, at: random.below(events.count + 1))
    }
    for event in workload.malformed { events.insert(event, at: random.below(events.count + 1)) }
    return events.reversed()
  }

  /// Not the standard library's, whose way of shuffling may change between releases.
  private static func shuffle(_ items: inout [[UInt8]], _ random: inout SeededGenerator) {
    for index in items.indices.dropFirst() { items.swapAt(index, random.below(index + 1)) }
  }
}

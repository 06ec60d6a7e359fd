/// How many durations were how long; in whole microseconds, because nothing here needs more and
/// integers add up.
public struct DurationHistogram: Sendable, Equatable {
  /// The upper bounds of the buckets, in microseconds, ascending; one more bucket has no bound.
  public let bounds: [Int64]
  /// How many durations fell into each bucket, the boundless one last.
  public private(set) var counts: [Int64]
  /// The sum of all durations, in microseconds; it stays at the greatest number there is rather
  /// than overflow.
  public private(set) var sum: Int64 = 0

  /// Nothing was observed yet.
  public init(bounds: [Duration]) {
    self.bounds = bounds.map(\.microseconds)
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  /// How many durations there were.
  public var count: Int64 { counts.reduce(0, +) }

  /// Adds a duration; one below zero, which clocks that disagree can make, counts as none.
  public mutating func observe(_ duration: Duration) {
    let microseconds = max(0, duration.microseconds)
    counts[bounds.firstIndex { microseconds <= $0 } ?? bounds.count] += 1
    let (total, isTooLarge) = sum.addingReportingOverflow(microseconds)
    sum = isTooLarge ? .max : total
  }

  /// From a millisecond to ten seconds.
  static let ofSteps = DurationHistogram(
    bounds: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000].map { .milliseconds($0) })

  /// From a tenth of a second to thirty days.
  static let ofFreshness = DurationHistogram(
    bounds: [.milliseconds(100), .milliseconds(500)]
      + [1, 5, 15, 60, 300, 1_800, 7_200, 21_600, 86_400, 259_200, 604_800, 2_592_000].map {
        .seconds($0)
      })
}

extension Duration {
  /// In whole microseconds, rounded towards zero; the greatest or least number where there are
  /// more.
  var microseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000)
    guard !isTooLarge else { return seconds < 0 ? .min : .max }
    let (sum, overflows) = whole.addingReportingOverflow(attoseconds / 1_000_000_000_000)
    return overflows ? (seconds < 0 ? .min : .max) : sum
  }
}

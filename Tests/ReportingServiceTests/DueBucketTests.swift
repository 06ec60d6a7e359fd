import ReportingRules
import Testing

/// Buckets have no gap between them, and every day one.
@Suite struct DueBucketTests {
  @Test(
    arguments: [
      (-4_000, "vencido_mas_90"), (-91, "vencido_mas_90"), (-90, "vencido"), (-1, "vencido"),
      (0, "0_30"), (30, "0_30"), (31, "31_60"), (60, "31_60"), (61, "61_90"), (90, "61_90"),
      (91, "91_180"), (180, "91_180"), (181, "181_365"), (365, "181_365"), (366, "mas_365"),
      (Int32.max, "mas_365"), (Int32.min, "vencido_mas_90"),
    ] as [(Int32, String)])
  func daysHaveTheirBucket(_ left: Int32, _ bucket: String) {
    #expect(DueBucket(left: left).rawValue == bucket)
  }

  @Test func whatHasNoLimitIsByItself() {
    #expect(DueBucket(left: nil) == .unlimited)
    #expect(DueBucket.allCases.map(\.place) == Array(1...DueBucket.allCases.count))
    let ends = DueBucket.allCases.dropLast().map(\.days)
    for (a, b) in zip(ends, ends.dropFirst()) { #expect(b.first == a.last.map { $0 + 1 }) }
  }
}

import Testing

@testable import EventLogKafka

/// Offsets without records are believed where they were seen twice.
@Suite struct GapLookTests {
  /// Reads a partition of these offsets, whose end is the last of them plus one; returns what was
  /// taken, and how often reading went back.
  private static func read(_ offsets: [Int64]) -> (taken: [Int64], seeks: Int) {
    var look = GapLook()
    var taken: [Int64] = []
    var next: Int64 = 0
    var seeks = 0
    let end = (offsets.last ?? -1) + 1
    var position = 0
    while next < end {
      let isEnd = position == offsets.count
      let offset = isEnd ? end : offsets[position]
      switch look.judge(offset, next: next, isEnd: isEnd) {
      case .take:
        if !isEnd { taken.append(offset) }
        next = isEnd ? offset : offset + 1
        position += 1
      case .pass: position += 1
      case .again:
        seeks += 1
        look.moved()
        position = offsets.firstIndex { $0 >= next } ?? offsets.count
      }
    }
    return (taken, seeks)
  }

  @Test func manyGapsCostFewLooks() {
    let offsets = stride(from: Int64(3), to: 9_000, by: 3).map { $0 }
    let (taken, seeks) = Self.read(offsets)
    // Over 16, 64, 256, 1,024 and 4,096 records.
    #expect(taken == offsets && seeks == 5)
  }

  @Test func aLookIsBounded() {
    let offsets = stride(from: Int64(1), to: 70_000, by: 2).map { $0 }
    let (taken, seeks) = Self.read(offsets)
    #expect(taken == offsets && seeks == 5 + 3)
  }

  @Test func gapsThatAreFarBetweenCostLittle() {
    let offsets = (Int64(0)..<9_000).filter { $0 % 1_000 != 500 }
    let (taken, seeks) = Self.read(offsets)
    #expect(taken == offsets && seeks == 9)
  }

  @Test func withoutGapsNothingIsReadTwice() {
    let offsets = (Int64(0)..<100).map { $0 }
    let (taken, seeks) = Self.read(offsets)
    #expect(taken == offsets && seeks == 0)
  }

  /// What the first look passed over by mistake, the second finds.
  @Test func aGapThatIsNotThereTwiceIsNone() {
    var look = GapLook()
    #expect(look.judge(5, next: 0, isEnd: false) == .pass)
    #expect(look.judge(6, next: 0, isEnd: true) == .again)
    look.moved()
    for offset: Int64 in 0..<6 {
      #expect(look.judge(offset, next: offset, isEnd: false) == .take)
    }
    // Another gap than before is looked at, too.
    #expect(look.judge(9, next: 6, isEnd: false) == .pass)
  }

  /// A larger gap than before, at the same offset, is another one.
  @Test func aGapThatGrewIsLookedAtAgain() {
    var look = GapLook()
    #expect(look.judge(5, next: 0, isEnd: true) == .again)
    look.moved()
    #expect(look.judge(7, next: 0, isEnd: false) == .pass)
    #expect(look.judge(8, next: 0, isEnd: true) == .again)
    look.moved()
    #expect(look.judge(7, next: 0, isEnd: false) == .take)
  }
}

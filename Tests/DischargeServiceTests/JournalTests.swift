import DischargeRules
import Ledger
import Limits
import Messages
import Testing

/// The journal in its store: what is garbage in it stays within bounds, and no row is large.
@Suite struct JournalTests {
  /// Each late entry has all demands of its book written again.
  @Test(arguments: [false, true]) func garbageStaysWithinBounds(reopens: Bool) throws {
    let stage = try BooksStage(reopens: reopens)
    // A book that nothing late comes into keeps its records, wherever they lie.
    try stage.take((0..<300).map { Self.exit($0, part: "P-2") })
    try stage.take((0..<1_500).map { Self.exit($0) })
    let live = try stage.journalBytes()
    var largest = 0
    var written = 0
    for number in 0..<60 {
      try stage.take(Self.entry(number))
      let before = try stage.journalBytes()
      _ = try stage.comeRound()
      written += max(0, try stage.journalBytes() - before)
      largest = max(largest, try stage.journalBytes())
    }
    #expect(written > 20 * live, "there was no garbage, and so the test tells nothing")
    #expect(Int64(largest) <= 3 * Int64(live) * 5 / 4 + Books.garbageLeft + 200_000)
    #expect(try stage.longestRow() <= Limits.row)
    // What was moved is as it was: of both books everything is drawn again.
    try stage.take(Self.entry(99, part: "P-2", quantity: 300))
    let other = try stage.comeRound().flatMap(\.demands)
    #expect(other.count == 300 && other.allSatisfy { $0.shortage == .zero })
    try stage.take(Self.entry(98, quantity: 1_500 - 60 + 7))
    _ = try stage.comeRound()
    let left = try stage.take(Self.exit(9_999, quantity: 9)).flatMap(\.demands)
    #expect(left.map(\.shortage.description) == ["2"])
  }

  /// A demand that draws on very many lots has a record that no row holds.
  @Test(arguments: [false, true]) func aRecordLargerThanARowIsReadAsItWasWritten(
    reopens: Bool
  ) throws {
    let stage = try BooksStage(reopens: reopens)
    let lots = 90_000
    try stage.take((0..<lots).map { Self.entry($0) })
    try stage.take([Self.exit(1, quantity: Int64(lots) + 1), Self.exit(2)])
    #expect(try stage.journalBytes() > Limits.row && stage.longestRow() == Limits.row)
    try stage.take(Self.entry(lots + 1))
    let told = try stage.comeRound()
    // The late entry is drawn on last, and only what was short is posted.
    #expect(told.flatMap(\.postings).count == 1)
    #expect(told.flatMap(\.demands).map(\.shortage) == [.zero])
  }

  private static func entry(_ number: Int, part: String = "P-1", quantity: Int64 = 1) -> Movement {
    .lot(
      LotMovement(
        clave: "IN", dueOn: nil, enteredOn: CalendarDate(days: 19_000), line: 1, part: part,
        pedimento: "2624\(100_000_000 + number)", plant: "MTY-1",
        quantity: Quantity(millionths: quantity * 1_000_000), revision: 1,
        value: Money(centavos: 12_345)))
  }

  private static func exit(_ number: Int, part: String = "P-1", quantity: Int64 = 1) -> Movement {
    .demand(
      DemandMovement(
        clave: "RT", component: 0, date: CalendarDate(days: 19_200),
        document: "2634345\(10_000_000 + number)",
        incorporated: Quantity(millionths: quantity * 1_000_000), line: 1, part: part,
        plant: "MTY-1", product: "P-001", revision: 1, scrap: .zero, waste: .zero))
  }
}

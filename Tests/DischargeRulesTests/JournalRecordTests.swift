import Ledger
import Messages
import Testing

@testable import DischargeRules

@Suite struct JournalRecordTests {
  @Test func aRecordIsReadAsItWasWritten() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let (demand, previous) = (demand(&random), Self.integer(&random))
      let bytes = Self.written(demand, previous)
      // Others follow it in the journal.
      let record = (bytes + [9, 9, 9]).withUnsafeBytes { JournalRecord($0) }
      #expect(record?.demand == demand)
      #expect(record?.previous == previous)
    }
  }

  @Test func aRecordThatIsCutIsNone() {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<50 {
      let bytes = Self.written(demand(&random), 12)
      for count in 0..<bytes.count {
        #expect(bytes[..<count].withUnsafeBytes { JournalRecord($0) } == nil)
      }
    }
    // Counts that no record can have, and an integer of more than 64 bits.
    for bytes in [[], [3], [2] + [UInt8](repeating: 0xFF, count: 40)] as [[UInt8]] {
      #expect(bytes.withUnsafeBytes { JournalRecord($0) } == nil)
    }
  }

  @Test func commonRecordsAreShort() throws {
    let key = SequenceKey(
      date: try CalendarDate("2026-03-01"), rank: .exit, document: "262434566000002", line: 1,
      product: "RADIO")
    let demand = Demand(
      id: 1_000_000, revision: 1, key: key, clave: "RT",
      asked: Split(incorporated: 20_000_000, waste: 0, scrap: 0), directed: [], toPlant: nil,
      takes: [
        Take(
          lot: 100_000, quantity: Split(incorporated: 20_000_000, waste: 0, scrap: 0),
          value: 123_456, posting: 1_200_000)
      ])
    #expect(Self.written(demand, 7 << 32 | 100_000).count < 80)
  }

  /// What stores of an earlier program hold: integers in their own width.
  @Test func theFirstLayoutStaysReadable() throws {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<200 {
      let (demand, previous) = (demand(&random), Self.integer(&random))
      let bytes = Self.firstLayout(demand, previous)
      let record = bytes.withUnsafeBytes { JournalRecord($0) }
      #expect(record?.demand == demand)
      #expect(record?.previous == previous)
      #expect(bytes.dropLast().withUnsafeBytes { JournalRecord($0) } == nil)
    }
  }

  private static func written(_ demand: Demand, _ previous: Int64) -> [UInt8] {
    var bytes: [UInt8] = []
    let count = JournalRecord.write(demand, previous: previous, over: &bytes)
    return Array(bytes[..<count])
  }

  private static func firstLayout(_ demand: Demand, _ previous: Int64) -> [UInt8] {
    var writer = ByteWriter()
    func write(_ split: Split) {
      for value in [split.incorporated, split.waste, split.scrap] { writer.integer(value) }
    }
    writer.integer(UInt8(1))
    writer.integer(previous)
    writer.integer(demand.key.date.days)
    writer.integer(demand.key.rank.rawValue)
    writer.integer(demand.key.line)
    writer.integer(demand.key.component)
    writer.text(demand.key.document)
    writer.text(demand.key.product)
    writer.integer(demand.id)
    writer.integer(demand.revision)
    writer.text(demand.clave)
    write(demand.asked)
    writer.text(demand.toPlant ?? "")
    writer.integer(UInt32(demand.directed.count))
    for entry in demand.directed {
      writer.text(entry.pedimento)
      writer.integer(entry.line)
    }
    writer.integer(UInt32(demand.takes.count))
    for take in demand.takes {
      writer.integer(take.lot)
      write(take.quantity)
      writer.integer(take.value)
      writer.integer(take.posting)
    }
    return writer.bytes
  }

  private func demand(_ random: inout SeededGenerator) -> Demand {
    let texts = ["", "RT", "262434566000002", String(repeating: "ñ", count: 300)]
    let directed = (0..<random.below(3)).map { _ in
      EntryReference(pedimento: texts[random.below(4)], line: Self.short(&random))
    }
    let key = SequenceKey(
      date: CalendarDate(days: Self.short(&random)), rank: [.entry, .move, .exit][random.below(3)],
      document: texts[random.below(4)], line: Self.short(&random),
      component: Self.short(&random), product: texts[random.below(4)],
      directed: !directed.isEmpty)
    return Demand(
      id: Self.integer(&random), revision: Self.integer(&random), key: key,
      clave: texts[random.below(4)], asked: Self.split(&random), directed: directed,
      toPlant: [nil, "P-2"][random.below(2)],
      takes: (0..<random.below(4)).map { _ in
        Take(
          lot: Self.integer(&random), quantity: Self.split(&random),
          value: Self.integer(&random), posting: Self.integer(&random))
      })
  }

  private static func split(_ random: inout SeededGenerator) -> Split {
    Split(incorporated: integer(&random), waste: integer(&random), scrap: integer(&random))
  }

  /// Integers of every length, both signs, and both ends.
  private static func integer(_ random: inout SeededGenerator) -> Int64 {
    switch random.below(8) {
    case 0: Int64.max
    case 1: Int64.min
    case 2: 0
    default: (Int64(random.below(1 << 32)) - 1 << 31) << Int64(random.below(30))
    }
  }

  private static func short(_ random: inout SeededGenerator) -> Int32 {
    [Int32.max, .min, 0, 1, -1, Int32(random.below(1 << 20))][random.below(6)]
  }
}

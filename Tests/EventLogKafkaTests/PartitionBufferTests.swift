import EventLog
import EventLogTesting
import Testing

@testable import EventLogKafka

@Suite struct PartitionBufferTests {
  private typealias Chunk = PartitionBuffer.Chunk

  // MARK: Seeking

  @Test func nothingIsTakenBeforeAnybodySaidFromWhere() {
    let buffer = PartitionBuffer()
    buffer.set(tenure: 1)
    #expect(buffer.look(5) == .elsewhere && buffer.wantedSeek == nil)
    buffer.seek(to: 5, tenure: 1)
    #expect(buffer.wantedSeek == 5)
    // The seek is under way, so there is nothing yet; for another offset it is the wrong one.
    #expect(buffer.look(5) == .nothing && buffer.look(6) == .elsewhere)
    buffer.sought(5)
    #expect(buffer.wantedSeek == nil && buffer.look(5) == .nothing)
    _ = buffer.add([.records(5..<8)], tenure: 1)
    #expect(buffer.look(5) == .records([5, 6, 7], next: 8))
    #expect(buffer.look(8) == .nothing && buffer.look(5) == .elsewhere)
  }

  @Test func whatComesWhileASeekIsUnderWayIsFromElsewhere() {
    let buffer = PartitionBuffer.at(0)
    _ = buffer.add([.records(0..<3)], tenure: 1)
    buffer.seek(to: 90, tenure: 1)
    let pauses = buffer.add([.records(3..<4)], tenure: 1)
    #expect(!pauses)
    buffer.sought(90)
    #expect(buffer.look(90) == .nothing)
    _ = buffer.add([.records(90..<91)], tenure: 1)
    #expect(buffer.look(90) == .records([90], next: 91))
  }

  @Test func anotherSeekOvertakesTheFirst() {
    let buffer = PartitionBuffer.at(0)
    buffer.seek(to: 10, tenure: 1)
    buffer.seek(to: 20, tenure: 1)
    buffer.sought(10)
    #expect(buffer.wantedSeek == 20 && buffer.look(10) == .elsewhere)
    buffer.sought(20)
    #expect(buffer.wantedSeek == nil && buffer.look(20) == .nothing)
  }

  // MARK: Limits

  @Test func aTakeKeepsToItsLimitOfRecords() {
    let buffer = PartitionBuffer.at(0)
    _ = buffer.add([.records(0..<3), .records(3..<9)], tenure: 1)
    #expect(buffer.look(0, records: 2) == .records([0, 1], next: 2))
    #expect(buffer.look(2, records: 4) == .records([2, 3, 4, 5], next: 6))
    #expect(buffer.look(6, records: 100) == .records([6, 7, 8], next: 9))
    #expect(buffer.look(9) == .nothing)
  }

  /// A record goes as far as it begins within the limit, so that one that is larger goes at all.
  @Test func aTakeKeepsToItsLimitOfBytes() {
    let buffer = PartitionBuffer.at(0)
    let size = Chunk.records(0..<1, size: 1_000).bytes
    _ = buffer.add([.records(0..<4, size: 1_000), .records(4..<6, size: 1_000)], tenure: 1)
    #expect(buffer.look(0, bytes: 1) == .records([0], next: 1))
    #expect(buffer.look(1, bytes: 2 * size) == .records([1, 2], next: 3))
    #expect(buffer.look(3, bytes: 2 * size) == .records([3, 4], next: 5))
    #expect(buffer.look(5, bytes: 2 * size) == .records([5], next: 6))
  }

  @Test func aRunThatIsCutKeepsItsSource() throws {
    let source = TopicPartition("saldo.movements", 2)
    let buffer = PartitionBuffer.at(0)
    _ = buffer.add([.records(0..<2), .records(2..<5, source: source)], tenure: 1)
    guard case .batch(let first, _) = buffer.taken(0, records: 3),
      case .batch(let second, _) = buffer.taken(3)
    else { throw NotTaken() }
    #expect(first.segments.map(\.source) == [nil, source])
    #expect(first.segments.map(\.baseOffset) == [0, 2])
    #expect(second.segments.map(\.source) == [source])
    #expect(second.segments.map(\.baseOffset) == [3] && second.nextOffset == 5)
  }

  /// Marks of transactions, and what compaction removed.
  @Test func offsetsWithoutRecordsAreStoodOver() {
    let buffer = PartitionBuffer.at(0)
    _ = buffer.add([Chunk(segment: nil, end: 4), .records(4..<6)], tenure: 1)
    #expect(buffer.look(0) == .records([4, 5], next: 6))
    _ = buffer.add([Chunk(segment: nil, end: 9)], tenure: 1)
    #expect(buffer.look(6) == .records([], next: 9))
    #expect(buffer.look(9) == .nothing)
  }

  // MARK: How much is read ahead

  @Test func fetchingPausesAboveTheHighWaterAndGoesOnBelowTheLow() {
    let buffer = PartitionBuffer.at(0)
    // A quarter of the high water each.
    func chunk(_ number: Int64) -> Chunk {
      .records(number..<number + 1, size: PartitionBuffer.highWater / 4)
    }
    let pauses = (0..<5).map { buffer.add([chunk($0)], tenure: 1) }
    #expect(pauses == [false, false, false, true, false])
    let resumesFull = buffer.resumes()
    #expect(!resumesFull)
    // Each take leaves a quarter less; the low water is a quarter.
    #expect((0..<3).map { buffer.isLow(after: $0) } == [false, false, false])
    let resumesAtTwo = buffer.resumes()
    #expect(!resumesAtTwo)
    #expect(buffer.isLow(after: 3) == false && buffer.isLow(after: 4) == true)
    let resumes = [buffer.resumes(), buffer.resumes()]
    #expect(resumes == [true, false])
    // From then on it is as at first.
    #expect((5..<8).map { buffer.add([chunk($0)], tenure: 1) } == [false, false, false])
    #expect(buffer.add([chunk(8)], tenure: 1))
  }

  @Test func aSeekForgetsThatFetchingWasPaused() {
    let buffer = PartitionBuffer.at(0)
    let large = Chunk.records(0..<1, size: PartitionBuffer.highWater)
    #expect(buffer.add([large], tenure: 1))
    buffer.seek(to: 7, tenure: 1)
    buffer.sought(7)
    let resumes = buffer.resumes()
    #expect(!resumes)
    #expect(buffer.add([.records(7..<8, size: PartitionBuffer.highWater)], tenure: 1))
  }

  // MARK: Tenures

  @Test func aTenureThatIsOverIsLost() {
    let buffer = PartitionBuffer.at(0)
    _ = buffer.add([.records(0..<3)], tenure: 1)
    buffer.set(tenure: nil)
    #expect(buffer.tenure == nil && buffer.look(0) == .lost)
    buffer.set(tenure: 2)
    #expect(buffer.look(0) == .lost)
    // Nothing of the earlier one is there, and nothing that it still has under way comes in.
    #expect(buffer.look(0, tenure: 2) == .elsewhere)
    buffer.seek(to: 0, tenure: 1)
    #expect(buffer.wantedSeek == nil)
    buffer.seek(to: 0, tenure: 2)
    buffer.sought(0)
    _ = buffer.add([.records(0..<3)], tenure: 1)
    #expect(buffer.look(0, tenure: 2) == .nothing)
  }

  @Test func aFailureIsToldUntilTheTenureIsOver() {
    let buffer = PartitionBuffer.at(0)
    _ = buffer.add([.records(0..<3)], tenure: 1)
    buffer.fail(.damaged("t/0: gone"))
    #expect(buffer.look(0) == .failed(.damaged("t/0: gone")))
    #expect(buffer.look(9) == .failed(.damaged("t/0: gone")))
    buffer.set(tenure: 2)
    #expect(buffer.look(0, tenure: 2) == .elsewhere)
  }

  @Test func oneTakeIsUnderWayAtATime() {
    let buffer = PartitionBuffer()
    let begun = [buffer.begin(), buffer.begin()]
    #expect(begun == [true, false])
    // Whoever waits within a take is still in it when the partition comes back.
    buffer.set(tenure: 1)
    let during = buffer.begin()
    #expect(!during)
    buffer.finish()
    let after = buffer.begin()
    #expect(after)
  }

  /// Everything that may end a take's wait is told.
  @Test func waitsAreEnded() {
    let buffer = PartitionBuffer()
    func advances(_ body: () -> Void) -> Bool {
      let seen = buffer.changes.changes
      body()
      return buffer.changes.changes > seen
    }
    #expect(advances { buffer.set(tenure: 1) })
    buffer.seek(to: 0, tenure: 1)
    #expect(advances { buffer.sought(0) })
    #expect(advances { _ = buffer.add([.records(0..<1)], tenure: 1) })
    #expect(advances { buffer.fail(.closed) })
    _ = buffer.begin()
    #expect(advances { buffer.finish() })
    #expect(advances { buffer.set(tenure: nil) })
  }

  /// What is added comes out, in order and once, whatever the chunks and the limits.
  @Test(arguments: 0..<50 as Range<UInt64>)
  func nothingIsLostOrRepeated(_ seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let buffer = PartitionBuffer.at(100)
    var (added, taken): (Int64, Int64) = (100, 100)
    var (expected, found): ([Int64], [Int64]) = ([], [])
    // More than a thousand chunks, after which the buffer moves them up.
    for _ in 0..<3_000 {
      if generator.below(2) == 0 {
        let end = added + 1 + Int64(generator.below(5))
        if generator.below(4) == 0 {
          _ = buffer.add([Chunk(segment: nil, end: end)], tenure: 1)
        } else {
          _ = buffer.add([.records(added..<end)], tenure: 1)
          expected += Array(added..<end)
        }
        added = end
      } else {
        let limit = (1 + generator.below(6), 1 + generator.below(200))
        switch buffer.look(taken, records: limit.0, bytes: limit.1) {
        case .records(let offsets, let next):
          #expect(offsets.count <= limit.0, "seed \(seed)")
          found += offsets
          taken = next
        case .nothing: #expect(taken == added, "seed \(seed)")
        case let other: Issue.record("\(other), seed \(seed)")
        }
      }
    }
    while case .records(let offsets, let next) = buffer.look(taken) {
      found += offsets
      taken = next
    }
    #expect(found == expected && taken == added, "seed \(seed)")
  }
}

import Foundation
import Ledger
import ReportingRules
import Synchronization
import Testing

@testable import ReportingService

/// How a report that a thread makes gets to the task that sends it.
@Suite struct ReportStreamTests {
  @Test func piecesComeInOrderAndNoMoreAreMadeThanWait() async throws {
    // The pool's two threads may have other tests for minutes.
    let channel = PieceChannel(patience: 3_600)
    let made = Counter()
    Thread.detachNewThread {
      do {
        try channel.waitUntilWanted()
        for number in 0..<200 {
          try channel.put([UInt8(number)])
          made.add()
        }
        channel.end(.success(()))
      } catch {
        channel.end(.failure(error))
      }
    }
    #expect(made.value == 0, "nothing before it is asked for")
    var got: [UInt8] = []
    while let piece = try await channel.next() {
      got += piece
      // What was taken, and what waits.
      #expect(made.value <= got.count + 1)
    }
    #expect(got == Array(0..<200))
    #expect(try await channel.next() == nil)
  }

  @Test func whatGoesWrongComesBehindWhatWasMade() async throws {
    let channel = PieceChannel()
    try channel.put([1])
    channel.end(.failure(ReportingError.failed("x")))
    #expect(try await channel.next() == [1])
    await #expect(throws: ReportingError.failed("x")) { try await channel.next() }
  }

  @Test func aClientThatTakesNothingIsGivenUpOn() throws {
    let channel = PieceChannel(patience: 0)
    try channel.put([1])
    #expect(throws: PieceChannel.TooSlow.self) { try channel.put([2]) }
  }

  @Test func nobodyWaitsForAClientThatIsGone() async throws {
    let channel = PieceChannel()
    try channel.put([1])
    channel.cancel()
    #expect(throws: CancellationError.self) { try channel.put([2]) }
    #expect(throws: CancellationError.self) { try channel.waitUntilWanted() }
    await #expect(throws: CancellationError.self) { try await channel.next() }

    let other = PieceChannel()
    let task = Task { try await other.next() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(throws: CancellationError.self) { try other.put([1]) }
  }

  @Test func aStreamThatNobodyReadsEndsItsThread() async throws {
    let data = try DataFolder()
    try data.send(.ledger, [Facts.entry(lots: [try Facts.lot(1, "10")])])
    let export = ReportExport(dataDirectory: data.path, today: try CalendarDate("2026-07-01"))
    let (ends, end) = AsyncStream.makeStream(of: Void.self)
    var stream: ReportStream? = try await ReportStream.open(
      export, .balances, as: .csv, RowFilter()
    ) { end.finish() }
    #expect(stream?.mark.isEmpty == false)
    stream = nil
    for await _ in ends {}
  }

  @Test func aLongReportComesInPiecesAndIsWhole() async throws {
    let data = try DataFolder()
    for partition: Int32 in 0..<4 {
      let lots = try (1...1_500).map { number in
        try Facts.lot(Int64(number), line: Int32(number), "1")
      }
      try data.send(
        .ledger, partition: partition,
        lots.map { Facts.entry("P\(partition)", "M-\(partition)", lots: [$0]) })
    }
    let export = ReportExport(dataDirectory: data.path, today: try CalendarDate("2026-07-01"))
    let expected = try #require(try data.export()["saldos"])
    let stream = try await ReportStream.open(export, .balances, as: .csv, RowFilter()) {}
    var (bytes, pieces) = ([UInt8](), 0)
    while let piece = try await stream.next() {
      bytes += piece
      pieces += 1
      #expect(piece.count < 300 << 10)
    }
    #expect(pieces > 1)
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test func soManyReportsAreMadeAtATime() {
    let gate = ReportGate(2)
    #expect(gate.enter() && gate.enter() && !gate.enter())
    gate.leave()
    #expect(gate.enter() && !gate.enter())
  }

  /// Counts what another thread does.
  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .sequentiallyConsistent) }
    func add() { count.add(1, ordering: .sequentiallyConsistent) }
  }
}

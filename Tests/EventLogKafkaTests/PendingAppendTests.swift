import EventLog
import Testing

@testable import EventLogKafka

@Suite(.timeLimit(.minutes(10))) struct PendingAppendTests {
  @Test func nothingSentIsNotWaitedFor() async throws {
    let failure = try await PendingAppend().wait(for: 0)
    #expect(failure == nil)
  }

  @Test func answersMayComeBeforeTheWait() async throws {
    let pending = PendingAppend()
    pending.answered(2, failure: nil)
    pending.answered(1, failure: .failed("first"))
    pending.answered(1, failure: .failed("second"))
    let failure = try await pending.wait(for: 4)
    #expect(failure == .failed("first"))
  }

  /// Brokers answer in pieces, from another thread; whether before or during the wait.
  @Test(arguments: 0..<50)
  func theLastAnswerEndsTheWait(_ yields: Int) async throws {
    let pending = PendingAppend()
    let answers = Task {
      for _ in 0..<yields % 5 { await Task.yield() }
      pending.answered(3, failure: nil)
      pending.answered(7, failure: yields == 7 ? .closed : nil)
    }
    let failure = try await pending.wait(for: 10)
    #expect(failure == (yields == 7 ? .closed : nil))
    await answers.value
  }

  /// librdkafka still names it, so it must not go before its answers are in, whoever waits.
  @Test func itLivesUntilItsAnswersAreIn() async throws {
    weak var remembered: PendingAppend?
    let address: UnsafeMutableRawPointer
    do {
      let pending = PendingAppend()
      pending.begin()
      remembered = pending
      address = Unmanaged.passUnretained(pending).toOpaque()
      let wait = Task { try await pending.wait(for: 2) }
      wait.cancel()
      await #expect(throws: CancellationError.self) { try await wait.value }
    }
    #expect(remembered != nil)
    let known = Unmanaged<PendingAppend>.fromOpaque(address)
    known.takeUnretainedValue().answered(1, failure: nil)
    #expect(remembered != nil)
    known.takeUnretainedValue().answered(1, failure: .failed("refused"))
    #expect(remembered == nil)
  }

  @Test func whoCannotWaitForEverIsToldThatItMayStillBeWritten() async throws {
    let pending = PendingAppend()
    pending.begin()
    let error = await #expect(throws: EventLogError.self) {
      try await pending.wait(for: 1, within: .milliseconds(20))
    }
    #expect("\(String(describing: error))".contains("may still be written"))
    pending.answered(1, failure: nil)
  }
}

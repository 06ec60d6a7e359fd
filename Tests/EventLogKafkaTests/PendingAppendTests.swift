import EventLog
import Testing

@testable import EventLogKafka

@Suite(.timeLimit(.minutes(10))) struct PendingAppendTests {
  @Test func nothingSentIsNotWaitedFor() async {
    let failure = await PendingAppend().wait(for: 0)
    #expect(failure == nil)
  }

  @Test func answersMayComeBeforeTheWait() async {
    let pending = PendingAppend()
    pending.answered(2, failure: nil)
    pending.answered(1, failure: .failed("first"))
    pending.answered(1, failure: .failed("second"))
    let failure = await pending.wait(for: 4)
    #expect(failure == .failed("first"))
  }

  /// Brokers answer in pieces, from another thread; whether before or during the wait.
  @Test(arguments: 0..<50)
  func theLastAnswerEndsTheWait(_ yields: Int) async {
    let pending = PendingAppend()
    let answers = Task {
      for _ in 0..<yields % 5 { await Task.yield() }
      pending.answered(3, failure: nil)
      pending.answered(7, failure: yields == 7 ? .closed : nil)
    }
    let failure = await pending.wait(for: 10)
    #expect(failure == (yields == 7 ? .closed : nil))
    await answers.value
  }

  /// librdkafka still names it, so it must not go before its answers are in.
  @Test func cancellingDoesNotEndTheWait() async {
    let pending = PendingAppend()
    let wait = Task { await pending.wait(for: 1) }
    wait.cancel()
    await Task.yield()
    pending.answered(1, failure: .failed("refused"))
    let failure = await wait.value
    #expect(failure == .failed("refused"))
  }
}

import Testing

@testable import EventLogKafka

/// What is said of brokers that are away, and how often.
@Suite struct BrokerTroubleTests {
  private let start = ContinuousClock.now

  /// As librdkafka writes it, for each connection and try.
  private static let lines = [
    "[thrd:127.0.0.1:9/bootstrap]: 127.0.0.1:9/bootstrap: Connect to ipv4#127.0.0.1:9 failed: "
      + "Connection refused (after 0ms in state CONNECT)",
    "[thrd:127.0.0.1:9/1]: 127.0.0.1:9/1: Connect to ipv4#127.0.0.1:9 failed: "
      + "Connection refused (after 2ms in state CONNECT, 30 identical error(s) suppressed)",
  ]

  @Test func aBrokerThatIsAwayIsToldOnceAMinute() {
    let trouble = BrokerTrouble()
    #expect(trouble.admit(Self.lines[0], at: start) == 0)
    for _ in 0..<50 {
      for line in Self.lines { #expect(trouble.admit(line, at: start + .seconds(59)) == nil) }
    }
    // Another broker is another thing.
    #expect(trouble.admit("Connect to ipv4#127.0.0.1:8 failed: Connection refused", at: start) == 0)
    #expect(trouble.admit(Self.lines[1], at: start + .seconds(60)) == 100)
    #expect(trouble.admit(Self.lines[1], at: start + .seconds(61)) == nil)
  }

  @Test func brokersAreAbsentOnceTheyHaveBeenSilentForAWhile() {
    let trouble = BrokerTrouble()
    #expect(trouble.outage(at: start) == nil)
    trouble.unanswered("timed out", at: start)
    #expect(trouble.outage(at: start + .seconds(4)) == nil)
    trouble.unanswered("no connection", at: start + .seconds(4))
    #expect(trouble.outage(at: start + .seconds(5)) == "no connection")
    trouble.refused("wrong password")
    #expect(trouble.outage(at: start + .seconds(5)) == "wrong password")
    trouble.answered()
    #expect(trouble.outage(at: start + .seconds(500)) == nil && trouble.refusal == nil)
  }

  /// Brokers answer questions, and do not write what they get, as where copies are missing.
  @Test func whatIsNotAcknowledgedForAWhileIsAnOutage() {
    let trouble = BrokerTrouble()
    let first = trouble.begins(at: start)
    trouble.answered()
    #expect(trouble.outage(at: start + .seconds(9)) == nil)
    #expect(trouble.outage(at: start + .seconds(10))?.contains("min.insync.replicas") == true)
    // A large append is on its way.
    trouble.acknowledged(at: start + .seconds(10))
    #expect(trouble.outage(at: start + .seconds(19)) == nil)
    let second = trouble.begins(at: start + .seconds(12))
    trouble.ends(first)
    #expect(trouble.outage(at: start + .seconds(21)) == nil)
    #expect(trouble.outage(at: start + .seconds(22)) != nil)
    trouble.ends(second)
    #expect(trouble.outage(at: start + .seconds(500)) == nil)
  }

  /// Two processes of one name take the membership from each other: one gives up. A fence now and
  /// then is the member's own.
  @Test func onlyFencesInARowAreAnothersWork() {
    var fences = GroupConsumer.Fences(limit: 3)
    #expect(fences.count(at: start) == 100)
    #expect(fences.count(at: start + .seconds(1)) == 200)
    #expect(fences.count(at: start + .seconds(61)) == 100)
    #expect(fences.count(at: start + .seconds(62)) == 200)
    #expect(fences.count(at: start + .seconds(63)) == 300)
    #expect(fences.count(at: start + .seconds(64)) == nil)
  }
}

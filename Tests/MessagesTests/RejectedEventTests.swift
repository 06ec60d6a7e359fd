import Messages
import Testing

/// A rejected event must fit a message, however large it was.
@Suite struct RejectedEventTests {
  private static func rejected(
    _ event: String, source: String = "/erp", id: String = "1"
  ) -> RejectedEvent {
    var rejected = RejectedEvent(
      rejection: Rejection(.jsonMalformed, field: ""), event: event, source: source, id: id,
      type: "t", received: 1)
    rejected.limit(topic: "saldo.inbound", partition: 3, offset: 41)
    return rejected
  }

  @Test func whatFitsIsKeptWhole() {
    let event = String(repeating: "x", count: RejectedEvent.eventLimit)
    let rejected = Self.rejected(event)
    #expect(rejected.event == event && rejected.cut == nil)
  }

  @Test(arguments: ["x", "ñ", "€", "𝄞"])
  func ofALargeEventItsBeginningIsKeptAndWhereItLies(_ character: String) {
    let event = "ab" + String(repeating: character, count: RejectedEvent.eventLimit)
    let rejected = Self.rejected(event)
    #expect(event.hasPrefix(rejected.event))
    let kept = rejected.event.utf8.count
    #expect(kept <= RejectedEvent.eventLimit && kept > RejectedEvent.eventLimit - 4)
    #expect(rejected.cut?.bytes == Int64(event.utf8.count))
    #expect(rejected.cut?.hash.count == 16)
    #expect(rejected.cut?.topic == "saldo.inbound" && rejected.cut?.partition == 3)
    #expect(rejected.cut?.offset == 41)
  }

  /// Control characters take six bytes each in JSON: the worst message is still a small one.
  @Test func theWorstMessageIsFarBelowTheLargest() {
    let worst = String(repeating: "\u{1}", count: 10 << 20)
    let rejected = Self.rejected(worst, source: worst, id: worst)
    var bytes: [UInt8] = []
    rejected.write(to: &bytes)
    #expect(bytes.count < 1 << 20 && rejected.key.utf8.count < 4_000)
  }
}

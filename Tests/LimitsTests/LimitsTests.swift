import Limits
import Testing

@Suite struct LimitsTests {
  @Test func theRelationsHold() { #expect(Limits.broken == []) }

  @Test func theyAreOrderedFromWhatComesInToWhatTheLogTakes() {
    #expect(Limits.inboundEvent < Limits.message)
    #expect(Limits.message < Limits.logRecord)
    #expect(Limits.logRecord < Limits.storedValue)
  }
}

import Foundation
import Ledger
import Testing

@testable import Messages

/// Every event is taken, or rejected with the field that is wrong.
@Suite struct EventDecoderTests {
  @Test(arguments: SampleEvents.all) func samplesAreTaken(text: String) throws {
    let event = try decode(text)
    #expect(event.id == "e-1")
    #expect(event.source == "/erp/mty")
  }

  @Test(arguments: MalformedEvent.all) func malformedEventsAreRejected(event: MalformedEvent) {
    #expect {
      try decode(event.text)
    } throws: { error in
      let rejection = error as? Rejection
      #expect(rejection?.code == event.code, "\(event.text)")
      #expect(rejection?.field == event.field, "\(event.text)")
      return rejection != nil
    }
  }

  @Test func theTableIsWide() {
    #expect(MalformedEvent.all.count >= 80)
    // The rest are decided by the stages, which know other facts, by an event's length, or by the
    // record that carries it (MalformedRecord).
    let later: Set<RejectionCode> = [
      .eventTooLarge, .headerMalformed, .contentTypeUnsupported, .uomNoConversion,
      .identityConflict, .partesExceed, .partesUnit, .moveOtherCompany, .scrapClave,
      .scrapFinished,
    ]
    let seen = Set(MalformedEvent.all.map(\.code))
    #expect(Set(RejectionCode.allCases).subtracting(later).subtracting(seen).isEmpty)
  }

  @Test func anEventAboveTheLimitIsRejected() {
    let padding = String(repeating: " ", count: EventDecoder.sizeLimit)
    #expect { try decode(SampleEvents.plant + padding) } throws: {
      ($0 as? Rejection)?.code == .eventTooLarge
    }
  }

  @Test func aRejectionSaysTheValueCutShort() {
    let long = String(repeating: "Ñ", count: 200)
    let text = SampleEvents.plant.replacingOccurrences(of: "MTY-1", with: long)
    #expect {
      try decode(text)
    } throws: { error in
      let value = (error as? Rejection)?.value
      return value?.count == 80 && value?.hasSuffix("…") == true
    }
  }

  @Test func anUnreadableEventStillSaysWhoItIs() {
    var decoder = EventDecoder()
    let texts: [(String, [String])] = [
      (#"{"id":"7","source":"/s","type":"t"}"#, ["/s", "7", "t"]),
      (#"{"id":7,"source":null}"#, ["", "", ""]), ("[]", ["", "", ""]), ("{", ["", "", ""]),
    ]
    for (text, expected) in texts {
      let identity = Array(text.utf8).withUnsafeBytes { decoder.identity(of: $0) }
      #expect([identity.source, identity.id, identity.type] == expected, "\(text)")
    }
  }
}

/// Reads one event.
func decode(_ text: String) throws -> InboundEvent {
  var decoder = EventDecoder()
  return try Array(text.utf8).withUnsafeBytes { try decoder.decode($0) }
}

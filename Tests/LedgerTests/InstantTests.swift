import Foundation
import Testing

@testable import Ledger

/// Moments, in RFC 3339.
@Suite struct InstantTests {
  static let texts: [(String, String)] = [
    ("2026-03-05T12:00:00Z", "2026-03-05T12:00:00Z"),
    ("2026-03-05t12:00:00z", "2026-03-05T12:00:00Z"),
    ("2026-03-05T23:59:59-06:00", "2026-03-06T05:59:59Z"),
    ("2026-03-05T00:00:00+05:30", "2026-03-04T18:30:00Z"),
    ("2026-03-05T12:00:00.5Z", "2026-03-05T12:00:00.5Z"),
    ("2026-03-05T12:00:00.000Z", "2026-03-05T12:00:00Z"),
    ("2026-03-05T12:00:00.000000001Z", "2026-03-05T12:00:00.000000001Z"),
    ("2026-03-05T12:00:00.0000000019Z", "2026-03-05T12:00:00.000000001Z"),
    ("2026-06-30T23:59:60Z", "2026-07-01T00:00:00Z"),
    ("1990-01-01T00:00:00Z", "1990-01-01T00:00:00Z"),
    ("2100-12-31T23:59:59.999999999Z", "2100-12-31T23:59:59.999999999Z"),
  ]

  @Test(arguments: texts) func instantsAreReadIntoUTC(text: String, utc: String) throws {
    let instant = try Instant(text)
    #expect(instant.description == utc)
    #expect(try anyUTF8(utc) == instant)
  }

  static let malformed = [
    "", "2026-03-05", "2026-03-05T12:00Z", "2026-03-05T12:00:00", "2026-03-05 12:00:00Z",
    "2026-03-05T24:00:00Z", "2026-03-05T12:60:00Z", "2026-03-05T12:00:61Z", "2026-03-05T12:00:00.Z",
    "2026-03-05T12:00:00,5Z", "2026-03-05T12:00:00+06", "2026-03-05T12:00:00+0600",
    "2026-03-05T12:00:00+24:00", "2026-03-05T12:00:00+06:60", "2026-03-05T12:00:00 06:00",
    "2026-03-05T12:00:00ZZ", "2026-02-29T12:00:00Z", "2026-03-05T1a:00:00Z", "2026-03-05T12-00-00Z",
    "2026-03-05T12:00:00.5", "2026-03-05T12:00:00+0a:00",
  ]

  @Test(arguments: malformed) func anythingElseIsNotAnInstant(text: String) {
    #expect(throws: LedgerError.notAnInstant) { try Instant(text) }
  }

  @Test func factsAreHeldToTheRangeOfDates() {
    for text in ["1989-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "9999-01-01T00:00:00Z"] {
      #expect(throws: LedgerError.dateOutOfRange) { try Instant(text) }
    }
  }

  @Test func whatTheSystemWroteIsReadAgainWhateverItsDate() throws {
    var values: [Int64] = [0, -1, 1, .min, .max, 999_999_999, -999_999_999, -1_000_000_000]
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 { values.append(generator.anyInt64()) }
    for value in values {
      let instant = Instant(nanoseconds: value)
      #expect(try anyUTF8(instant.description) == instant, "\(value)")
      #expect(instant.description.utf8.count <= Instant.longestText)
      let json = try JSONEncoder().encode([instant])
      #expect(try JSONDecoder().decode([Instant].self, from: json) == [instant])
    }
    #expect(Instant(nanoseconds: 0).description == "1970-01-01T00:00:00Z")
    #expect(Instant(nanoseconds: -1).description == "1969-12-31T23:59:59.999999999Z")
    #expect(throws: LedgerError.dateOutOfRange) { try anyUTF8("9999-01-01T00:00:00Z") }
  }

  private func anyUTF8(_ text: String) throws -> Instant {
    try Array(text.utf8).withUnsafeBytes { try Instant(anyUTF8: $0) }
  }
}

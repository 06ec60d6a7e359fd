import Messages
import Testing

@testable import IngestRules

/// The names of the catalogue's facts in the log and in the stores.
@Suite struct CatalogKeyTests {
  @Test(arguments: [
    (plant("A"), "plant|A"), (part("M"), "part|M"), (bom("P", [("M", "1")]), "bom|P|1|"),
    (bom("P", [("M", "1")], plant: "A"), "bom|P|1|A"),
    (bom("P|1", [("M", "1")], version: #"2\"#), #"bom|P\|1|2\\|"#),
    (pedimento(1, "IN", [line(1, "M", "1")]), ""), (move("MV", from: "A", to: "B", "M", "1"), ""),
  ])
  func everyFactHasItsKey(_ event: String, _ key: String) throws {
    // Within JSON the sign that escapes is escaped itself.
    let text = event.replacing(#"2\""#, with: #"2\\""#)
    #expect(try CatalogEvents.decoded(text).payload.catalogKey == key)
  }

  /// A bar within a name does not end it: else the one would lie in the place of the other, and be
  /// gone once the documents are opened again.
  @Test func twoBillsWhoseNamesReadAlikeAreTwo() throws {
    var desk = try DocumentsDesk([
      plant("A"), part("P"), part("P|1"), part("M"), part("N"),
      bom("P", [("M", "2")], version: "1|A"), bom("P|1", [("N", "3")], version: "A"),
    ])
    #expect(Set(desk.catalog.filter { $0.hasPrefix("bom") }).count == 2)
    try desk.reopen()
    let lines = [line(1, "P", "1", finished: true), line(2, "P|1", "1", finished: true)]
    #expect(
      try desk.take(pedimento(1, "RT", lines)) == [
        "exit 1/1 M(P)@A 2+0+0 r1", "exit 1/2 N(P|1)@A 3+0+0 r1",
      ])
  }
}

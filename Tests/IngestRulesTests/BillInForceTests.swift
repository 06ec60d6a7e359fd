import Ledger
import Messages
import Testing

@testable import IngestRules

/// Which bill of materials is in force, and which of several events counts (Rules.md#R3.4,
/// Rules.md#R4.1).
@Suite struct BillInForceTests {
  private static let bills = [
    CatalogEvents.bill("FG", "A", from: "2026-01-01", [component]),
    CatalogEvents.bill("FG", "B", from: "2026-03-01", [component]),
    CatalogEvents.bill("FG", "C", from: "2026-03-01", [component]),
    CatalogEvents.bill("FG", "a", from: "2026-05-01", [component]),
    CatalogEvents.bill("FG", "Z", from: "2026-05-01", [component]),
    CatalogEvents.bill("FG", "M", from: "2026-02-01", at: "MTY-1", [component]),
  ]
  private static let component = CatalogEvents.component("P-1", "1")

  @Test(arguments: [
    ("QRO-1", "2025-12-31", nil), ("QRO-1", "2026-01-01", "A"), ("QRO-1", "2026-02-28", "A"),
    ("QRO-1", "2026-03-01", "C"), ("QRO-1", "2026-05-01", "a"), ("MTY-1", "2026-01-31", "A"),
    ("MTY-1", "2026-02-01", "M"), ("MTY-1", "2026-06-01", "M"),
  ])
  func thePlantsOwnThenTheLatestThenTheGreaterVersion(
    plant: String, day: String, version: String?
  ) throws {
    for bills in [Self.bills, Self.bills.reversed()] {
      var catalog = Catalog()
      for bill in bills {
        let event = try CatalogEvents.decoded(bill)
        catalog.put(event.payload, event.version)
      }
      #expect(catalog.bill(of: "FG", at: plant, on: try CalendarDate(day))?.version == version)
    }
  }

  @Test(arguments: [
    // Time, id and source of the one that comes second, and whether it counts.
    ("2026-01-02T00:00:00Z", "e-5", "/m", true), ("2025-12-31T00:00:00Z", "e-9", "/z", false),
    ("2026-01-01T00:00:00Z", "e-6", "/a", true), ("2026-01-01T00:00:00Z", "e-4", "/z", false),
    ("2026-01-01T00:00:00Z", "e-5", "/n", true), ("2026-01-01T00:00:00Z", "e-5", "/l", false),
  ])
  func theGreatestTimeThenIdThenSourceCounts(
    time: String, id: String, source: String, counts: Bool
  ) throws {
    let data = #"{"rfc":"XEXX010101000","name":"N","immexProgram":"1-2006"}"#
    let first = CatalogEvents.event("immex.company.v1", data, id: "e-5", source: "/m")
    let second = CatalogEvents.event(
      "immex.company.v1", data, time: time, id: id, source: source)
    let versions = try [first, second].map { try CatalogEvents.decoded($0).version }
    #expect((versions[0] < versions[1]) == counts)
    // One identity with two contents is another matter.
    guard id != "e-5" || source != "/m" else { return }
    var desk = try DocumentsDesk([first])
    #expect(desk.catalog == ["company|XEXX010101000"])
    try desk.take(second)
    #expect(desk.catalog.count == (counts ? 2 : 1))
  }

  @Test func aPartLeadsToEveryProductThatTakesIt() throws {
    var catalog = Catalog()
    for bill in [
      CatalogEvents.bill("FG", "A", from: "2026-01-01", [CatalogEvents.component("SUB", "1")]),
      CatalogEvents.bill("SUB", "A", from: "2026-01-01", [CatalogEvents.component("P-1", "1")]),
      CatalogEvents.bill("OTHER", "A", from: "2026-01-01", [CatalogEvents.component("P-2", "1")]),
    ] {
      let event = try CatalogEvents.decoded(bill)
      catalog.put(event.payload, event.version)
    }
    let (early, late) = (try CalendarDate("2026-01-01"), try CalendarDate("2026-06-01"))
    let cause = FactName(source: "/people", id: "w-1")
    let subjects = catalog.subjects(of: [
      TouchedThing(thing: "product:SUB", from: late),
      TouchedThing(thing: "product:P-1", from: early, cause: cause),
    ])
    // Each with the first day that can matter, whichever was touched.
    #expect(subjects.map(\.subject).sorted() == ["part:FG", "part:P-1", "part:SUB"])
    #expect(subjects.allSatisfy { $0.from == early && $0.cause == cause })
    let plants = catalog.subjects(of: [
      TouchedThing(thing: "plant:A", from: nil), TouchedThing(thing: "product:SUB", from: late),
    ])
    #expect(plants.map(\.subject).sorted() == ["part:FG", "part:SUB", "plant:A"])
    #expect(plants.map { $0.from == nil } == [true, false, false])
  }
}

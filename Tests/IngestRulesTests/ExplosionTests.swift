import Ledger
import Messages
import Testing

@testable import IngestRules

/// What one unit of a product takes of each part (RULES, section 4).
@Suite struct ExplosionTests {
  @Test func levelsMultiplyAndPartsAddUp() throws {
    let explosion = try explode([
      bill(
        "FG", component("SUB", "2", waste: "0.5", scrap: "0.5"),
        component("P-1", "1", waste: "0.25")),
      bill("SUB", component("P-1", "0.1", scrap: "0.01"), component("A", "7")),
    ])
    #expect(explosion.components.map(\.part) == ["A", "P-1"])
    // Three sub-assemblies a unit: what is wasted of them takes parts too.
    #expect(explosion.components.map(\.incorporated.description) == ["21", "1.3"])
    #expect(explosion.components.map(\.waste.description) == ["0", "0.25"])
    #expect(explosion.components.map(\.scrap.description) == ["0", "0.03"])
  }

  @Test func nothingIsRoundedWithinAnExplosion() throws {
    let explosion = try explode([
      bill("FG", component("SUB", "0.000001")), bill("SUB", component("P-1", "0.000001")),
    ])
    #expect(explosion.components.first?.incorporated.description == "0.000000000001")
  }

  @Test(arguments: [
    ([String](), Explosion.Failure.noBill("FG")),
    (
      [
        bill("FG", component("SUB", "1")), bill("SUB", component("SUB-2", "1")),
        bill("SUB-2", component("SUB", "1")),
      ], .cycle("SUB")
    ),
    ([bill("FG", component("SUB", "1")), bill("SUB", component("FG", "1"))], .cycle("FG")),
  ])
  func whatCannotBeExplodedSaysWhy(bills: [String], failure: Explosion.Failure) {
    #expect(throws: failure) { try explode(bills) }
  }

  @Test func aPartTwiceOnDifferentPathsIsNoCycle() throws {
    let explosion = try explode([
      bill("FG", component("A", "1"), component("B", "1")), bill("A", component("C", "1")),
      bill("B", component("C", "1")), bill("C", component("P-1", "3")),
    ])
    #expect(explosion.components.map(\.incorporated.description) == ["6"])
  }

  private func explode(_ bills: [String]) throws -> Explosion {
    var catalog = Catalog()
    for bill in bills {
      let event = try CatalogEvents.decoded(bill)
      _ = catalog.take(event.payload, event.version)
    }
    return try Explosion(of: "FG", at: "MTY-1", on: CalendarDate("2026-06-01"), catalog)
  }
}

private func bill(_ product: String, _ components: String...) -> String {
  CatalogEvents.bill(product, "A", from: "2026-01-01", components)
}

private func component(
  _ part: String, _ perUnit: String, waste: String = "0", scrap: String = "0"
) -> String {
  CatalogEvents.component(part, perUnit, waste: waste, scrap: scrap)
}

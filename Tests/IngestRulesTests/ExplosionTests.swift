import EventLogTesting
import Ledger
import Messages
import Testing

@testable import IngestRules

/// What one unit of a product takes of each part (Rules.md#R4.2).
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

  /// Each of two sub-assemblies of a level is made of both of the next: a hundred levels have more
  /// ways through them than there are nanoseconds.
  @Test func sharedAssembliesAreExplodedOnce() throws {
    var bills = [bill("FG", component("A0", "1"), component("B0", "1"))]
    for level in 0..<100 {
      for product in ["A", "B"] {
        bills.append(
          bill(
            "\(product)\(level)", component("A\(level + 1)", "0.5"),
            component("B\(level + 1)", "0.5")))
      }
    }
    let explosion = try explode(bills)
    #expect(explosion.components.map(\.part) == ["A100", "B100"])
    #expect(explosion.components.map(\.incorporated.description) == ["1", "1"])
  }

  /// No recursion, and digits as many as it takes.
  @Test func aChainMayBeOfAnyLength() throws {
    var bills = [bill("FG", component("P0", "1"))]
    let length = 5_000
    for level in 0..<length {
      bills.append(
        bill("P\(level)", component("P\(level + 1)", level % 2 == 0 ? "0.000003" : "333333.4")))
    }
    let explosion = try explode(bills)
    #expect(explosion.components.map(\.part) == ["P\(length)"])
    // (0.000003 × 333333.4)^2500 = 1.0000002^2500
    let units = try #require(explosion.components.first?.incorporated)
    #expect(try Quantity(rounding: units).description == "1.0005")
    let thousand = units * UnboundedDecimal(try ExactDecimal("1000000"))
    #expect(try Quantity(rounding: thousand).description == "1000500.124971")
  }

  @Test func whatIsOnlyWastedIsAComponentToo() throws {
    let explosion = try explode([
      bill("FG", component("SUB", "0", waste: "0.5"), component("OIL", "0", scrap: "0.25")),
      bill("SUB", component("OIL", "0", waste: "4")),
    ])
    #expect(explosion.components.map(\.part) == ["OIL"])
    #expect(explosion.components.map(\.incorporated.description) == ["0"])
    #expect(explosion.components.map(\.waste.description) == ["2"])
    #expect(explosion.components.map(\.scrap.description) == ["0.25"])
  }

  /// Any graph without a cycle comes to what walking every path of it comes to.
  @Test func agreesWithWalkingEveryPath() throws {
    for seed: UInt64 in 1...40 {
      var random = SeededGenerator(seed: seed)
      let count = Int.random(in: 2...9, using: &random)
      var lines: [Int: [(part: Int, each: [String])]] = [:]
      for product in 0..<count where product == 0 || Bool.random(using: &random) {
        lines[product] = (0...Int.random(in: 0...3, using: &random)).map { _ in
          let part = Int.random(in: product + 1...count + 2, using: &random)
          let each = ["1", "0", "0"].indices.map { place in
            place == 0 || Bool.random(using: &random)
              ? "\(random.below(10)).\(1 + random.below(999_999))"
              : "0"
          }
          return (part, each)
        }
      }
      func name(_ part: Int) -> String { part == 0 ? "FG" : "P\(part)" }
      let bills = lines.map { product, lines in
        CatalogEvents.bill(
          name(product), "A", from: "2026-01-01",
          lines.map {
            CatalogEvents.component(name($0.part), $0.each[0], waste: $0.each[1], scrap: $0.each[2])
          })
      }
      var paths: [String: [UnboundedDecimal]] = [:]
      func walk(_ product: Int, _ units: UnboundedDecimal) throws {
        for line in lines[product] ?? [] {
          let each = try line.each.map { UnboundedDecimal(try ExactDecimal($0)) * units }
          if lines[line.part] != nil {
            try walk(line.part, each[0] + each[1] + each[2])
          } else {
            let known = paths[name(line.part)] ?? [.zero, .zero, .zero]
            paths[name(line.part)] = zip(known, each).map { $0 + $1 }
          }
        }
      }
      try walk(0, .one)
      let got = try explode(bills).components.map { item in
        [item.part] + [item.incorporated, item.waste, item.scrap].map(\.description)
      }
      let expected = paths.map { [$0.key] + $0.value.map(\.description) }
      #expect(got == expected.sorted { $0[0] < $1[0] }, "seed \(seed)")
    }
  }

  private func explode(_ bills: [String]) throws -> Explosion {
    var catalog = Catalog()
    for bill in bills {
      let event = try CatalogEvents.decoded(bill)
      catalog.put(event.payload, event.version)
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

import SaldoSample
import Testing

@Suite struct CountTests {
  struct Size: CustomTestStringConvertible {
    var plants = 1
    var parts = 12
    var days = 1
    var movements = 1
    var companies = 1
    var stock = 800
    var disposed = 0
    var testDescription: String {
      "\(plants) plants \(parts) parts \(days)x\(movements) \(companies) companies \(stock)"
    }
  }

  @Test(arguments: [
    Size(), Size(parts: 4, days: 40, movements: 3),
    Size(plants: 3, parts: 40, days: 90, movements: 60),
    Size(plants: 4, parts: 60, days: 30, movements: 11, companies: 4),
    Size(plants: 2, parts: 30, days: 50, movements: 20, stock: 0),
    Size(plants: 2, parts: 30, days: 50, movements: 20, stock: 1000),
    Size(plants: 2, parts: 30, days: 120, movements: 20, stock: 0, disposed: 300),
    Size(plants: 9, parts: 10, days: 25, movements: 200, companies: 3, stock: 350),
  ])
  func writesExactlyTheMovementsAskedFor(size: Size) throws {
    var plan = SamplePlan(
      seed: 11, plants: size.plants, parts: size.parts, days: size.days,
      movementsPerDay: size.movements, companies: size.companies)
    (plan.stockPerMille, plan.disposedPerMille) = (size.stock, size.disposed)
    let stream = try ReadStream(plan)
    let summary = stream.summary
    #expect(summary.movements == size.days * size.movements)
    #expect(stream.events.count == summary.events)
    #expect(stream.bytes.count == summary.bytes)
    #expect(stream.events.count - stream.unique.count == summary.repeated)
    #expect(Set(stream.unique("plant").map(\.data.plant)).count == size.plants)
    #expect(Set(stream.unique("part").map(\.data.part)).count == size.parts)
    #expect(stream.unique("company").count == size.companies)
    #expect(stream.unique("pedimento").count == summary.pedimentos)
    let lines = stream.unique("pedimento").flatMap { $0.data.lines ?? [] }
    #expect(lines.count == summary.lines)
    #expect(lines.filter { $0.finished == true }.count == summary.explodedLines)
    #expect(summary.pedimentosByClave.values.reduce(0, +) == summary.pedimentos)
    #expect(stream.unique("destruction").count == summary.acts)
    #expect(stream.unique("destructionNotice").count == summary.notices)
    #expect((summary.disposals > 0) == (size.disposed > 0))

    // Counted again from the events, finished lines through the bills of materials.
    let explosion = Explosion(stream)
    let components = stream.unique("pedimento").flatMap { explosion.components(of: $0.data) }
    #expect(components.reduce(0, +) == summary.explodedComponents)
    #expect(components.count == summary.explodedLines)
    let effective = stream.unique("pedimento").filter {
      !["CT", "GC", "A1", "C1"].contains($0.data.clave)
    }
    let plain = effective.flatMap { $0.data.lines ?? [] }.filter { $0.finished != true }.count
    let destroyed = stream.unique("destruction").flatMap { $0.data.lines ?? [] }.count
    let stock = stream.unique("stock").count
    #expect(stock == summary.stockByKind.values.reduce(0, +))
    #expect(stock + plain + destroyed + summary.explodedComponents == summary.movements)
    if size.days * size.movements >= 500 {
      let share = stock * 1000 / summary.movements
      #expect(abs(share - size.stock) <= 40, "\(share)")
    }
  }

  @Test func aLineOfProductsComesDownToAboutTenComponents() throws {
    let plan = SamplePlan(seed: 5, plants: 3, parts: 600, days: 100, movementsPerDay: 300)
    let summary = try SampleCompany.events(plan) { _ in }
    #expect(summary.explodedLines > 200)
    let average = summary.explodedComponents * 10 / max(1, summary.explodedLines)
    #expect((80...120).contains(average), "\(average) tenths")
  }

  @Test func progressIsToldOnceADay() throws {
    try withTemporaryFolder { folder in
      var told: [Int] = []
      let plan = SamplePlan(seed: 1, plants: 1, parts: 10, days: 6, movementsPerDay: 500)
      _ = try SampleCompany.write(plan, to: folder) { told.append($0) }
      #expect(told.count == 6)
      #expect(told == told.sorted())
      #expect(told.last == 3000)
    }
  }

  @Test func refusesPlansByField() {
    let good = SamplePlan(seed: 1, plants: 2, parts: 10, days: 5, movementsPerDay: 5)
    let bad: [(String, (inout SamplePlan) -> Void)] = [
      ("plants", { $0.plants = 0 }), ("parts", { $0.parts = 3 }), ("days", { $0.days = 0 }),
      ("movementsPerDay", { $0.movementsPerDay = 0 }), ("companies", { $0.companies = 3 }),
      ("companies", { $0.companies = 0 }), ("stockPerMille", { $0.stockPerMille = 1001 }),
      ("latePerMille", { $0.latePerMille = -1 }), ("days", { $0.days = 36_500 }),
      ("rectifiedPerMille", { $0.rectifiedPerMille = 900 }),
      ("disposedPerMille", { $0.disposedPerMille = 1001 }),
    ]
    for (field, spoil) in bad {
      var plan = good
      spoil(&plan)
      #expect(
        performing: { try SampleCompany.events(plan) { _ in } },
        throws: { error in
          guard case .plan(field, _) = error as? SampleError else { return false }
          return true
        })
    }
  }

  @Test func namesTheFileThatCannotBeWritten() throws {
    try withTemporaryFolder { folder in
      let plan = SamplePlan(seed: 1, plants: 1, parts: 10, days: 2, movementsPerDay: 5)
      _ = try SampleCompany.write(plan, to: folder) { _ in }
      let under = folder + "/partes.csv/below"
      #expect(
        performing: { try SampleCompany.write(plan, to: under) { _ in } },
        throws: { error in
          guard case .file(let path, _) = error as? SampleError else { return false }
          return path.hasPrefix(folder + "/partes.csv")
        })
    }
  }
}

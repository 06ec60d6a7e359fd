import Auditor
import EventLogTesting
import Foundation
import Harness
import SaldoSample
import Testing

/// Companies that `saldo sample` makes up, with moves in chains, held to the auditor.
@Suite struct SampleTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func aCompanyThatMovesItsGoodsAgrees(seed: UInt64) throws {
    var plan = SamplePlan(seed: seed, plants: 4, parts: 12, days: 40, movementsPerDay: 12)
    (plan.stockPerMille, plan.movedPerMille) = (600, 400)
    plan.submanufacturePerMille = 60
    (plan.latePerMille, plan.rectifiedPerMille) = (150, 60)
    var events: [[UInt8]] = []
    _ = try SampleCompany.events(plan) { events.append(Array($0)) }
    let books = Auditor.audit(events: events.map { Data($0) })
    #expect(books.unreadable == [])
    #expect(books.lots.contains { $0.trasladado != "0" } && !books.submaquila.isEmpty)
    var random = SeededGenerator(seed: seed)
    for partitions: Int32 in [1, 3, 12] {
      let cluster = try Cluster(partitions: partitions, stages: Cluster.stages(reporting: false))
      try cluster.produce(partitions == 1 ? events : events.shuffled(using: &random))
      try cluster.settle(limit: 200)
      let fold = LedgerFold(cluster.values(of: .ledger))
      #expect(fold.faults == [])
      #expect(fold.saldos == books.report.saldos)
      #expect(fold.descargos == books.report.descargos)
      #expect(fold.faltantes == books.report.faltantes)
    }
  }
}
